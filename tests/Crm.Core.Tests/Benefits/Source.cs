using System.Numerics;
using Crm.Core.Benefits;

namespace Crm.Core.Tests.Benefits;

/// <summary>Benefits by a function.</summary>
internal sealed class Source<T>(Source<T>.Filling fill) : IBenefitSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal delegate void Filling(int firstRow, int rows, Span<T> benefits);

    public void Fill(int firstRow, int rows, Span<T> benefits) => fill(firstRow, rows, benefits);
}
