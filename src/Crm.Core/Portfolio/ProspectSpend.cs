namespace Crm.Core.Portfolio;

/// <summary>One budget to win prospects, spent where it brings most, and beside it spent equally on everybody.</summary>
/// <remarks>
/// <para>
/// Prospects answer to money with falling returns: of those on each of whom a is spent, ceiling · (1 − e^(−k a)) are won, where k follows from what was spent and won before. Blattberg
/// &amp; Deighton (1996), "Manage Marketing by the Customer Equity Test", Harvard Business Review 74(4). That is assumed, not measured: two groups of equal past may answer otherwise to more money.
/// </para>
/// <para>
/// By value, each group gets so much that its last unit of money brings the same as that of every other; groups of which even the first unit brings less get none. The order of the
/// groups changes no figure; another machine may change the last bits, since <see cref="Math.Exp"/> and <see cref="Math.Log(double)"/> do. Immutable and thread-safe.
/// </para>
/// </remarks>
public sealed class ProspectSpend
{
    private readonly ProspectGroup[] _groups;
    private readonly ProspectResponse[] _responses;

    private ProspectSpend(ProspectGroup[] groups, ProspectResponse[] responses, double budget)
    {
        (_groups, _responses, Budget) = (groups, responses, budget);
        var (spentEach, lastUnitBrings) = ProspectAllocation.ByValue(responses, budget);
        ByValue = Plan(spentEach, lastUnitBrings);
        double prospects = responses.Sum(response => response.Prospects);
        double each = budget / prospects;
        Equal = Plan(
            Array.ConvertAll(groups, _ => each),
            Numerics.OrderFreeSum.Of([.. responses.Select(response => response.Prospects / prospects * response.NextUnit(each))], ReadOnlySpan<double>.Empty));
    }

    /// <summary>Gets the budget.</summary>
    public double Budget { get; }

    /// <summary>Gets the budget spent where it brings most. All of it is spent, even where the last of it costs more than it brings: <see cref="ProspectPlan.LastUnitBrings"/> says so.</summary>
    public ProspectPlan ByValue { get; }

    /// <summary>Gets the budget spent equally on every prospect, whatever they are worth.</summary>
    public ProspectPlan Equal { get; }

    /// <summary>Shares out a budget.</summary>
    /// <param name="groups">The groups of prospects, none twice.</param>
    /// <param name="budget">What is to be spent on all of them together, in the currency of the groups; 0 or more.</param>
    /// <returns>The two ways to spend it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="groups"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The budget is not a finite number, 0 or more.</exception>
    /// <exception cref="ArgumentException">There is no group, or the amounts are so great or so small that a result is not finite.</exception>
    /// <exception cref="RowFaultsException">A group is null, has no name or comes twice, or one of its numbers is out of its range; all are checked, rows being groups, and the first 20 named with their total.</exception>
    public static ProspectSpend Of(IReadOnlyList<ProspectGroup> groups, double budget)
    {
        ArgumentNullException.ThrowIfNull(groups);
        Guard.NotNegative(budget, "Give what is to be spent on all prospects together.");
        ProspectGroup[] copy = [.. groups];
        Check(copy);
        ProspectResponse[] responses = Array.ConvertAll(copy, group => new ProspectResponse(group));
        bool isFinite = Array.TrueForAll(responses, response => double.IsFinite(response.FirstUnit) && (response.FirstUnit <= 0 || double.IsFinite(response.Depth)));
        ProspectSpend? spend = isFinite ? new(copy, responses, budget) : null;
        return spend is not null && IsFinite(spend.ByValue) && IsFinite(spend.Equal)
            ? spend
            : throw new ArgumentException("The amounts are so great or so small that what is expected of them is no finite number. Give them in another unit of money.", nameof(groups));
    }

    /// <summary>Gives the same prospects with the budget that leaves most profit: up to where one more unit of money brings just one.</summary>
    /// <returns>That budget, spent by value and equally; of 0 where even the first unit of money brings no more than one.</returns>
    /// <exception cref="InvalidOperationException">That budget is no finite number.</exception>
    public ProspectSpend Best()
    {
        double budget = ProspectAllocation.Best(_responses);
        return double.IsFinite(budget)
            ? new(_groups, _responses, budget)
            : throw new InvalidOperationException("The amounts are so great that the best budget is no finite number. Give them in another unit of money.");
    }

    /// <summary>Gives both plans as tables.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"By value\n{ByValue}\nEqually\n{Equal}");

    private static bool IsFinite(ProspectPlan plan) =>
        double.IsFinite(plan.Spent) && double.IsFinite(plan.Value) && double.IsFinite(plan.Profit) && plan.Groups.All(group => double.IsFinite(group.SpentEach) && double.IsFinite(group.Value));

    private static void Check(ProspectGroup[] groups)
    {
        if (groups.Length == 0)
        {
            throw new ArgumentException("There is no group of prospects to spend money on. Give one or more.", nameof(groups));
        }

        var faults = new RowFaultList();
        var rows = new Dictionary<SegmentId, int>();
        for (int row = 0; row < groups.Length; row++)
        {
            if (groups[row] is not { } group)
            {
                faults.Add(row, "group", $"null", "a group of prospects");
                continue;
            }

            if (group.Segment == SegmentId.None)
            {
                faults.Add(row, nameof(group.Segment), $"none", "an id of 1 to 128 characters");
            }
            else if (!rows.TryAdd(group.Segment, row))
            {
                faults.Add(row, nameof(group.Segment), $"that of row {rows[group.Segment]} again", "each group once");
            }

            CheckNumbers(group, row, faults);
        }

        faults.ThrowIfAny(nameof(groups));
    }

    private static void CheckNumbers(ProspectGroup group, int row, RowFaultList faults)
    {
        void Require(bool holds, string field, FormattableString found, string expected)
        {
            if (!holds)
            {
                faults.Add(row, field, found, expected);
            }
        }

        bool isCeiling = group.Ceiling is > 0 and <= 1;
        Require(group.Prospects >= 1, nameof(group.Prospects), $"{group.Prospects}", "a whole number, 1 or more");
        Require(double.IsFinite(group.Value), nameof(group.Value), $"{group.Value}", "a finite amount");
        Require(group.SpentEach > 0 && double.IsFinite(group.SpentEach), nameof(group.SpentEach), $"{group.SpentEach}", "a finite amount above 0");
        Require(
            group.WonShare >= 0 && (isCeiling ? group.WonShare < group.Ceiling : group.WonShare < 1),
            nameof(group.WonShare), $"{group.WonShare}", FormattableString.Invariant($"0 or more and below {(isCeiling ? FormattableString.Invariant($"the ceiling of {group.Ceiling}") : "1")}"));
        Require(isCeiling, nameof(group.Ceiling), $"{group.Ceiling}", "a fraction above 0, at most 1");
    }

    private ProspectPlan Plan(double[] spentEach, double lastUnitBrings) =>
        new(Array.AsReadOnly([.. spentEach.Select((each, group) => _responses[group].At(_groups[group].Segment, each))]), lastUnitBrings);
}
