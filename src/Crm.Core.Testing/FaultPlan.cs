using Crm.Core.Testing.Sequences;

namespace Crm.Core.Testing;

/// <summary>Which calls of a faulty store fail, and how; and the record of them.</summary>
/// <remarks>
/// One plan may be shared by several stores, whose calls it then counts together. Thread-safe; where calls come at once, which of them is
/// counted first is chance, so a test that is to be repeated makes its calls one after another.
/// </remarks>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<StoreCall> _calls = [];
    private readonly Func<int, string, StoreFault> _faultOf;

    private FaultPlan(Func<int, string, StoreFault> faultOf) => _faultOf = faultOf;

    /// <summary>Gets the calls so far, in the order they began.</summary>
    public IReadOnlyList<StoreCall> Calls
    {
        get
        {
            lock (_gate)
            {
                return Array.AsReadOnly(_calls.ToArray());
            }
        }
    }

    /// <summary>Makes a plan by which nothing fails, to record calls.</summary>
    /// <returns>The plan.</returns>
    public static FaultPlan Nothing() => new((_, _) => StoreFault.None);

    /// <summary>Makes a plan of one fault for each call in its turn; after the last nothing fails.</summary>
    /// <param name="faults">The faults of the first call, the second, and so on; <see cref="StoreFault.None"/> lets one pass.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="faults"/> is null.</exception>
    public static FaultPlan Script(params IReadOnlyList<StoreFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        StoreFault[] turns = [.. faults];
        return new((number, _) => number <= turns.Length ? turns[number - 1] : StoreFault.None);
    }

    /// <summary>Makes a plan by which calls of one member fail.</summary>
    /// <param name="member">The member: "SaveAsync".</param>
    /// <param name="fault">How they fail.</param>
    /// <param name="times">How many of them, from the first on; all by default.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="member"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="times"/> is negative.</exception>
    public static FaultPlan Of(string member, StoreFault fault, int times = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(member);
        if (times < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(times), "A number of calls is 0 or more.");
        }

        int left = times;
        return new((_, called) => called == member && left > 0 && left-- > 0 ? fault : StoreFault.None);
    }

    /// <summary>Makes a plan by which a share of the calls fails, chosen by a seed: the same ones every time.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="share">How many of the calls fail, from 0 to 1.</param>
    /// <param name="faults">The ways in which they fail, each as often.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="faults"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="faults"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is not from 0 to 1.</exception>
    public static FaultPlan Seeded(ulong seed, double share, params IReadOnlyList<StoreFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        if (!(share is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), "A share of calls is a number from 0 to 1.");
        }

        StoreFault[] ways = [.. faults];
        var chance = new SeededChance(seed);
        return ways.Length == 0 ? throw new ArgumentException("Name at least one way to fail.", nameof(faults))
            : new((_, _) => chance.Share() < share ? ways[chance.Below(ways.Length)] : StoreFault.None);
    }

    internal StoreCall Begin(string member)
    {
        lock (_gate)
        {
            int number = _calls.Count + 1;
            var call = new StoreCall(number, member, _faultOf(number, member));
            _calls.Add(call);
            return call;
        }
    }
}
