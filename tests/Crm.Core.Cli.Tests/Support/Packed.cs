using System.IO.Compression;

namespace Crm.Core.Cli.Tests.Support;

/// <summary>Bytes as gzip packs them.</summary>
internal static class Packed
{
    internal static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }
}
