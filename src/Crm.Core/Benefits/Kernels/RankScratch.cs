using System.Numerics;
using Crm.Core.Numerics;

namespace Crm.Core.Benefits.Kernels;

/// <summary>Room for the customers that are worked on together, on whole lines of the cache.</summary>
/// <typeparam name="T">double or float.</typeparam>
internal readonly unsafe ref struct RankScratch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Customers = RankKernel<T>.Customers;

    private readonly T* _benefits;
    private readonly RankTable<T> _table;

    internal RankScratch(T* raw, RankTable<T> table, Span<int> segments, Span<RankState> states)
    {
        Segments = segments;
        States = states;
        _benefits = raw + AlignedArray<T>.Skipped((nuint)raw);
        _table = table;
        for (int customer = 0; customer < Customers; customer++)
        {
            // What is beyond the offers is on no list.
            Benefits.Slice(customer * table.Stride, table.Stride)[table.Offers..].Fill(T.NegativeInfinity);
            Maxima.Slice(customer * table.MaximaStride, table.MaximaStride)[(table.Offers / table.OffersAMaximum)..].Fill(T.NegativeInfinity);
        }

        Affinities.Clear();
    }

    internal Span<int> Segments { get; }

    internal Span<RankState> States { get; }

    internal Span<T> Benefits => new(_benefits, Customers * _table.Stride);

    internal Span<T> Maxima => new(_benefits + (Customers * _table.Stride), Customers * _table.MaximaStride);

    internal Span<T> Affinities => new(_benefits + (Customers * (_table.Stride + _table.MaximaStride)), Customers * _table.Affinities);

    internal static int LengthOf(RankTable<T> table) =>
        (Customers * (table.Stride + table.MaximaStride + table.Affinities)) + (AlignedArray<byte>.Line / sizeof(T));
}
