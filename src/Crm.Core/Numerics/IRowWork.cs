namespace Crm.Core.Numerics;

/// <summary>Work over rows that <see cref="RowBlocks"/> cuts into blocks.</summary>
/// <typeparam name="TWorker">What one thread keeps for itself: scratch, and the sums of its block.</typeparam>
internal interface IRowWork<TWorker>
    where TWorker : struct
{
    /// <summary>Gets a value indicating whether blocks are merged in their order; if not, no thread waits for another.</summary>
    static virtual bool MergesInOrder => true;

    /// <summary>Makes the state of a thread.</summary>
    TWorker Begin();

    /// <summary>Does the rows from..to. Runs beside other blocks, so that it may change what belongs to its rows and its worker only.</summary>
    void Run(ref TWorker worker, int from, int to);

    /// <summary>Takes over what the block left in its worker. One at a time, in the order of the blocks where that is asked for; may change the work itself.</summary>
    void Merge(ref TWorker worker, int from, int to);

    /// <summary>Gives back what the worker holds, also after a failure.</summary>
    void End(ref TWorker worker);
}
