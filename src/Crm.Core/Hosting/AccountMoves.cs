using Crm.Core.Customers;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>The accounts a customer handed on, and which purchases are another's for it.</summary>
internal sealed class AccountMoves
{
    private readonly AccountMove[] _moves; // in the order they were recorded
    private readonly bool[] _certain;
    private readonly int[] _purchases;
    private readonly CurrencySums[] _amounts;

    internal AccountMoves(Customer customer, AsOf asOf)
    {
        _moves = [.. customer.FactsOf<AccountMove>(asOf)];
        _certain = [.. _moves.Select(move => !customer.FactsOf<ExternalId>(asOf).Any(id =>
            id.System == move.System && id.Id != move.Account && !Array.Exists(_moves, other => other.System == id.System && other.Account == id.Id)))];
        _purchases = new int[_moves.Length];
        _amounts = [.. _moves.Select(_ => new CurrencySums())];
    }

    internal IEnumerable<MovedAccount> All => _moves.Select((move, i) => new MovedAccount
    {
        System = move.System,
        Account = move.Account,
        To = move.To,
        Since = move.Dates.EffectiveFrom,
        IsCertain = _certain[i],
        Purchases = _purchases[i],
        Amounts = _amounts[i].InOrder(),
    });

    internal void Count(Interaction purchase)
    {
        if (MoveOf(purchase) is var place && place >= 0)
        {
            _purchases[place]++;
            _amounts[place].Add(((PurchaseDetail)purchase.Detail).Amount);
        }
    }

    internal TimelineItem Show(Interaction interaction) => new()
    {
        Interaction = interaction,
        MovedTo = interaction.Kind is InteractionKind.Purchase or InteractionKind.Return && MoveOf(interaction) is var place && place >= 0
            ? _moves[place].To : CustomerId.None,
    };

    // Of several accounts that were moved in one system, the one moved last by then.
    private int MoveOf(Interaction interaction)
    {
        int last = -1;
        for (int i = 0; i < _moves.Length; i++)
        {
            Instant since = _moves[i].Dates.EffectiveFrom;
            if (_moves[i].System == interaction.Source && since <= interaction.At && (last < 0 || since >= _moves[last].Dates.EffectiveFrom))
            {
                last = i;
            }
        }

        return last;
    }
}
