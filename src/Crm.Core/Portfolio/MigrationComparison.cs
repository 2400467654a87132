using System.Globalization;
using System.Text;
using Crm.Core.Pyramids;

namespace Crm.Core.Portfolio;

/// <summary>Where customers stand after some time, beside where a model expected them.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class MigrationComparison
{
    private readonly ExpectedMigration _expected;
    private readonly Migration _actual;

    internal MigrationComparison(ExpectedMigration expected, Migration actual, double level)
    {
        (_expected, _actual, Level) = (expected, actual, level);
        var (up, down, stay) = (0L, 0L, 0L);
        foreach (var (from, row) in Tiers.Index())
        {
            foreach (var (to, column) in Tiers.Index())
            {
                long moved = ActualOf(row, column);
                up += to < from ? moved : 0;
                down += to > from ? moved : 0;
                stay += to == from ? moved : 0;
            }
        }

        Upgraders = Compared(expected.Upgraders, up);
        Downgraders = Compared(expected.Downgraders, down);
        Stayers = Compared(expected.Stayers, stay);
    }

    /// <summary>Gets the level of the intervals.</summary>
    public double Level { get; }

    /// <summary>Gets the tiers, from the most valuable down, and inactive.</summary>
    public IReadOnlyList<Tier> Tiers => _expected.Tiers;

    /// <summary>Gets who stands in a higher tier.</summary>
    public ComparedCount Upgraders { get; }

    /// <summary>Gets who stands in a lower tier, or is inactive.</summary>
    public ComparedCount Downgraders { get; }

    /// <summary>Gets who stayed in their tier.</summary>
    public ComparedCount Stayers { get; }

    /// <summary>Gets how many cells there are of tiers that anybody stood in.</summary>
    public int Cells => Asked.Count();

    /// <summary>Gets how many of them lie in their intervals; about <see cref="Level"/> of them or more, since counts are whole, where the model is right.</summary>
    public int Within => Asked.Count(cell => cell.IsWithin);

    /// <summary>Gets who went from one tier to another, or stayed.</summary>
    /// <param name="from">The tier before.</param>
    /// <param name="to">The tier now.</param>
    /// <exception cref="ArgumentException">There is no such tier.</exception>
    public ComparedCount this[Tier from, Tier to] => Compared(_expected[from, to], ActualOf(from, to));

    /// <summary>Gives the comparison as a table: what happened, and in brackets the interval that the model gave.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append("before \\ now  ").AppendJoin("", Tiers.Select(tier => $" {tier.Name,22}")).AppendLine();
        foreach (Tier from in Tiers)
        {
            text.Append(CultureInfo.InvariantCulture, $"{from.Name,-13}");
            foreach (Tier to in Tiers)
            {
                ComparedCount cell = this[from, to];
                string shown = string.Create(CultureInfo.InvariantCulture, $"{cell.Actual:N0} ({cell.Interval.Low:N0}-{cell.Interval.High:N0}){(cell.IsWithin ? " " : "!")}");
                text.Append(CultureInfo.InvariantCulture, $" {shown,22}");
            }

            text.AppendLine();
        }

        return text.ToString();
    }

    private IEnumerable<ComparedCount> Asked => Tiers.Where(from => Tiers.Sum(to => ActualOf(from, to)) > 0).SelectMany(from => Tiers.Select(to => this[from, to]));

    private ComparedCount Compared(ExpectedCount expected, long actual) => new(expected, expected.OutcomeInterval(Level), actual);

    // A tier that nobody stands in on either day is not in the migration; who has gone buys no more.
    private long ActualOf(Tier from, Tier to) => !_actual.Tiers.Contains(from) ? 0
        : (_actual.Tiers.Contains(to) ? _actual[from, to].Customers : 0) + (to == Tier.Inactive ? _actual[from, null].Customers : 0);
}
