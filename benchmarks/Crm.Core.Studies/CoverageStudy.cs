namespace Crm.Core.Studies;

/// <summary>Draws bases from a truth, fits its family to each, and holds the intervals against what is known.</summary>
internal static class CoverageStudy
{
    /// <summary>Runs all bases of one truth and one size; the result is the same for any number of threads.</summary>
    internal static BaseSummary Run(Truth truth, StudySize size, ulong seed)
    {
        var results = new BaseResult[size.Bases];
        int done = 0;

        // Each base has its own place and its own seed, so that nothing hangs on which comes first.
        Parallel.For(0, size.Bases, index =>
        {
            results[index] = BaseMeasurement.Of(truth, size.Customers, seed + (ulong)index);
            Report(truth, size, Interlocked.Increment(ref done));
        });
        return new(truth, size, results);
    }

    private static void Report(Truth truth, StudySize size, int done)
    {
        if (done % 50 == 0 || done == size.Bases)
        {
            Console.Error.WriteLine(FormattableString.Invariant($"{truth.Name}, {size.Customers} customers: {done} of {size.Bases} bases"));
        }
    }
}
