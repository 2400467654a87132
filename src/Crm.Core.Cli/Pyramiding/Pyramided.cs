using Crm.Core.Pyramids;
using NodaTime;

namespace Crm.Core.Cli.Pyramiding;

/// <summary>A base in its pyramid: where everybody stands, what they bring, who moved, and what is said of pyramids.</summary>
internal sealed record Pyramided
{
    /// <summary>Gets what customers are ranked by, in words.</summary>
    internal required string By { get; init; }

    /// <summary>Gets the customers, in the order of the pyramid.</summary>
    internal required IReadOnlyList<CustomerId> Ids { get; init; }

    /// <summary>Gets their values.</summary>
    internal required double[] Values { get; init; }

    internal required Pyramid Now { get; init; }

    internal required CustomerFigures Figures { get; init; }

    internal required PyramidProfile Profile { get; init; }

    /// <summary>Gets the figures of other groups, such as loyalty rungs; empty where there are none.</summary>
    internal IReadOnlyList<GroupFigures> Groups { get; init; } = [];

    internal required PyramidWhatIf What { get; init; }

    internal required PyramidSelfCheck Check { get; init; }

    /// <summary>Gets the days whose revenue counts; null where customers are not ranked by it.</summary>
    internal required int? Days { get; init; }

    /// <summary>Gets the earlier day; null where there is none.</summary>
    internal LocalDate? Since { get; init; }

    internal Moved? Moved { get; init; }

    /// <summary>Gets what the models make of the base today; null where they were not asked.</summary>
    internal Outlook? Ahead { get; init; }

    /// <summary>Gets the probability of each customer to stand higher after as many days again; empty where no model says.</summary>
    internal double[] UpProbabilities { get; init; } = [];

    /// <summary>Gets who would bring more in the next higher tier, those whose move is worth most first.</summary>
    internal required IReadOnlyList<CandidateMove> Candidates { get; init; }

    /// <summary>Gets whether satisfied customers moved up more often; null where nobody was asked, or nothing moved.</summary>
    internal SatisfactionEffect? Satisfaction { get; init; }

    internal required IReadOnlyList<string> Notes { get; init; }
}
