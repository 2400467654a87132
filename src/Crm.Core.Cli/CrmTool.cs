using System.CommandLine;
using Crm.Core.Cli.Commands;

namespace Crm.Core.Cli;

/// <summary>The crm tool: it parses, calls the library and prints.</summary>
internal static class CrmTool
{
    /// <summary>Runs one command line.</summary>
    /// <returns>The exit code.</returns>
    internal static int Run(string[] args, Terminal terminal, CancellationToken cancellationToken)
    {
        var root = new RootCommand("Lifetime values and the customer pyramid from your own transactions, and what offers are worth to whom. Start with: crm demo")
        {
            DemoCommand.Create(terminal, cancellationToken),
            AnalyzeCommand.Create(terminal, cancellationToken),
            SummarizeCommand.Create(terminal, cancellationToken),
            FitCommand.Create(terminal, cancellationToken),
            PredictCommand.Create(terminal, cancellationToken),
            ScoreCommand.Create(terminal, cancellationToken),
        };
        ExampleHelp.AddTo(root);
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            terminal.Fail(string.Join(Environment.NewLine, parsed.Errors.Select(error => error.Message)));
            terminal.Note($"Run '{Help(parsed)}' to see what is accepted.");
            return ExitCode.Usage;
        }

        try
        {
            return parsed.Invoke(new() { EnableDefaultExceptionHandler = false, Output = terminal.Output });
        }
        catch (UsageException exception)
        {
            terminal.Fail(exception.Message);
            terminal.Note($"Run '{Help(parsed)}' to see what is accepted.");
            return ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            terminal.Fail("Stopped. Nothing was written.");
            return ExitCode.Cancelled;
        }
        catch (IOException exception)
        {
            terminal.Fail($"The answer could not be written to standard output: {exception.Message}");
            return ExitCode.Data;
        }
        catch (Exception exception) when (exception is InputException or UnitMismatchException or CurrencyMismatchException
            or LifetimeValue.UndefinedValueException or LifetimeValue.FitFailedException)
        {
            terminal.Fail(exception.Message);
            return ExitCode.Data;
        }
        catch (Exception exception) when (Environment.GetEnvironmentVariable("CRM_DEBUG") is null)
        {
            // What nobody foresaw is a fault of the tool. It still ends with a message and not with a trace over the screen.
            terminal.Fail($"The tool failed in a way that it should not ({exception.GetType().Name}: {exception.Message}).");
            terminal.Note("Please report it, with the output of the same command under CRM_DEBUG=1.");
            return ExitCode.Data;
        }
    }

    private static string Help(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "crm --help" : $"crm {parsed.CommandResult.Command.Name} --help";
}
