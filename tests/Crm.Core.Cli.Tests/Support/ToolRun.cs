using System.Text.Json;

namespace Crm.Core.Cli.Tests.Support;

/// <summary>What a run of the tool said.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    internal JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>Both streams, for a message when a run did not end as it should.</summary>
    public override string ToString() => $"exit {ExitCode}\n{Output}\n{Error}";
}
