using Crm.Core.Cli.Commands;

namespace Crm.Core.Cli.Tests;

/// <summary>Only the command that a line names is made; its name is therefore written twice.</summary>
public sealed class ToolCommandsTests
{
    [Fact]
    public void All_Names_AreThoseOfTheCommands() =>
        Assert.All(ToolCommands.All, command => Assert.Equal(command.Name, command.Create(TerminalOf(), default).Name));

    [Theory]
    [InlineData("", 10)]
    [InlineData("--help", 10)]
    [InlineData("[suggest:5] crm an", 10)]
    [InlineData("analyse", 10)]
    [InlineData("analyze x.csv", 1)]
    [InlineData("-q fit bg-nbd", 1)]
    public void For_Line_AreThoseItCanSpeakOf(string line, int count) =>
        Assert.Equal(count, ToolCommands.For(line.Split(' '), TerminalOf(), default).Count());

    private static Terminal TerminalOf() => new(TextWriter.Null, TextWriter.Null, () => Stream.Null, outputIsTerminal: false, errorIsTerminal: false);
}
