namespace Crm.Core.Hosting;

/// <summary>What a refresh did.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record RefreshResult
{
    /// <summary>Gets the run whose scores are shown now; null where none has ever been published.</summary>
    public required ScoreRun? Shown { get; init; }

    /// <summary>Gets a value indicating whether this refresh published it; else it was up to date, or could not be renewed.</summary>
    public required bool IsNew { get; init; }

    /// <summary>Gets why nothing could be published, and what to do; null where nothing stood in the way.</summary>
    public string? WhyNot { get; init; }

    /// <summary>Gets the whole analysis this refresh made, with models, validation and pyramid; null where it made none.</summary>
    public CustomerBase? Base { get; init; }

    /// <summary>Gets how many interactions were read to find what is new.</summary>
    public long InteractionsRead { get; init; }

    /// <summary>Gets how many customers' purchases were read again because something of the past had changed.</summary>
    public int CustomersReread { get; init; }

    /// <summary>Gets how many customers entered or left a segment.</summary>
    public int SegmentMoves { get; init; }

    /// <summary>Gets a value indicating whether a run that had been interrupted was carried on.</summary>
    public bool Resumed { get; init; }

    /// <summary>Gives whether the run shown is new, and which it is.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => $"{(IsNew ? "newly shown" : "shown as before")}: {Shown?.ToString() ?? "nothing"}";
}
