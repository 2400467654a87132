using NodaTime;
using NodaTime.Text;

namespace Crm.Core.Cli.Files;

/// <summary>What the numbers of a file are counted in: its first line, "# crm: unit=week; until=1997-09-30; currency=USD; zone=UTC".</summary>
internal sealed record FileMetadata
{
    internal TimeUnit? Unit { get; init; }

    internal LocalDate? Until { get; init; }

    internal LocalDate? HoldoutUntil { get; init; }

    internal Currency? Currency { get; init; }

    internal DateTimeZone? Zone { get; init; }

    /// <summary>Reads the line.</summary>
    /// <exception cref="InputException">An entry is not what its name says.</exception>
    internal static FileMetadata Parse(string file, string line)
    {
        var metadata = new FileMetadata();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (string entry in line["# crm:".Length..].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = entry.Split('=', 2, StringSplitOptions.TrimEntries);
            string value = parts.Length == 2 ? parts[1] : "";
            if (!seen.Add(parts[0]))
            {
                throw Wrong(parts[0], value, "each entry once");
            }

            metadata = parts[0].ToLowerInvariant() switch
            {
                "unit" => metadata with { Unit = TimeUnit.TryOf(value, out var unit) ? unit : throw Wrong("unit", value, "day, week, month, year or unnamed") },
                "until" => metadata with { Until = Day("until", value) },
                "holdout-until" => metadata with { HoldoutUntil = Day("holdout-until", value) },
                "currency" => metadata with
                {
                    Currency = Core.Currency.TryOf(value, out var currency) ? currency : throw Wrong("currency", value, "a code of ISO 4217"),
                },
                "zone" => metadata with
                {
                    Zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(value) ?? throw Wrong("zone", value, "a time zone of the IANA database"),
                },
                _ => metadata, // a later version may say more
            };
        }

        return metadata is { Until: { } until, HoldoutUntil: { } end } && end <= until
            ? throw Wrong("holdout-until", LocalDatePattern.Iso.Format(end), "a day after until")
            : metadata;

        LocalDate Day(string name, string value) =>
            LocalDatePattern.Iso.Parse(value) is { Success: true, Value: var day } ? day : throw Wrong(name, value, "a day such as 1997-09-30");

        InputException Wrong(string name, string value, string accepted) =>
            new($"{file}, line 1: {name} is '{Masked.Text(value)}'; accepted: {accepted}. Mend or delete the line.");
    }

    /// <summary>Writes the line.</summary>
    internal static string Format(Histories.HistoryFrame frame)
    {
        List<string> entries = [$"unit={frame.Unit.Name}"];
        if (frame.Window is { } window)
        {
            entries.Add($"until={LocalDatePattern.Iso.Format(window.LastDay)}");
            if (window.HoldoutLastDay is { } last)
            {
                entries.Add($"holdout-until={LocalDatePattern.Iso.Format(last)}");
            }
        }

        entries.Add($"currency={frame.Currency.Code}");
        entries.Add($"zone={frame.Zone.Id}");
        return "# crm: " + string.Join("; ", entries);
    }

    /// <summary>Writes the line of a file of benefits: through which channel, and in which currency costs were weighed.</summary>
    internal static string Format(Channel channel, Currency currency) =>
        "# crm: " + (channel == Channel.None ? "" : $"channel={channel}; ") + $"currency={currency.Code}";
}
