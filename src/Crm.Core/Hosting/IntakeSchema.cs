using System.Collections.Frozen;
using Crm.Core.Customers;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>What may come from outside: which sources there are, and what each may tell.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class IntakeSchema
{
    private const IntakeProperties All = (IntakeProperties)2047;

    private static readonly IntakeProperties[] _properties = [.. Enum.GetValues<IntakeProperties>().Where(property => property != IntakeProperties.None)];

    private readonly FrozenDictionary<SourceId, IntakeSource> _byId;

    private IntakeSchema(ValueList<IntakeSource> sources)
    {
        Sources = sources;
        _byId = sources.ToFrozenDictionary(source => source.Source);
    }

    /// <summary>Gets the sources, in the order they were given.</summary>
    public IReadOnlyList<IntakeSource> Sources { get; }

    /// <summary>Makes a schema.</summary>
    /// <param name="sources">The sources, each once.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="ArgumentException">
    /// A source is null or stands twice, tells twice of a kind, or must tell of a kind what such interactions cannot have; all of them are named.
    /// </exception>
    public static IntakeSchema Of(params IEnumerable<IntakeSource> sources)
    {
        var list = ValueList<IntakeSource>.Of(sources, nameof(sources));
        string[] faults =
        [
            .. list.GroupBy(source => source.Source).Where(group => group.Count() > 1).Select(group => $"{group.Key} stands more than once"),
            .. list.SelectMany(source => source.Kinds.GroupBy(kind => kind.Kind).Where(group => group.Count() > 1).Select(group => $"{source.Source} tells more than once of {group.Key}")),
            .. list.SelectMany(source => source.Kinds.Where(kind => (kind.Required & ~Possible(kind.Kind)) != 0)
                .Select(kind => $"{kind.Kind} of {source.Source} cannot have {kind.Required & ~Possible(kind.Kind)}")),
        ];
        return faults.Length == 0 ? new(list) : throw new ArgumentException($"The schema contradicts itself: {string.Join("; ", faults)}.", nameof(sources));
    }

    /// <summary>Gives what a source may tell.</summary>
    /// <param name="source">The source.</param>
    /// <returns>What it may tell, or null where the source is not declared.</returns>
    public IntakeSource? Find(SourceId source) => _byId.GetValueOrDefault(source);

    internal void Check(long row, Interaction interaction, Instant now, RowFaultList faults)
    {
        if (Find(interaction.Source) is not { } source)
        {
            AddUnknown(row, interaction.Source, faults);
            return;
        }

        Duration ago = now - interaction.At;
        if (ago > source.MostInPast)
        {
            faults.Add(row, nameof(Interaction.At), $"{ago.TotalDays:0.###} days ago", FormattableString.Invariant($"{source.MostInPast!.Value.TotalDays:0.###} days ago or later"));
        }

        if (-ago > source.MostInFuture)
        {
            faults.Add(row, nameof(Interaction.At), $"{-ago.TotalDays:0.###} days ahead", FormattableString.Invariant($"{source.MostInFuture.TotalDays:0.###} days ahead or earlier"));
        }

        if (source.Kinds.FirstOrDefault(kind => kind.Kind == interaction.Kind) is not { } declared)
        {
            faults.Add(row, nameof(Interaction.Kind), $"{interaction.Kind}", source.Kinds.Count == 0
                ? $"no interactions of {source.Source}" : $"of {source.Source} {string.Join(", ", source.Kinds.Select(kind => kind.Kind))}");
            return;
        }

        foreach (IntakeProperties property in _properties)
        {
            if (declared.Required.HasFlag(property) && !Has(interaction, property))
            {
                faults.Add(row, property.ToString(), $"nothing", $"one, of every {interaction.Kind} of {source.Source}");
            }
        }
    }

    internal void Check(long row, CustomerFact fact, AttributeSchema? attributes, RowFaultList faults)
    {
        if (Find(fact.Dates.Source) is not { } source)
        {
            AddUnknown(row, fact.Dates.Source, faults);
            return;
        }

        if (fact.Dates.RetractedAt is not null)
        {
            faults.Add(row, nameof(FactDates.RetractedAt), $"a moment", "nothing: what is wrong is retracted here, never sent");
        }

        if (fact is not AttributeFact stated)
        {
            IntakeFacts kind = KindOf(fact);
            if (!source.Facts.HasFlag(kind))
            {
                faults.Add(row, "Fact", $"{fact.GetType().Name}", $"of {source.Source} {source.Facts}");
            }

            return;
        }

        if (!source.Attributes.Contains(stated.Attribute))
        {
            faults.Add(row, nameof(AttributeFact.Attribute), $"{MaskedText.Of(stated.Attribute.ToString())}", source.Attributes.Count == 0
                ? $"no attributes of {source.Source}" : $"of {source.Source} {string.Join(", ", source.Attributes)}");
        }
        else if (attributes is not null && attributes.Find(stated.Attribute) is var definition
            && (definition is null ? "a declared attribute" : definition.Fault(stated.Value)) is { } expected)
        {
            faults.Add(row, stated.Attribute.ToString(), $"{MaskedText.Of(stated.Value.ToText())}", expected);
        }
    }

    // The name of a source nobody declared may be anything.
    private void AddUnknown(long row, SourceId source, RowFaultList faults) => faults.Add(
        row, "Source", $"{MaskedText.Of(source.ToString())}", Sources.Count == 0 ? "no source: none is declared" : $"one of {string.Join(", ", Sources.Select(known => known.Source))}");

    private static IntakeFacts KindOf(CustomerFact fact) => fact switch
    {
        CustomerName => IntakeFacts.Names,
        ExternalId => IntakeFacts.ExternalIds,
        ContactPoint => IntakeFacts.ContactPoints,
        Attitude => IntakeFacts.Attitudes,
        ConsentRecord => IntakeFacts.Consents,
        Relation or Referral or ResellerStatus => IntakeFacts.Relations,
        Membership => IntakeFacts.Memberships,
        AccountMove => IntakeFacts.AccountMoves,
        _ => IntakeFacts.Management,
    };

    private static IntakeProperties Possible(InteractionKind kind) => kind switch
    {
        InteractionKind.Purchase or InteractionKind.Quotation or InteractionKind.Opportunity => All,
        InteractionKind.Return or InteractionKind.Order => All & ~IntakeProperties.Product,
        InteractionKind.Enquiry or InteractionKind.Visit or InteractionKind.Complaint or InteractionKind.Usage => All & ~IntakeProperties.Amount,
        _ => All & ~(IntakeProperties.Product | IntakeProperties.Amount),
    };

    private static bool Has(Interaction interaction, IntakeProperties property) => property switch
    {
        IntakeProperties.Channel => interaction.Channel != Channel.None,
        IntakeProperties.Direction => interaction.Direction != Direction.Unstated,
        IntakeProperties.Cost => interaction.Cost is not null,
        IntakeProperties.Length => interaction.Length is not null,
        IntakeProperties.Staff => interaction.Staff != StaffId.None,
        IntakeProperties.Offer => interaction.Offer != OfferId.None,
        IntakeProperties.Campaign => interaction.Campaign != CampaignId.None,
        IntakeProperties.Thread => interaction.Thread != ThreadId.None,
        IntakeProperties.Sentiment => interaction.Sentiment is not null,
        IntakeProperties.Product => ProductOf(interaction.Detail) != ProductId.None,
        _ => AmountOf(interaction.Detail) is { } amount && amount.Currency != Currency.None,
    };

    private static ProductId ProductOf(InteractionDetail detail) => detail switch
    {
        PurchaseDetail purchase => purchase.Product,
        QuotationDetail quotation => quotation.Product,
        OpportunityDetail opportunity => opportunity.Product,
        EnquiryDetail enquiry => enquiry.Product,
        VisitDetail visit => visit.Product,
        ComplaintDetail complaint => complaint.Product,
        UsageDetail usage => usage.Product,
        _ => ProductId.None,
    };

    private static Money? AmountOf(InteractionDetail detail) => detail switch
    {
        PurchaseDetail purchase => purchase.Amount,
        ReturnDetail returned => returned.Amount,
        QuotationDetail quotation => quotation.Amount,
        OpportunityDetail opportunity => opportunity.Amount,
        OrderDetail order => order.Amount,
        _ => null,
    };
}
