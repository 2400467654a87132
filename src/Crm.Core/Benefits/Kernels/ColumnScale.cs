using System.Numerics;

namespace Crm.Core.Benefits.Kernels;

/// <summary>The scale of one column in the arithmetic of the kernels.</summary>
/// <typeparam name="T"><see cref="double"/> or <see cref="float"/>.</typeparam>
internal readonly struct ColumnScale<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _origin;
    private readonly T _perUnit;
    private readonly T _standIn;
    private readonly bool _isIdentity;
    private readonly bool _hasStandIn;

    internal ColumnScale(FactorScale scale)
    {
        _origin = T.CreateSaturating(scale.Origin);
        _perUnit = T.CreateSaturating(scale.PerUnit);
        _standIn = T.CreateSaturating(scale.Missing ?? 0);
        _isIdentity = scale.IsIdentity;
        _hasStandIn = scale.Missing is not null;
    }

    /// <summary>Gets a value indicating whether a column can be read as it is.</summary>
    internal bool IsPlain => _isIdentity && !_hasStandIn;

    internal bool HasStandIn => _hasStandIn;

    /// <summary>Scales rows of a column; of one that was left out every value is the stand-in, or 0 where nobody weighs it.</summary>
    internal unsafe void Scale(T* values, T* scaled, int rows)
    {
        if (values == null)
        {
            new Span<T>(scaled, rows).Fill(_hasStandIn ? Scale(_standIn) : T.Zero);
            return;
        }

        // Elementwise arithmetic has the same bits on every width.
        int row = 0;
        var origin = new Vector<T>(_origin);
        var perUnit = new Vector<T>(_perUnit);
        var standIn = new Vector<T>(_standIn);
        for (; row <= rows - Vector<T>.Count; row += Vector<T>.Count)
        {
            Vector<T> value = Vector.Load(values + row);
            value = _hasStandIn ? Vector.ConditionalSelect(Vector.Equals(value, value), value, standIn) : value;
            Vector.Store(_isIdentity ? value : (value - origin) * perUnit, scaled + row);
        }

        for (; row < rows; row++)
        {
            scaled[row] = Scale(values[row]);
        }
    }

    private T Scale(T value)
    {
        T known = _hasStandIn && T.IsNaN(value) ? _standIn : value;
        return _isIdentity ? known : (known - _origin) * _perUnit;
    }
}
