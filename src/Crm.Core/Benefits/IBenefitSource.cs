using System.Numerics;

namespace Crm.Core.Benefits;

/// <summary>Works out the benefits of some customers: a model of benefits of the caller's own.</summary>
/// <typeparam name="T">double or float.</typeparam>
public interface IBenefitSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Fills in the benefits of a few rows. Called from several threads at once where the options ask for more than one.</summary>
    /// <param name="firstRow">The first row, counted from 0.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="benefits">Where to write, one row after the other, an entry for each offer. Every entry has to be written; those of
    /// offers that a customer may not have can hold anything.</param>
    void Fill(int firstRow, int rows, Span<T> benefits);
}
