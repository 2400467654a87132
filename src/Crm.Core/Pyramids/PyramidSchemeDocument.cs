using System.Text.Json;

namespace Crm.Core.Pyramids;

/// <summary>A pyramid scheme as it is saved: JSON with a schema number. Every released schema is read for ever.</summary>
internal sealed record PyramidSchemeDocument
{
    private const int MostTiers = 100;

    private const string Example =
        "A scheme is {\"schema\": 1, \"name\": \"mine\", \"cut\": \"shareOfCustomers\", \"tiers\": [{\"tier\": \"top\", \"share\": 0.2}, {\"tier\": \"rest\", \"share\": 0.8}]}, "
        + "or {\"schema\": 1, \"name\": \"mine\", \"cut\": \"threshold\", \"tiers\": [{\"tier\": \"gold\", \"least\": 100}, {\"tier\": \"rest\"}]}.";

    public int? Schema { get; init; }

    public string? Name { get; init; }

    public string? Cut { get; init; }

    public IReadOnlyList<Row?>? Tiers { get; init; }

    internal static string Write(PyramidScheme scheme) => JsonSerializer.Serialize(Of(scheme), PyramidSchemeJson.Default.PyramidSchemeDocument);

    internal static PyramidScheme Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var reading = new DocumentReading("a pyramid scheme", Example);
        PyramidScheme? scheme = reading.Document(json, PyramidSchemeJson.Default.PyramidSchemeDocument, found => found.Schema).ToScheme("", reading);
        reading.ThrowIfAny();
        return scheme!;
    }

    internal static PyramidSchemeDocument Of(PyramidScheme scheme)
    {
        if (!StoredText.IsUnicode(scheme.Name) || scheme.Tiers.Any(tier => !StoredText.IsUnicode(tier.Tier.Name)))
        {
            throw new InvalidOperationException("The name of the scheme or of a tier holds half of a surrogate pair, which no JSON can. Make the scheme with other names.");
        }

        return new()
        {
            Schema = DocumentReading.CurrentSchema,
            Name = scheme.Name,
            Cut = WordOf(scheme.Cut),
            Tiers = [.. scheme.Tiers.Select(tier => new Row { Tier = tier.Tier.Name, Share = tier.Share, Least = tier.Least })],
        };
    }

    /// <summary>Gives the scheme, or tells the reading everything that is wrong with it.</summary>
    /// <param name="place">What stands before the names of its members: nothing, or "scheme.".</param>
    /// <param name="reading">Receives the faults.</param>
    internal PyramidScheme? ToScheme(string place, DocumentReading reading)
    {
        bool isGood = true;
        void Wrong(FormattableString fault)
        {
            isGood = false;
            reading.Add(fault);
        }

        if (string.IsNullOrWhiteSpace(Name))
        {
            Wrong($"{place}name is {(Name is null ? "missing" : "blank")}, expected a name");
        }

        PyramidCut? cut = Enum.GetValues<PyramidCut>().Cast<PyramidCut?>().FirstOrDefault(known => WordOf(known!.Value) == Cut);
        if (cut is null)
        {
            Wrong($"{place}cut is {(Cut is null ? "missing" : "unknown")}, expected shareOfCustomers, shareOfValue or threshold");
        }

        int tiers = Tiers?.Count ?? 0;
        if (tiers is < 1 or > MostTiers)
        {
            Wrong($"{place}tiers {(Tiers is null ? (FormattableString)$"is missing" : $"has {tiers}")}, expected 1 to {MostTiers}");
        }

        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int at = 0; at < tiers && tiers <= MostTiers; at++)
        {
            string tier = FormattableString.Invariant($"{place}tiers[{at}]");
            if (Tiers![at] is { } row)
            {
                CheckName(row, at, tier, names, Wrong);
                CheckCut(row, at, tier, cut, Wrong);
            }
            else
            {
                Wrong($"{tier} is null, expected a tier");
            }
        }

        return isGood ? Made(cut!.Value, place, reading) : null;
    }

    private static string WordOf(PyramidCut cut) => cut switch
    {
        PyramidCut.ShareOfCustomers => "shareOfCustomers",
        PyramidCut.ShareOfValue => "shareOfValue",
        _ => "threshold",
    };

    private static void CheckName(Row row, int at, string place, Dictionary<string, int> names, Action<FormattableString> wrong)
    {
        if (string.IsNullOrWhiteSpace(row.Tier))
        {
            wrong($"{place}.tier is {(row.Tier is null ? "missing" : "blank")}, expected a name of 1 to {Pyramids.Tier.MostCharacters} characters");
        }
        else if (row.Tier.Length > Pyramids.Tier.MostCharacters)
        {
            wrong($"{place}.tier has {row.Tier.Length} characters, expected 1 to {Pyramids.Tier.MostCharacters}");
        }
        else if (Pyramid.Below.Any(kept => kept.Name == row.Tier))
        {
            wrong($"{place}.tier is {row.Tier}, which is kept for those who are not ranked, expected another name");
        }
        else if (!names.TryAdd(row.Tier, at))
        {
            wrong($"{place}.tier is that of tiers[{names[row.Tier]}] again, expected each tier once");
        }
    }

    private void CheckCut(Row row, int at, string place, PyramidCut? cut, Action<FormattableString> wrong)
    {
        if (cut is null)
        {
            return;
        }

        bool isLast = at == Tiers!.Count - 1;
        bool isThreshold = cut == PyramidCut.Threshold;
        if (isThreshold ? row.Share is not null : row.Least is not null)
        {
            wrong($"{place}.{(isThreshold ? "share" : "least")} stands in a scheme of {(isThreshold ? "thresholds" : "shares")}, expected {(isThreshold ? isLast ? "nothing" : "least" : "share")}");
        }

        if (!isThreshold)
        {
            if (row.Share is not > 0)
            {
                wrong($"{place}.share is {(object?)row.Share ?? "missing"}, expected a fraction above 0");
            }
        }
        else if (isLast)
        {
            if (row.Least is not null)
            {
                wrong($"{place}.least is {row.Least}, expected none, since the last tier holds all others");
            }
        }
        else if (row.Least is not { } least || !double.IsFinite(least))
        {
            wrong($"{place}.least is {(object?)row.Least ?? "missing"}, expected a finite number");
        }
        else if (at > 0 && Tiers[at - 1]?.Least is { } before && double.IsFinite(before) && !(least < before))
        {
            wrong($"{place}.least is {least}, expected less than the {before} before it");
        }
    }

    // What holds of all tiers together, the sum of the shares, the scheme itself knows.
    private PyramidScheme? Made(PyramidCut cut, string place, DocumentReading reading)
    {
        try
        {
            return cut switch
            {
                PyramidCut.Threshold => PyramidScheme.OfThresholds(Name!, [.. Tiers!.Select(row => new TierFloor(Pyramids.Tier.Of(row!.Tier!), row.Least))]),
                PyramidCut.ShareOfValue => PyramidScheme.OfValueShares(Name!, [.. Shares()]),
                _ => PyramidScheme.OfShares(Name!, [.. Shares()]),
            };
        }
        catch (ArgumentException refused)
        {
            reading.Add($"{place}tiers are refused: {DocumentReading.WordsOf(refused)}");
            return null;
        }
    }

    private IEnumerable<TierShare> Shares() => Tiers!.Select(row => new TierShare(Pyramids.Tier.Of(row!.Tier!), row.Share!.Value));

    internal sealed record Row
    {
        public string? Tier { get; init; }

        public decimal? Share { get; init; }

        public double? Least { get; init; }
    }
}
