using System.Text.Json;
using Crm.Core.Customers;
using Crm.Core.Interactions;
using Crm.Core.Pyramids;

namespace Crm.Core.Hosting;

/// <summary>How the values of customers and interactions stand in the documents of the services: as in those of their own.</summary>
internal static class HostingJson
{
    internal static JsonSerializerOptions Options() => JsonValues.Options(
        new TextConverter<SharedField>("field", SharedField.Of, field => field.ToString()),
        new TextConverter<Tier>("tier", Tier.Of, tier => tier.Name),
        new TextConverter<Currency>("currency", Currency.Of, currency => currency.Code),
        new TextConverter<LifecycleStage>("lifecycle stage", name => LifecycleStage.TryFromName(name, out LifecycleStage? stage) ? stage : null, stage => stage.Name),
        JsonValues.Names<CustomerKind>(),
        JsonValues.Names<ContactKind>(),
        JsonValues.Names<AttitudeKind>(),
        JsonValues.Names<ConsentDecision>(),
        JsonValues.Names<RelationKind>(),
        JsonValues.Names<BuyingRoles>(),
        JsonValues.Names<Direction>(),
        JsonValues.Names<ResponseKind>(),
        JsonValues.Names<CaseStep>(),
        JsonValues.Names<OpportunityStage>(),
        JsonValues.Names<FollowUpKind>(),
        JsonValues.Names<InteractionKind>(),
        JsonValues.Names<ScoreAbsence>());
}
