namespace Crm.Core.Segments;

/// <summary>Who is in a segment: conditions on signals, joined by and, or, not.</summary>
/// <remarks>
/// <para>
/// A closed set. An answer is yes, no or unknown, after Kleene: <em>all</em> is no if one part is no, else unknown if one is unknown; <em>any</em> is yes if one part
/// is yes, else unknown if one is unknown; <em>not</em> unknown is unknown. Only yes makes a member, so neither "buys online" nor its opposite holds
/// of somebody of whom nobody knows how they buy.
/// </para>
/// <para>Compared by value. Immutable and thread-safe.</para>
/// </remarks>
public abstract record SegmentRule
{
    /// <summary>How deep rules may nest; a condition is 1 deep.</summary>
    public const int MostDepth = 32;

    /// <summary>How many parts a rule may have, those of its parts counted.</summary>
    public const int MostParts = 10_000;

    private protected SegmentRule()
    {
    }

    /// <summary>Gets how deep it nests; 1 to 32.</summary>
    public abstract int Depth { get; }

    /// <summary>Gets how many rules it is: itself, its parts and theirs; 1 to 10,000.</summary>
    public int Size { get; private protected init; } = 1;

    /// <summary>Gets what it is made of, from the first to the last.</summary>
    public abstract IReadOnlyList<SegmentRule> Parts { get; }

    /// <summary>Matches where each of several rules does.</summary>
    /// <param name="parts">The rules, 1 or more.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">There is none, one is null, or it would nest more than 32 deep.</exception>
    public static SegmentRule All(params IReadOnlyList<SegmentRule> parts) => new AllRule(parts);

    /// <summary>Matches where one of several rules does.</summary>
    /// <param name="parts">The rules, 1 or more.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">There is none, one is null, or it would nest more than 32 deep.</exception>
    public static SegmentRule Any(params IReadOnlyList<SegmentRule> parts) => new AnyRule(parts);

    /// <summary>Matches where a rule is known not to.</summary>
    /// <param name="part">The rule.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">The rule is null, or it would nest more than 32 deep.</exception>
    public static SegmentRule Not(SegmentRule part) => new NotRule(part);

    /// <summary>Matches who is in another segment of the same book.</summary>
    /// <param name="segment">The segment.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">The segment is none.</exception>
    public static SegmentRule In(SegmentId segment) => new InSegmentRule { Segment = segment };

    /// <summary>Gives the rule in words: "country is de or at, and number of purchases in the last 90 days is at least 3".</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public sealed override string ToString() => InWords(isPart: false);

    internal abstract string InWords(bool isPart);

    /// <summary>Refuses what would nest too deep, or has no parts, before any text or hash is made of it.</summary>
    private protected static ValueList<SegmentRule> Checked(IEnumerable<SegmentRule> parts, string name)
    {
        var list = ValueList<SegmentRule>.Of(parts, name);
        return list.Count == 0 ? throw new ArgumentException("A rule joins at least one rule. Leave out what joins none.", name)
            : SizeOf(list) > MostParts ? throw new ArgumentException(FormattableString.Invariant($"A rule has at most {MostParts} parts. Give some of them a segment of their own, and name that."), name)
            : list.Max(part => part.Depth) < MostDepth ? list
            : throw new ArgumentException(FormattableString.Invariant($"A rule nests at most {MostDepth} deep. Give a part of it a segment of its own, and name that."), name);
    }

    // Parts may share parts: counted one by one, a few dozen objects can be more than there are atoms.
    private protected static int SizeOf(IEnumerable<SegmentRule> parts) => (int)Math.Min(parts.Sum(part => (long)part.Size) + 1, int.MaxValue);
}
