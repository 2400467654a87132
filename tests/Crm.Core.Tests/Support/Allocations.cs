namespace Crm.Core.Tests.Support;

/// <summary>What work allocates on the thread that does it, whatever the process does beside it.</summary>
internal static class Allocations
{
    /// <summary>
    /// The fewest bytes that any of ten rounds allocated, after one that does not count. Work that allocates does so in
    /// every round; a round alone may count bytes that are not the work's own: a method compiled anew while it ran, a
    /// pool trimmed by a collection, the end of an allocation block that another thread's collection took away.
    /// </summary>
    public static long Least(Action work)
    {
        work();
        long least = long.MaxValue;
        for (int round = 0; round < 10; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
