using System.Numerics;
using Crm.Core.Numerics;

namespace Crm.Core.Benefits;

/// <summary>Room for the customers that are worked on together, on whole lines of the cache.</summary>
/// <typeparam name="T">double or float.</typeparam>
internal readonly unsafe ref struct RankScratch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Customers = RankKernel<T>.Customers;

    private readonly T* _benefits;
    private readonly int _stride;

    internal RankScratch(T* raw, int stride, Span<int> segments, Span<RankState> states)
    {
        Segments = segments;
        States = states;
        _benefits = raw + AlignedArray<T>.Skipped((nuint)raw);
        _stride = stride;
        Benefits.Fill(T.NegativeInfinity); // what is beyond the offers is on no list
        Affinities.Clear();
    }

    internal Span<int> Segments { get; }

    internal Span<RankState> States { get; }

    internal Span<T> Benefits => new(_benefits, Customers * _stride);

    internal Span<T> Affinities => new(_benefits + (Customers * _stride), Customers * OfferRanker.MostAffinities);

    internal Span<T> Maxima => new(_benefits + (Customers * (_stride + OfferRanker.MostAffinities)), Customers * RankKernel<T>.MostMaxima);
}
