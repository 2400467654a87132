using Crm.Core.Cli.Output;

namespace Crm.Core.Cli.Report.Charts;

/// <summary>From figures to places on the page, with round ticks.</summary>
internal sealed class Axis
{
    private readonly double _from;
    private readonly double _to;
    private readonly double _start;
    private readonly double _end;

    private Axis(double from, double to, double start, double end, IReadOnlyList<double> ticks)
    {
        (_from, _to, _start, _end, Ticks) = (from, to, start, end, ticks);
    }

    internal IReadOnlyList<double> Ticks { get; }

    /// <summary>An axis of these figures as they are, with round ticks within them.</summary>
    internal static Axis Of(double from, double to, double start, double end, int ticks = 5)
    {
        double last = to > from ? to : from + 1;
        double step = RoundNumbers.AtLeast((last - from) / ticks);
        var marks = new List<double>();
        for (double tick = Math.Ceiling((from / step) - 1e-9); tick * step <= last + (1e-9 * step); tick++)
        {
            marks.Add((tick * step) + 0.0); // Without the sign of a negative zero.
        }

        return new(from, last, start, end, marks);
    }

    /// <summary>An axis from 0 to the first round tick that holds all.</summary>
    internal static Axis FromZero(double most, double start, double end, int ticks = 4)
    {
        double greatest = most > 0 ? most : 1;
        double step = RoundNumbers.AtLeast(greatest / ticks);
        return Of(0, Math.Ceiling((greatest / step) - 1e-9) * step, start, end, ticks);
    }

    internal double At(double value) => _start + ((value - _from) / (_to - _from) * (_end - _start));
}
