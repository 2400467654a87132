namespace Crm.Core.Benefits.Kernels;

/// <summary>What is known of a row before its benefits are worked out.</summary>
internal enum RankState
{
    /// <summary>No benefit can be beyond the range of numbers.</summary>
    Safe,

    /// <summary>The numbers are so great that each benefit has to be looked at.</summary>
    Great,

    /// <summary>The row has a fault, which is on the list already.</summary>
    Faulty,
}
