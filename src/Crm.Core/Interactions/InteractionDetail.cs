using System.Text.Json.Serialization;

namespace Crm.Core.Interactions;

/// <summary>What happened in an interaction, with what belongs to its kind only.</summary>
/// <remarks>A closed set of kinds. Compared by value; its text never holds personal data. Immutable and thread-safe.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PurchaseDetail), "purchase")]
[JsonDerivedType(typeof(ReturnDetail), "return")]
[JsonDerivedType(typeof(EnquiryDetail), "enquiry")]
[JsonDerivedType(typeof(VisitDetail), "visit")]
[JsonDerivedType(typeof(CampaignContactDetail), "campaign-contact")]
[JsonDerivedType(typeof(CampaignResponseDetail), "campaign-response")]
[JsonDerivedType(typeof(ServiceCaseDetail), "service-case")]
[JsonDerivedType(typeof(ComplaintDetail), "complaint")]
[JsonDerivedType(typeof(OpportunityDetail), "opportunity")]
[JsonDerivedType(typeof(QuotationDetail), "quotation")]
[JsonDerivedType(typeof(OrderDetail), "order")]
[JsonDerivedType(typeof(UsageDetail), "usage")]
[JsonDerivedType(typeof(MessageDetail), "message")]
[JsonDerivedType(typeof(FollowUpDetail), "follow-up")]
[JsonDerivedType(typeof(NoteDetail), "note")]
[JsonDerivedType(typeof(DisclosureDetail), "disclosure")]
[JsonDerivedType(typeof(RetractionDetail), "retraction")]
public abstract record InteractionDetail
{
    private protected InteractionDetail()
    {
    }

    /// <summary>Gets the kind.</summary>
    [JsonIgnore]
    public abstract InteractionKind Kind { get; }

    /// <summary>Gets the other customer the detail names; <see cref="CustomerId.None"/> where it names none.</summary>
    [JsonIgnore]
    public virtual CustomerId NamedCustomer => CustomerId.None;

    /// <summary>Leaves out the other customer it names, for when that one is erased.</summary>
    /// <returns>The detail; the same object where it names nobody.</returns>
    public virtual InteractionDetail WithoutMention() => this;

    /// <summary>Gives the kind, nothing of the content.</summary>
    /// <returns>The text.</returns>
    public sealed override string ToString() => Kind.ToString();
}
