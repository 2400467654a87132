using Crm.Core.LifetimeValue;

namespace Crm.Core.Studies;

/// <summary>A model that customers are drawn from, so that what the fits should find is known.</summary>
/// <param name="Model">The model; its name is the family that is fitted too.</param>
internal sealed record Truth(IPurchaseModel Model)
{
    /// <summary>Gets one truth of each family, near what CDNOW's customers gave.</summary>
    internal static IReadOnlyList<Truth> All { get; } =
    [
        new(new MbgNbd(0.525, 6.18, 0.891, 1.614, TimeUnit.Week)),
        new(new BgNbd(0.243, 4.41, 0.793, 2.426, TimeUnit.Week)),
        new(new ParetoNbd(0.553, 10.58, 0.606, 11.67, TimeUnit.Week)),
    ];

    /// <summary>Gets its short name.</summary>
    internal string Name => Model.Name;

    /// <summary>Gets its parameters in words.</summary>
    internal string Parameters =>
        string.Join(", ", Model.Parameters.Select(parameter => FormattableString.Invariant($"{parameter.Key} {parameter.Value}")));
}
