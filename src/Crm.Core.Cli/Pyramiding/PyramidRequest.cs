using Crm.Core.LifetimeValue;
using Crm.Core.Pyramids;

namespace Crm.Core.Cli.Pyramiding;

/// <summary>What is asked of <c>crm pyramid</c>.</summary>
internal sealed record PyramidRequest
{
    internal const string Revenue = "revenue";
    internal const string Clv = "clv";

    /// <summary>Gets the scheme.</summary>
    internal required PyramidScheme Scheme { get; init; }

    /// <summary>Gets what customers are ranked by: revenue, clv, or a column of the file of customers.</summary>
    internal required string By { get; init; }

    /// <summary>Gets the days whose revenue counts, and after which the base is looked at again; null for a year, or half of the days there are.</summary>
    internal required int? Days { get; init; }

    internal required ClvTerms Terms { get; init; }

    /// <summary>Gets whether the margin was stated, so that it says what customers bring.</summary>
    internal required bool HasMargin { get; init; }

    internal required double FixedCosts { get; init; }

    internal required double? OtherMarketing { get; init; }

    internal required double Level { get; init; }

    internal CustomerSheet? Sheet { get; init; }
}
