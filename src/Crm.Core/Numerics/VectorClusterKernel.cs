using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Crm.Core.Numerics;

/// <summary>The kernel in vectors of any width, one lane included. Multiplied and added apart, so that all widths round alike.</summary>
internal sealed class VectorClusterKernel<TVector, TLanes> : ClusterKernel
    where TVector : struct
    where TLanes : struct, ILanes<TVector, double>
{
    private const int Lanes = RowSums.Lanes;

    internal override void Nearest(ColumnMatrix matrix, int from, int rows, ReadOnlySpan<double> centres, Span<double> distance, Span<double> nearest)
    {
        unchecked
        {
            ref double values = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(matrix.Values), from);
            ref double centre = ref MemoryMarshal.GetReference(centres);
            ref double distances = ref MemoryMarshal.GetReference(distance);
            ref double places = ref MemoryMarshal.GetReference(nearest);
            int width = matrix.Width;
            int count = centres.Length / width;
            nuint stride = (nuint)matrix.Stride;

            // Two vectors at a time: each centre is read once for both.
            for (nuint row = 0; row < (nuint)rows; row += 2 * (nuint)TLanes.Count)
            {
                nuint second = row + (nuint)TLanes.Count;
                TVector best0 = TLanes.Fill(double.PositiveInfinity);
                TVector best1 = best0;
                TVector which0 = TLanes.Fill(0);
                TVector which1 = which0;
                nuint at = 0;
                for (int j = 0; j < count; j++)
                {
                    TVector sum0 = TLanes.Fill(0);
                    TVector sum1 = sum0;
                    nuint column = 0;
                    for (int f = 0; f < width; f++)
                    {
                        TVector here = TLanes.Fill(Unsafe.Add(ref centre, at));
                        TVector difference0 = TLanes.Subtract(TLanes.Load(ref values, column + row), here);
                        TVector difference1 = TLanes.Subtract(TLanes.Load(ref values, column + second), here);
                        sum0 = TLanes.Add(sum0, TLanes.Multiply(difference0, difference0));
                        sum1 = TLanes.Add(sum1, TLanes.Multiply(difference1, difference1));
                        column += stride;
                        at++;
                    }

                    TVector place = TLanes.Fill(j);
                    which0 = TLanes.WhereGreater(best0, sum0, place, which0);
                    which1 = TLanes.WhereGreater(best1, sum1, place, which1);
                    best0 = TLanes.Min(best0, sum0);
                    best1 = TLanes.Min(best1, sum1);
                }

                TLanes.Store(best0, ref distances, row);
                TLanes.Store(best1, ref distances, second);
                TLanes.Store(which0, ref places, row);
                TLanes.Store(which1, ref places, second);
            }
        }
    }

    internal override void LogDensities(
        ColumnMatrix matrix, int from, int rows, GaussianComponent component, Span<double> deviations, Span<double> logs, Span<double> distance)
    {
        unchecked
        {
            Deviate(matrix, from, rows, component.Mean, deviations);
            ref double y = ref MemoryMarshal.GetReference(deviations);
            ref double whitening = ref MemoryMarshal.GetArrayDataReference(component.Whitening);
            ref double log = ref MemoryMarshal.GetReference(logs);
            ref double squared = ref MemoryMarshal.GetReference(distance);
            TVector constant = TLanes.Fill(component.Constant);
            TVector half = TLanes.Fill(0.5);
            int width = matrix.Width;
            for (nuint row = 0; row < (nuint)rows; row += (nuint)TLanes.Count)
            {
                TVector sum = TLanes.Fill(0);
                nuint at = 0;
                for (int i = 0; i < width; i++)
                {
                    TVector whitened = TLanes.Fill(0);
                    for (nuint j = component.IsFull ? 0 : (nuint)i; j <= (nuint)i; j++)
                    {
                        TVector product = TLanes.Multiply(TLanes.Fill(Unsafe.Add(ref whitening, at)), TLanes.Load(ref y, (j * BlockRows) + row));
                        whitened = TLanes.Add(whitened, product);
                        at++;
                    }

                    sum = TLanes.Add(sum, TLanes.Multiply(whitened, whitened));
                }

                TLanes.Store(sum, ref squared, row);
                TLanes.Store(TLanes.Subtract(constant, TLanes.Multiply(half, sum)), ref log, row);
            }
        }
    }

    internal override void Terms(Span<double> logs, int components, int rows, Span<double> greatest, Span<double> sums)
    {
        unchecked
        {
            ref double log = ref MemoryMarshal.GetReference(logs);
            ref double top = ref MemoryMarshal.GetReference(greatest);
            ref double total = ref MemoryMarshal.GetReference(sums);
            nuint end = (nuint)components * BlockRows;
            for (nuint row = 0; row < (nuint)rows; row += (nuint)TLanes.Count)
            {
                TVector most = TLanes.Load(ref log, row);
                for (nuint at = BlockRows; at < end; at += BlockRows)
                {
                    most = TLanes.Max(most, TLanes.Load(ref log, at + row));
                }

                TVector sum = TLanes.Fill(0);
                for (nuint at = 0; at < end; at += BlockRows)
                {
                    TVector term = VectorExp.Of<TVector, TLanes>(TLanes.Subtract(TLanes.Load(ref log, at + row), most));
                    TLanes.Store(term, ref log, at + row);
                    sum = TLanes.Add(sum, term);
                }

                TLanes.Store(most, ref top, row);
                TLanes.Store(sum, ref total, row);
            }
        }
    }

    internal override void AddMoments(
        ColumnMatrix matrix, int from, int rows, GaussianComponent component, Span<double> terms, ReadOnlySpan<double> inverseSums, Span<double> deviations, Span<double> lanes)
    {
        unchecked
        {
            int width = matrix.Width;
            Deviate(matrix, from, rows, component.Mean, deviations);
            ref double weights = ref MemoryMarshal.GetReference(terms);
            ref double y = ref MemoryMarshal.GetReference(deviations);
            ref double weighed = ref Unsafe.Add(ref y, width * BlockRows);
            ref double lane = ref MemoryMarshal.GetReference(lanes);
            AddWeights(ref weights, in MemoryMarshal.GetReference(inverseSums), rows, ref lane);
            for (int f = 0; f < width; f++)
            {
                AddWeighed(ref weights, ref Unsafe.Add(ref y, f * BlockRows), ref weighed, rows, ref Unsafe.Add(ref lane, (1 + f) * Lanes));
                int first = component.IsFull ? 0 : f;
                int place = 1 + width + (component.IsFull ? f * (f + 1) / 2 : f);
                AddProducts(ref weighed, ref Unsafe.Add(ref y, first * BlockRows), f - first + 1, rows, ref Unsafe.Add(ref lane, place * Lanes));
            }
        }
    }

    private static void Deviate(ColumnMatrix matrix, int from, int rows, double[] mean, Span<double> deviations)
    {
        unchecked
        {
            ref double y = ref MemoryMarshal.GetReference(deviations);
            for (int f = 0; f < mean.Length; f++)
            {
                ref double values = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(matrix.Values), ((nint)f * matrix.Stride) + from);
                TVector centre = TLanes.Fill(mean[f]);
                for (nuint row = 0; row < (nuint)rows; row += (nuint)TLanes.Count)
                {
                    TLanes.Store(TLanes.Subtract(TLanes.Load(ref values, row), centre), ref y, ((nuint)f * BlockRows) + row);
                }
            }
        }
    }

    // Rows that are 8 apart share a lane whatever the width, so the lanes of a narrow vector take several rounds.
    private static void AddWeights(ref double weights, ref readonly double inverse, int rows, ref double lanes)
    {
        unchecked
        {
            for (nuint part = 0; part < Lanes; part += (nuint)TLanes.Count)
            {
                TVector sum = TLanes.Load(ref lanes, part);
                for (nuint row = part; row < (nuint)rows; row += Lanes)
                {
                    TVector weight = TLanes.Multiply(TLanes.Load(ref weights, row), TLanes.Load(in inverse, row));
                    TLanes.Store(weight, ref weights, row);
                    sum = TLanes.Add(sum, weight);
                }

                TLanes.Store(sum, ref lanes, part);
            }
        }
    }

    private static void AddWeighed(ref double weights, ref double y, ref double weighed, int rows, ref double lanes)
    {
        unchecked
        {
            for (nuint part = 0; part < Lanes; part += (nuint)TLanes.Count)
            {
                TVector sum = TLanes.Load(ref lanes, part);
                for (nuint row = part; row < (nuint)rows; row += Lanes)
                {
                    TVector product = TLanes.Multiply(TLanes.Load(ref weights, row), TLanes.Load(ref y, row));
                    TLanes.Store(product, ref weighed, row);
                    sum = TLanes.Add(sum, product);
                }

                TLanes.Store(sum, ref lanes, part);
            }
        }
    }

    // Four sums at a time where there are as many: one alone waits for each addition before the next.
    private static void AddProducts(ref double weighed, ref double y, int columns, int rows, ref double lanes)
    {
        unchecked
        {
            int column = 0;
            for (; column + 4 <= columns; column += 4)
            {
                AddFour(ref weighed, ref Unsafe.Add(ref y, column * BlockRows), rows, ref Unsafe.Add(ref lanes, column * Lanes));
            }

            for (; column < columns; column++)
            {
                AddOne(ref weighed, ref Unsafe.Add(ref y, column * BlockRows), rows, ref Unsafe.Add(ref lanes, column * Lanes));
            }
        }
    }

    private static void AddOne(ref double weighed, ref double y, int rows, ref double lanes)
    {
        unchecked
        {
            for (nuint part = 0; part < Lanes; part += (nuint)TLanes.Count)
            {
                TVector sum = TLanes.Load(ref lanes, part);
                for (nuint row = part; row < (nuint)rows; row += Lanes)
                {
                    sum = TLanes.Add(sum, TLanes.Multiply(TLanes.Load(ref weighed, row), TLanes.Load(ref y, row)));
                }

                TLanes.Store(sum, ref lanes, part);
            }
        }
    }

    private static void AddFour(ref double weighed, ref double y, int rows, ref double lanes)
    {
        unchecked
        {
            for (nuint part = 0; part < Lanes; part += (nuint)TLanes.Count)
            {
                TVector sum0 = TLanes.Load(ref lanes, part);
                TVector sum1 = TLanes.Load(ref lanes, part + Lanes);
                TVector sum2 = TLanes.Load(ref lanes, part + (2 * Lanes));
                TVector sum3 = TLanes.Load(ref lanes, part + (3 * Lanes));
                for (nuint row = part; row < (nuint)rows; row += Lanes)
                {
                    TVector weight = TLanes.Load(ref weighed, row);
                    sum0 = TLanes.Add(sum0, TLanes.Multiply(weight, TLanes.Load(ref y, row)));
                    sum1 = TLanes.Add(sum1, TLanes.Multiply(weight, TLanes.Load(ref y, row + BlockRows)));
                    sum2 = TLanes.Add(sum2, TLanes.Multiply(weight, TLanes.Load(ref y, row + (2 * BlockRows))));
                    sum3 = TLanes.Add(sum3, TLanes.Multiply(weight, TLanes.Load(ref y, row + (3 * BlockRows))));
                }

                TLanes.Store(sum0, ref lanes, part);
                TLanes.Store(sum1, ref lanes, part + Lanes);
                TLanes.Store(sum2, ref lanes, part + (2 * Lanes));
                TLanes.Store(sum3, ref lanes, part + (3 * Lanes));
            }
        }
    }
}
