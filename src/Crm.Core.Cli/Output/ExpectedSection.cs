using Crm.Core.Portfolio;

namespace Crm.Core.Cli.Output;

/// <summary>What a model that knew the purchases through the earlier day expected of the days since, beside what happened.</summary>
internal sealed record ExpectedSection
{
    public required string Model { get; init; }

    public required double Level { get; init; }

    public required ExpectedLine Up { get; init; }

    public required ExpectedLine Down { get; init; }

    public required ExpectedLine Stayed { get; init; }

    /// <summary>Gets how many moves were asked about: those from tiers that anybody stood in.</summary>
    public required int Cells { get; init; }

    /// <summary>Gets how many of them lie in their intervals.</summary>
    public required int Within { get; init; }

    public required IReadOnlyList<ExpectedMove> Moves { get; init; }

    internal static ExpectedSection Of(MigrationComparison compared, string model) => new()
    {
        Model = model,
        Level = compared.Level,
        Up = ExpectedLine.Of(compared.Upgraders),
        Down = ExpectedLine.Of(compared.Downgraders),
        Stayed = ExpectedLine.Of(compared.Stayers),
        Cells = compared.Cells,
        Within = compared.Within,
        Moves = [.. compared.Tiers.SelectMany(from => compared.Tiers.Select(to => new ExpectedMove(from.Name, to.Name, ExpectedLine.Of(compared[from, to]))))],
    };
}
