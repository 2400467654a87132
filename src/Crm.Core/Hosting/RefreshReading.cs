namespace Crm.Core.Hosting;

/// <summary>What a refresh has read, and how the base is analysed from it.</summary>
internal sealed record RefreshReading
{
    /// <summary>Gets how far the interactions were read; the start where they were not.</summary>
    internal StorePosition ReadThrough { get; init; } = StorePosition.Start;

    /// <summary>Gets a value indicating whether the model is tested and chosen anew.</summary>
    internal required bool IsWhole { get; init; }

    internal long Interactions { get; init; }

    internal int CustomersReread { get; init; }

    internal required Func<AnalysisOptions, IProgress<string>?, CancellationToken, Task<CustomerBase>> AnalyseAsync { get; init; }

    /// <summary>Gets what tomorrow needs of the histories; null where the source is asked anew.</summary>
    internal PurchasesRead? Kept { get; init; }
}
