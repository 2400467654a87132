using System.CommandLine;
using System.CommandLine.Invocation;
using Crm.Core.Cli.Commands;

namespace Crm.Core.Cli;

/// <summary>The crm tool: it parses, calls the library and prints.</summary>
internal static class CrmTool
{
    internal const string Stopped = "Stopped. Nothing was written.";

    /// <summary>Runs one command line.</summary>
    /// <returns>The exit code.</returns>
    internal static int Run(string[] args, Terminal terminal, CancellationToken cancellationToken)
    {
        Option<bool> quiet = CommonOptions.Quiet();
        var root = new RootCommand("Lifetime values and the customer pyramid from your own transactions, and what offers are worth to whom. Start with: crm demo")
        {
            quiet,
        };
        foreach (Command command in ToolCommands.For(args, terminal, cancellationToken))
        {
            root.Add(command);
        }

        ExampleHelp.AddTo(root);
        ParseResult parsed = root.Parse(args);
        terminal.IsQuiet = parsed.GetValue(quiet);

        // Help, the version and suggestions have actions of their own, for which the rest of the line need not be right.
        string[] errors = parsed.Action is ParseErrorAction || parsed.Action == parsed.CommandResult.Command.Action ? [.. UsageErrors.Of(parsed)] : [];
        try
        {
            if (errors.Length > 0)
            {
                throw new UsageException(string.Join(Environment.NewLine, errors));
            }

            int exitCode = parsed.Invoke(new() { EnableDefaultExceptionHandler = false, Output = terminal.Output });
            terminal.Output.Flush();
            return exitCode;
        }
        catch (UsageException exception)
        {
            terminal.Fail(exception.Message);
            terminal.Note($"Run '{Help(parsed)}' to see what is accepted.");
            return ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            terminal.Fail(Stopped);
            return ExitCode.Cancelled;
        }
        catch (IOException exception) when (StandardOutput.HasNoReader(exception))
        {
            return ExitCode.NoReader;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
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
