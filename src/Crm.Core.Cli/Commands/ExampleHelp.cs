using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Crm.Core.Cli.Commands;

/// <summary>The usual help, and after it examples of the command.</summary>
internal sealed class ExampleHelp(HelpAction usual) : SynchronousCommandLineAction
{
    /// <summary>Puts the examples into the help of a command line.</summary>
    internal static void AddTo(RootCommand root)
    {
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExampleHelp((HelpAction)help.Action!);

        // Ways to ask for help that nobody needs to be offered.
        help.Aliases.Remove("/h");
        help.Aliases.Remove("/?");
    }

    /// <summary>Gets a value indicating that who asks for help need not have the rest of the line right.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = usual.Invoke(parseResult);
        Command command = parseResult.CommandResult.Command;
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine(command is RootCommand ? Examples.Root : Examples.Of(command.Name));
        return code;
    }
}
