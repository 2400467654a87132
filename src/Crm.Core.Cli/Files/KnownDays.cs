using System.Buffers.Binary;
using NodaTime;

namespace Crm.Core.Cli.Files;

/// <summary>Remembers the days that were read of late: a log has few days and many rows.</summary>
/// <remarks>An empty slot is all zeros, which no day is. A day stands where its text falls, and makes room for the next that falls there. Thread-safety: one thread at a time.</remarks>
internal sealed class KnownDays(DayRange range)
{
    private const int SlotBits = 12;
    private const int DayLength = 10;
    private const ulong Spread = 0x9E3779B97F4A7C15;

    private readonly Slot[] _slots = new Slot[1 << SlotBits];

    /// <summary>Reads a day or a moment as <see cref="DayReader.TryIso"/> does, and sees whether a date may be that day.</summary>
    internal bool TryRead(ReadOnlySpan<byte> field, out LocalDate day)
    {
        if (field.Length != DayLength)
        {
            return TryNew(field, out day);
        }

        ulong start = BinaryPrimitives.ReadUInt64LittleEndian(field);
        ushort end = BinaryPrimitives.ReadUInt16LittleEndian(field[sizeof(ulong)..]);
        ref Slot slot = ref _slots[unchecked((start ^ ((ulong)end << 24)) * Spread) >> (64 - SlotBits)];
        if (slot.Start == start && slot.End == end && start != 0)
        {
            day = slot.Day;
            return true;
        }

        bool isDay = TryNew(field, out day);
        if (isDay)
        {
            slot = new() { Start = start, End = end, Day = day };
        }

        return isDay;
    }

    private bool TryNew(ReadOnlySpan<byte> field, out LocalDate day) => DayReader.TryIso(field, out day) && range.Contains(day);

    private struct Slot
    {
        internal ulong Start;
        internal ushort End;
        internal LocalDate Day;
    }
}
