namespace Crm.Core.Numerics;

/// <summary>What a kernel asks of a vector, so that one text serves every width. Each operation is rounded by itself: none is fused.</summary>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="T">What its lanes hold.</typeparam>
internal interface ILanes<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    static abstract int Count { get; }

    static abstract bool IsSupported { get; }

    static abstract TVector Load(ref readonly T from, nuint at);

    static abstract void Store(TVector vector, ref T to, nuint at);

    static abstract TVector Fill(T value);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    static abstract TVector Multiply(TVector left, TVector right);

    /// <summary>The greater of each two lanes, which are no NaN; of two zeros, either.</summary>
    static abstract TVector Max(TVector left, TVector right);

    static abstract TVector Min(TVector left, TVector right);

    static abstract bool AnyGreater(TVector left, TVector right);

    static abstract bool AnyEqual(TVector left, TVector right);

    /// <summary>Bit i is set where lane i of the left is greater.</summary>
    static abstract ulong GreaterBits(TVector left, TVector right);

    /// <summary>Bit i is set where lane i of the left is greater, or equal.</summary>
    static abstract ulong AtLeastBits(TVector left, TVector right);

    /// <summary>Bit i is set where lane i of both is the same number.</summary>
    static abstract ulong EqualBits(TVector left, TVector right);

    /// <summary>The lanes of a value where the left is greater, and of the other elsewhere.</summary>
    static abstract TVector WhereGreater(TVector left, TVector right, TVector value, TVector otherwise);

    /// <summary>2^n of doubles, of which the low bits of a lane are the whole number n, from -1022 to 1023.</summary>
    static abstract TVector PowerOfTwo(TVector bits);
}
