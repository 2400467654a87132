namespace Crm.Core.Benefits.Kernels;

/// <summary>Some rows to score: pinned memory, checked by who made it.</summary>
/// <typeparam name="T"><see cref="double"/> or <see cref="float"/>.</typeparam>
/// <remarks>Pointers, because the stores that pass the cache exist on pointers only and threads cannot share spans.</remarks>
internal unsafe struct ScoreBlock<T>
    where T : unmanaged
{
    /// <summary>The five columns, scaled.</summary>
    internal T* Utility;
    internal T* Brand;
    internal T* Relationship;
    internal T* Cost;
    internal T* Time;

    /// <summary>The set of weights of each row; null where all rows have <see cref="Set"/>.</summary>
    internal byte* Sets;

    /// <summary>Where the scores go.</summary>
    internal T* Scores;

    internal int Rows;
    internal int Set;

    /// <summary>Whether the scores go to memory past the cache, since they would only push out what is still to be read.</summary>
    internal bool PastCache;
}
