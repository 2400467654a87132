using System.Security.Cryptography;

namespace Crm.Core.Cli.Files;

/// <summary>Takes the SHA-256 of what is read through it.</summary>
internal sealed class DigestStream(Stream source) : ForwardStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The digest of all that was read so far, in hexadecimal.</summary>
    internal string Digest() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public override int Read(Span<byte> buffer)
    {
        int read = source.Read(buffer);
        _hash.AppendData(buffer[..read]);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            source.Dispose();
        }

        base.Dispose(disposing);
    }
}
