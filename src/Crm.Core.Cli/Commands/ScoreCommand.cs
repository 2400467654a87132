using System.CommandLine;
using Crm.Core.Benefits;
using Crm.Core.Cli.Files;
using Crm.Core.Cli.Output;

namespace Crm.Core.Cli.Commands;

/// <summary><c>crm score</c>: what offers are worth to the customers of each segment, ranked, with contributions.</summary>
internal static class ScoreCommand
{
    internal const string Name = "score";

    internal const string SampleWeights = """
        {
          "schema": 1,
          "scales": {
            "cost": { "kind": "money", "currency": "EUR" },
            "time": { "kind": "identity", "missing": 0 }
          },
          "default": { "utility": 1, "brand": 0.4, "relationship": 0.6, "cost": 1.2, "time": 0.5 },
          "segments": [
            { "segment": "students", "cost": 2 },
            { "segment": "doctoral", "parent": "students", "time": 1.5 }
          ]
        }
        """;

    internal const string Example = $"""
        Examples:
          crm score offers.csv --weights weights.json --customers customers.csv --top 3 -o scores.csv

        offers.csv, with factors in any unit, cost and time as they are (the formula subtracts them):
        offer_id,utility,brand,relationship,cost,time
        novel,60,5,8,39,2
        e-book,50,5,4,19,

        customers.csv, with | between several segments:
        customer_id,segment
        42,students
        43,students|doctoral
        44,

        weights.json, where a segment takes over from its parent, or from the default, what it does not state, and the scales
        say what a unit counts and what stands in for a missing value:
        {SampleWeights}

        Optional in offers.csv: name; channel (such a row holds for that channel, one without anywhere else); moment (before, at
        or after the purchase; the rows of an offer add up, and have 0 where a moment adds nothing). In customers.csv: relationship,
        which adds to that of every offer.
        benefit = utility + brand + relationship + cost + time in what is written: each column is the factor times its weight, signed.
        Ids are written as they came, so that they match your data; a spreadsheet may take one that begins with = for a formula.
        """;

    internal static Command Create(Terminal terminal, CancellationToken cancellationToken)
    {
        Argument<string> offers = new("OFFERS")
        {
            Description = "CSV file of offers with offer_id, utility, brand, relationship, cost, time and, optionally, name, channel, moment (plain or gzip; - for standard input).",
        };
        Option<string> weights = CommonOptions.File("--weights", "JSON file of what each segment weighs, and on which scales.");
        weights.Required = true;
        Option<string> customers = CommonOptions.File(
            "--customers", "CSV file with customer_id, segment (several with | between them) and, optionally, relationship: a ranking for each customer (- for standard input).");
        Option<int?> top = CommonOptions.Top();
        Option<Channel?> channel = CommonOptions.Channel();
        Option<double?> minimum = CommonOptions.Minimum();
        Option<string> onBadRow = CommonOptions.OnBadRow();
        onBadRow.Description += " For --customers; a fault in OFFERS always ends the work, since the rows of an offer belong together.";
        Option<string> output = CommonOptions.Output("File to write, - for standard output; without it there are tables only.", required: false);
        Option<bool> json = CommonOptions.Json();
        var command = new Command(Name, "Score and rank offers by what they are worth to the customers of each segment.")
        {
            offers, weights, customers, top, channel, minimum, onBadRow, output, json,
        };
        command.SetAction(parsed =>
        {
            string? path = parsed.GetValue(output);
            if (path == "-" && parsed.GetValue(json))
            {
                throw new UsageException("Both the table and the JSON document would go to standard output. Give -o a file, or leave --json out.");
            }

            string? people = parsed.GetValue(customers);
            if (parsed.GetValue(offers) == "-" && people == "-")
            {
                throw new UsageException("OFFERS and --customers cannot both be read from standard input. Give one of them a file.");
            }

            Overwriting.Refuse(path, ("OFFERS", parsed.GetValue(offers)), ("--customers", people), ("--weights", parsed.GetValue(weights)));
            WeightBook book = WeightsFile.Read(parsed.GetValue(weights)!);
            ScoreTerms asked = new(parsed.GetValue(channel) ?? Channel.None, parsed.GetValue(top), parsed.GetValue(minimum));
            ScoreDocument document = terminal.During("reading offers", progress =>
            {
                OfferSheet sheet = OffersFile.Read(parsed.GetValue(offers)!, book, asked.Channel, terminal, progress, cancellationToken);
                progress.Report("ranking");
                return Score(new(book, sheet, asked), people, CommonOptions.Skips(parsed, onBadRow), path, terminal, progress, cancellationToken);
            });
            if (parsed.GetValue(json))
            {
                terminal.Output.WriteLine(document.ToJson());
            }
            else if (path != "-")
            {
                terminal.Screen.Write(ScoreTables.Of(document));
            }

            terminal.NoteAll(document.Notes);

            return ExitCode.Success;
        });
        return command;
    }

    // What cannot be ranked fails before anything is written, and what is wrong with a customer before anything has its name.
    private static ScoreDocument Score(
        OfferLists ranker, string? people, bool skipsBadRows, string? path, Terminal terminal, Work progress, CancellationToken cancellationToken)
    {
        if (people is null)
        {
            ScoreDocument document = ScoreDocument.Of(ranker, null);
            if (path is not null)
            {
                OutputFiles.WriteOne(path, terminal, writer => ScoreTable.Write(writer, ranker, cancellationToken));
            }

            return document;
        }

        CustomerTally tally = new(ranker.Book.Count);
        using var customers = new CustomersFile(people, ranker.Book, tally, skipsBadRows, terminal);
        void Write(TextWriter writer) => ScoreTable.Write(writer, ranker, customers, tally, progress, cancellationToken);
        if (path is null)
        {
            Write(TextWriter.Null);
        }
        else
        {
            OutputFiles.WriteWhole(path, terminal, Write);
        }

        return ScoreDocument.Of(ranker, tally);
    }
}
