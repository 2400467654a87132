using NodaTime;
using Spectre.Console;

namespace Crm.Core.Cli;

/// <summary>Where the tool reads and writes: answers on one side, everything said about the work on the other.</summary>
internal sealed class Terminal
{
    // Wide enough that no table is ever cut when it goes to a file.
    private const int FileWidth = 160;

    private readonly IAnsiConsole _error;
    private readonly TextWriter _plainError;
    private readonly bool _errorIsTerminal;

    internal Terminal(TextWriter output, TextWriter error, Func<Stream> openInput, bool outputIsTerminal, bool errorIsTerminal)
    {
        Output = output;
        OpenInput = openInput;
        Screen = ConsoleOn(output, outputIsTerminal);
        _error = ConsoleOn(error, errorIsTerminal);
        _plainError = error;
        _errorIsTerminal = errorIsTerminal;
    }

    /// <summary>Gets the clock: no purchase was made after it.</summary>
    internal IClock Clock { get; init; } = SystemClock.Instance;

    /// <summary>Gets standard output, for documents.</summary>
    internal TextWriter Output { get; }

    /// <summary>Gets standard output, for tables.</summary>
    internal IAnsiConsole Screen { get; }

    /// <summary>Gets the way to standard input.</summary>
    internal Func<Stream> OpenInput { get; }

    internal static Terminal OfProcess() => new(
        Console.Out, Console.Error, Console.OpenStandardInput, !Console.IsOutputRedirected, !Console.IsErrorRedirected);

    /// <summary>Says something about the work, on standard error.</summary>
    internal void Note(string text) => Say(text, Style.Plain);

    /// <summary>Says what a reader must know of the answer, on standard error, one line each.</summary>
    internal void NoteAll(IEnumerable<string> notes)
    {
        foreach (string note in notes)
        {
            Note($"Note: {note}");
        }
    }

    /// <summary>Says what went wrong, on standard error.</summary>
    internal void Fail(string text) => Say(text, new Style(Color.Red));

    /// <summary>Does long work; on a terminal a bar shows each stage, and how far it is where that is known.</summary>
    internal T During<T>(string stage, Func<Work, T> work)
    {
        if (!_errorIsTerminal)
        {
            return work(new Work(_ => { }, _ => { }));
        }

        return _error.Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn(), new RemainingTimeColumn())
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

    // A line that goes to a file or a pipe is never broken: someone may search it.
    private void Say(string text, Style style)
    {
        try
        {
            if (_errorIsTerminal)
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

    private static IAnsiConsole ConsoleOn(TextWriter writer, bool isTerminal)
    {
        bool colours = isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        IAnsiConsole console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = colours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!isTerminal)
        {
            console.Profile.Width = FileWidth;
        }

        console.Profile.Encoding = System.Text.Encoding.UTF8;
        return console;
    }
}
