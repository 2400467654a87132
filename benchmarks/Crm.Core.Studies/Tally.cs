using Crm.Core.LifetimeValue;

namespace Crm.Core.Studies;

/// <summary>How often numbers lay inside their intervals, above them and below them.</summary>
internal sealed class Tally
{
    private int _inside;
    private int _above;
    private int _below;

    /// <summary>Gets the share inside.</summary>
    internal double Inside => (double)_inside / Count;

    /// <summary>Gets the share above the interval: the interval was too low.</summary>
    internal double Above => (double)_above / Count;

    /// <summary>Gets the share below the interval: the interval was too high.</summary>
    internal double Below => (double)_below / Count;

    private int Count => _inside + _above + _below;

    internal void Add(IntervalBounds interval, double value)
    {
        _inside += interval.Contains(value) ? 1 : 0;
        _above += value > interval.High ? 1 : 0;
        _below += value < interval.Low ? 1 : 0;
    }
}
