using System.Runtime.ExceptionServices;

namespace Crm.Core.Numerics;

/// <summary>Runs work over blocks of rows, cut by index, on one thread or several.</summary>
/// <remarks>
/// What is merged is merged in the order of the blocks, whoever did them, so that it has the same bits for any number of threads. A
/// thread that is done early waits for its turn: what is held is one block a thread, whatever the number of rows. One thread allocates
/// nothing; several allocate what does not depend on the rows.
/// </remarks>
internal static class RowBlocks
{
    internal const int Rows = 8_192;

    internal static void Run<TWork, TWorker>(
        ref TWork work, int rows, int blockRows, int threads, IProgress<long>? progress, CancellationToken cancellationToken)
        where TWork : struct, IRowWork<TWorker>
        where TWorker : struct
    {
        cancellationToken.ThrowIfCancellationRequested();
        int blocks = (int)(((long)rows + blockRows - 1) / blockRows);
        if (Math.Min(threads, blocks) > 1)
        {
            var shared = new Shared<TWork, TWorker>(work, rows, blockRows, blocks, progress, cancellationToken);
            shared.Run(Math.Min(threads, blocks));
            work = shared.Work;
            return;
        }

        TWorker worker = work.Begin();
        try
        {
            for (int from = 0; from < rows;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int to = (int)Math.Min((long)from + blockRows, rows);
                work.Run(ref worker, from, to);
                work.Merge(ref worker, from, to);
                progress?.Report(to);
                from = to;
            }
        }
        finally
        {
            work.End(ref worker);
        }
    }

    /// <summary>Runs work that writes to rows of its own only: nothing is merged, and the blocks come in any order.</summary>
    internal static void ForEach(int rows, ParallelOptions options, Action<int, int> work)
    {
        int blocks = (int)(((long)rows + Rows - 1) / Rows);
        if (blocks <= 1)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            work(0, rows);
            return;
        }

        Parallel.For(0, blocks, options, block => work(block * Rows, (int)Math.Min((block + 1L) * Rows, rows)));
    }

    private sealed class Shared<TWork, TWorker>(
        TWork work, int rows, int blockRows, int blocks, IProgress<long>? progress, CancellationToken cancellationToken)
        where TWork : struct, IRowWork<TWorker>
        where TWorker : struct
    {
        internal TWork Work = work;

        private readonly object _turnstile = new();
        private int _taken;
        private int _merged;
        private long _rows;
        private int _failedBlock = int.MaxValue;
        private ExceptionDispatchInfo? _failure;

        internal void Run(int threads)
        {
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ => Worker());
            _failure?.Throw();
        }

        private void Worker()
        {
            int block = Take();
            if (block >= blocks)
            {
                return;
            }

            TWorker worker = default;
            bool begun = false;
            try
            {
                worker = Work.Begin();
                begun = true;
                for (; block < blocks && block <= Volatile.Read(ref _failedBlock); block = Take())
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    int from = (int)((long)block * blockRows);
                    int to = (int)Math.Min((long)from + blockRows, rows);
                    Work.Run(ref worker, from, to);
                    if (!Merge(ref worker, block, from, to))
                    {
                        break;
                    }
                }
            }
            catch (Exception failure)
            {
                Stop(block, failure);
            }
            finally
            {
                if (begun)
                {
                    Work.End(ref worker);
                }
            }
        }

        // Blocks are taken in order by threads that run, so the one whose turn it is never waits for one that has not begun.
        private int Take() => Interlocked.Increment(ref _taken) - 1;

        private bool Merge(ref TWorker worker, int block, int from, int to)
        {
            lock (_turnstile)
            {
                while (TWork.MergesInOrder && _merged != block && block < _failedBlock)
                {
                    Monitor.Wait(_turnstile);
                }

                if (block > _failedBlock)
                {
                    return false;
                }

                Work.Merge(ref worker, from, to);
                _rows += to - from;
                progress?.Report(_rows);
                _merged++;
                Monitor.PulseAll(_turnstile);
                return true;
            }
        }

        // Of several failures the one of the earliest block comes out: the one a single thread would have met.
        private void Stop(int block, Exception failure)
        {
            lock (_turnstile)
            {
                if (block < _failedBlock)
                {
                    _failedBlock = block;
                    _failure = ExceptionDispatchInfo.Capture(failure);
                }

                Monitor.PulseAll(_turnstile);
            }
        }
    }
}
