using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Crm.Core.Hosting;

/// <summary>The ids of things that were corrected, as the first half of the SHA-256 of each: enough to know one again, and nobody's id is kept.</summary>
/// <remarks>Not thread-safe while it is added to.</remarks>
internal sealed class CorrectedIds
{
    private const int Bytes = 16;

    private readonly HashSet<UInt128> _hashes = [];

    internal CorrectedIds()
    {
    }

    internal CorrectedIds(CorrectedIds others) => _hashes = [.. others._hashes];

    internal static CorrectedIds Of(IEnumerable<InteractionId> ids)
    {
        var corrected = new CorrectedIds();
        corrected.Add(ids);
        return corrected;
    }

    /// <summary>Reads what <see cref="ToBytes"/> gave; null where it is cut short.</summary>
    internal static CorrectedIds? Load(ReadOnlySpan<byte> content)
    {
        if (content.Length % Bytes != 0)
        {
            return null;
        }

        var corrected = new CorrectedIds();
        for (; content.Length > 0; content = content[Bytes..])
        {
            corrected._hashes.Add(BinaryPrimitives.ReadUInt128BigEndian(content));
        }

        return corrected;
    }

    internal void Add(IEnumerable<InteractionId> ids) => _hashes.UnionWith(ids.Select(Hash));

    internal bool Contains(InteractionId id) => _hashes.Count > 0 && _hashes.Contains(Hash(id));

    /// <summary>Gives them in their order, 16 bytes each.</summary>
    internal byte[] ToBytes()
    {
        byte[] content = new byte[_hashes.Count * Bytes];
        foreach (var (place, hash) in _hashes.Order().Index())
        {
            BinaryPrimitives.WriteUInt128BigEndian(content.AsSpan(place * Bytes), hash);
        }

        return content;
    }

    private static UInt128 Hash(InteractionId id) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id.ToString())));
}
