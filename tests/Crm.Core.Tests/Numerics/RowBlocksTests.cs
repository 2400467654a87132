using Crm.Core.Numerics;

namespace Crm.Core.Tests.Numerics;

// Examples: every row once, merged in order, each worker ended, also after a failure.
public sealed class RowBlocksTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(100, 1)]
    [InlineData(101, 4)]
    [InlineData(1_000, 8)]
    public void Run_AnyRows_DoesEachOnceAndMergesInOrder(int rows, int threads)
    {
        var work = new Work(rows);
        RowBlocks.Run<Work, Worker>(ref work, rows, 7, threads, null, CancellationToken.None);
        Assert.All(work.Done, times => Assert.Equal(1, times));
        Assert.Equal(Enumerable.Range(0, (rows + 6) / 7).Select(block => (block * 7, Math.Min(rows, (block * 7) + 7))), work.Merged);
        Assert.Equal(rows, work.Sum);
        Assert.Equal(0, work.Open[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Run_Failure_ComesOutAsItIsAndEndsTheWorkers(int threads)
    {
        var work = new Work(1_000) { FailsAt = 500 };
        var failure = Assert.Throws<InvalidTimeZoneException>(() => RowBlocks.Run<Work, Worker>(ref work, 1_000, 10, threads, null, CancellationToken.None));
        Assert.Equal("500", failure.Message);
        Assert.Equal(0, work.Open[0]);
        Assert.True(work.Merged.Count <= 50);
    }

    // Block 60 fails at once, block 50 later: the one a single thread would have met comes out.
    [Fact]
    public void Run_SeveralFailures_TheEarliestComesOut()
    {
        for (int again = 0; again < 50; again++)
        {
            var work = new Work(1_000) { FailsAt = 500, FailsAlsoAt = 600 };
            var failure = Assert.Throws<InvalidTimeZoneException>(() => RowBlocks.Run<Work, Worker>(ref work, 1_000, 10, 8, null, CancellationToken.None));
            Assert.Equal("500", failure.Message);
        }
    }

    [Fact]
    public void Run_Cancelled_DoesNothing()
    {
        var work = new Work(10);
        Assert.Throws<OperationCanceledException>(() => RowBlocks.Run<Work, Worker>(ref work, 10, 10, 1, null, new(canceled: true)));
        Assert.Empty(work.Merged);
    }

    private struct Worker
    {
        internal int Rows;
    }

    private struct Work(int rows) : IRowWork<Worker>
    {
        internal int Sum;

        internal int[] Done { get; } = new int[rows];

        internal List<(int From, int To)> Merged { get; } = [];

        internal int[] Open { get; } = new int[1];

        internal int FailsAt { get; init; } = -1;

        internal int FailsAlsoAt { get; init; } = -1;

        public readonly Worker Begin()
        {
            Interlocked.Increment(ref Open[0]);
            return default;
        }

        public readonly void Run(ref Worker worker, int from, int to)
        {
            for (int row = from; row < to; row++)
            {
                Done[row]++;
                worker.Rows++;
                if (row == FailsAt && FailsAlsoAt >= 0)
                {
                    Thread.Sleep(5);
                }

                if (row == FailsAt || row == FailsAlsoAt)
                {
                    throw new InvalidTimeZoneException($"{row}");
                }
            }
        }

        public void Merge(ref Worker worker, int from, int to)
        {
            Sum += worker.Rows;
            worker.Rows = 0;
            Merged.Add((from, to));
        }

        public readonly void End(ref Worker worker) => Interlocked.Decrement(ref Open[0]);
    }
}
