using Crm.Core.Numerics;

namespace Crm.Core.Portfolio;

/// <summary>How a group of prospects answers to money: P(won | a spent on each) = ceiling · (1 − e^(−k a)), k = −ln(1 − won / ceiling) / spent.</summary>
internal readonly struct ProspectResponse
{
    private readonly double _value;
    private readonly double _ceiling;

    internal ProspectResponse(ProspectGroup group)
    {
        (_value, _ceiling, Prospects) = (group.Value, group.Ceiling, group.Prospects);
        Rate = -ElementaryFunctions.Log1P(-(group.WonShare / group.Ceiling)) / group.SpentEach;
        FirstUnit = _value * _ceiling * Rate;
    }

    internal double Prospects { get; }

    /// <summary>Gets k, per unit of money.</summary>
    internal double Rate { get; }

    /// <summary>Gets what the first unit of money spent on the group brings: the value · ceiling · k.</summary>
    internal double FirstUnit { get; }

    /// <summary>Gets by how much is spent on the group what the last unit of money brings falls to a factor of e.</summary>
    internal double Depth => Prospects / Rate;

    internal double WonShare(double spentEach) => _ceiling * -ElementaryFunctions.ExpM1(-Rate * spentEach);

    /// <summary>What one more unit of money spent on the group brings where so much is spent on each.</summary>
    internal double NextUnit(double spentEach) => FirstUnit * Math.Exp(-Rate * spentEach);

    internal ProspectGroupSpend At(SegmentId segment, double spentEach) => new()
    {
        Segment = segment,
        SpentEach = spentEach,
        Spent = Prospects * spentEach,
        WonShare = WonShare(spentEach),
        Won = Prospects * WonShare(spentEach),
        Value = Prospects * WonShare(spentEach) * _value,
    };
}
