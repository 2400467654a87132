using System.Globalization;
using System.Text;

namespace Crm.Core.Portfolio;

/// <summary>A budget shared out over groups of prospects, and what is expected of it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class ProspectPlan
{
    internal ProspectPlan(IReadOnlyList<ProspectGroupSpend> groups, double lastUnitBrings)
    {
        Groups = groups;
        LastUnitBrings = lastUnitBrings;
        Spent = Sum(group => group.Spent);
        Won = Sum(group => group.Won);
        Value = Sum(group => group.Value);
    }

    /// <summary>Gets the groups in the order in which they were given.</summary>
    public IReadOnlyList<ProspectGroupSpend> Groups { get; }

    /// <summary>Gets what is spent: the budget, but for the last digits of a sum; nothing where no group is worth any money.</summary>
    public double Spent { get; }

    /// <summary>Gets how many prospects are expected to be won.</summary>
    public double Won { get; }

    /// <summary>Gets what those who are won are worth, before what is spent.</summary>
    public double Value { get; }

    /// <summary>Gets what is left: the value less what is spent. Below 0 where spending nothing is better.</summary>
    public double Profit => Value - Spent;

    /// <summary>
    /// Gets what one more unit of money would bring in value, spent in the same way. Below 1 the last of the budget costs more than it brings, and less of it leaves more profit; above 1
    /// more of it does.
    /// </summary>
    public double LastUnitBrings { get; }

    /// <summary>Gives the plan as a table.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine("group                  spent each              spent          won              value             profit");
        foreach (ProspectGroupSpend group in Groups)
        {
            Line(text, $"{group.Segment}", $"{group.SpentEach,10:N2}", group.Spent, group.Won, group.Value);
        }

        Line(text, $"all", $"{"",10}", Spent, Won, Value);
        text.AppendLine(CultureInfo.InvariantCulture, $"The last unit of money brings {LastUnitBrings:0.00}.");
        return text.ToString();
    }

    private static void Line(StringBuilder text, FormattableString name, FormattableString each, double spent, double won, double value) => text.AppendLine(
        CultureInfo.InvariantCulture, $"{FormattableString.Invariant(name),-22} {FormattableString.Invariant(each)} {spent,18:N0} {won,12:N1} {value,18:N0} {value - spent,18:N0}");

    private double Sum(Func<ProspectGroupSpend, double> of) => Numerics.OrderFreeSum.Of([.. Groups.Select(of)], ReadOnlySpan<double>.Empty);
}
