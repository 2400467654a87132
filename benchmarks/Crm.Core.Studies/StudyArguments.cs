using System.Globalization;

namespace Crm.Core.Studies;

/// <summary>What the command line asks for.</summary>
internal sealed record StudyArguments
{
    internal const string Usage = "Usage: coverage [--bases 1000] [--customers 2000] [--seed 1], or claims";

    private const int MostBases = 1_000_000;
    private const int MostCustomers = 1_000_000;

    private static readonly int[] _smallSizes = [200, 500];

    /// <summary>Gets the number of bases of the main run.</summary>
    internal int Bases { get; init; } = 1000;

    /// <summary>Gets the number of customers of each of them.</summary>
    internal int Customers { get; init; } = 2000;

    /// <summary>Gets the seed of the first base; each further base has the next one.</summary>
    internal ulong Seed { get; init; } = 1;

    /// <summary>Gets the main run, then runs of three tenths as many small bases, to see what hangs on the size.</summary>
    internal IEnumerable<StudySize> Sizes =>
        [new(Bases, Customers), .. _smallSizes.Select(customers => new StudySize(Math.Max(1, Bases * 3 / 10), customers))];

    /// <summary>Gets the command that gives this study again.</summary>
    internal string Command => FormattableString.Invariant(
        $"dotnet run -c Release --project benchmarks/Crm.Core.Studies -- coverage --bases {Bases} --customers {Customers} --seed {Seed}");

    /// <summary>Reads the command line, or gives null where it is not one of this program.</summary>
    internal static StudyArguments? Parse(string[] args)
    {
        if (args is not ["coverage", ..] || args.Length % 2 == 0)
        {
            return null;
        }

        StudyArguments? arguments = new();
        for (int i = 1; i < args.Length && arguments is not null; i += 2)
        {
            arguments = arguments.With(args[i], args[i + 1]);
        }

        return arguments;
    }

    private StudyArguments? With(string name, string text)
    {
        if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value))
        {
            return null;
        }

        return name switch
        {
            "--bases" when value is >= 1 and <= MostBases => this with { Bases = (int)value },
            "--customers" when value is >= 1 and <= MostCustomers => this with { Customers = (int)value },
            "--seed" when value <= long.MaxValue => this with { Seed = value },
            _ => null,
        };
    }
}
