using NodaTime;
using Spectre.Console;

namespace Crm.Core.Cli;

/// <summary>Where the tool reads and writes: answers on one side, everything said about the work on the other.</summary>
internal sealed class Terminal
{
    // Wide enough that no table is ever cut when it goes to a file.
    private const int FileWidth = 160;

    // A line that goes to a file or a pipe is never broken: someone may search it.
    private const int LineWidth = 1_000_000;

    private readonly IAnsiConsole _error;
    private readonly TextWriter _plainError;
    private readonly TerminalTraits _errorTraits;

    internal Terminal(
        TextWriter output, TextWriter error, Func<Stream> openInput, bool outputIsTerminal, bool errorIsTerminal, Func<string, string?>? environment = null)
    {
        Func<string, string?> variables = environment ?? Environment.GetEnvironmentVariable;
        Output = output;
        OpenInput = openInput;
        Screen = ConsoleOn(output, TerminalTraits.Of(outputIsTerminal, variables), FileWidth);
        _errorTraits = TerminalTraits.Of(errorIsTerminal, variables);
        _error = ConsoleOn(error, _errorTraits, LineWidth);
        _plainError = error;
    }

    /// <summary>Gets the clock: no purchase was made after it.</summary>
    internal IClock Clock { get; init; } = SystemClock.Instance;

    /// <summary>Gets or sets a value indicating whether nothing is said but what went wrong.</summary>
    internal bool IsQuiet { get; set; }

    /// <summary>Gets standard output, for documents.</summary>
    internal TextWriter Output { get; }

    /// <summary>Gets standard output, for tables.</summary>
    internal IAnsiConsole Screen { get; }

    /// <summary>Gets the way to standard input.</summary>
    internal Func<Stream> OpenInput { get; }

    internal static Terminal OfProcess() => new(
        StandardOutput.Open(), Console.Error, Console.OpenStandardInput, !Console.IsOutputRedirected, !Console.IsErrorRedirected);

    /// <summary>Says something about the work, on standard error.</summary>
    internal void Note(string text)
    {
        if (!IsQuiet)
        {
            Output.Flush(); // what is said of an answer comes after it
            Say(text, Style.Plain);
        }
    }

    /// <summary>Says what a reader must know of the answer, on standard error, one line each.</summary>
    internal void NoteAll(IEnumerable<string> notes)
    {
        foreach (string note in notes)
        {
            Note($"Note: {note}");
        }
    }

    /// <summary>Says what went wrong, on standard error.</summary>
    internal void Fail(string text)
    {
        try
        {
            Output.Flush();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // There is something worse to tell.
        }

        Say(text, new Style(Color.Red));
    }

    /// <summary>Does long work; on a terminal a bar shows each stage, and how far it is where that is known.</summary>
    internal T During<T>(string stage, Func<Work, T> work)
    {
        if (!_errorTraits.CanRedraw || IsQuiet)
        {
            return work(new Work(_ => { }, _ => { }));
        }

        return _error.Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn(), new ElapsedTimeColumn(), new RemainingColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(stage)).IsIndeterminate();
                return work(new Work(
                    next =>
                    {
                        task.StopTask();
                        task = context.AddTask(Markup.Escape(next)).IsIndeterminate();
                    },
                    done =>
                    {
                        task.IsIndeterminate = false;
                        task.Value = 100 * done;
                    }));
            });
    }

    private void Say(string text, Style style)
    {
        try
        {
            if (_errorTraits.IsTerminal || _errorTraits.HasColours == true)
            {
                _error.WriteLine(text, style);
            }
            else
            {
                _plainError.WriteLine(text);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // Nobody listens. The exit code still tells.
        }
    }

    private static IAnsiConsole ConsoleOn(TextWriter writer, TerminalTraits traits, int widthElsewhere)
    {
        IAnsiConsole console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = traits.Ansi,
            ColorSystem = traits.Colours,
            Interactive = traits.CanRedraw ? InteractionSupport.Yes : InteractionSupport.No,

            // They would ask the environment once more, and take what a build server says for an answer.
            Enrichment = new() { UseDefaultEnrichers = false },
        });
        if (!traits.IsTerminal)
        {
            console.Profile.Width = widthElsewhere;
        }

        console.Profile.Encoding = System.Text.Encoding.UTF8;
        return console;
    }
}
