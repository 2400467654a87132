using System.Text;

namespace Crm.Core.Cli.Files;

/// <summary>Reads a small file of text whole: JSON that people write by hand.</summary>
internal static class WholeText
{
    private const int LongestFile = 1 << 24;

    /// <summary>Reads a file in UTF-8, or in UTF-16 with a byte order mark.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What is in it: "rules".</param>
    /// <exception cref="InputException">It cannot be read, is too long, or is in another encoding.</exception>
    internal static string Read(string path, string what)
    {
        if (Directory.Exists(path))
        {
            throw new InputException($"{path} is a directory. Name the file of {what} in it.");
        }

        byte[] bytes;
        try
        {
            bytes = new FileInfo(path).Length <= LongestFile ? File.ReadAllBytes(path)
                : throw new InputException(FormattableString.Invariant($"{path} has more than {LongestFile} bytes. A file of {what} is JSON, and shorter."));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} cannot be read: {exception.Message}", exception);
        }

        // Bytes that are no text would stand as the same mark, and a rule would match nobody without a word.
        Encoding encoding = bytes.AsSpan().StartsWith(Encoding.Unicode.Preamble) ? new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true)
            : bytes.AsSpan().StartsWith(Encoding.BigEndianUnicode.Preamble) ? new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true)
            : new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);
        int mark = bytes.AsSpan().StartsWith(encoding.Preamble) ? encoding.Preamble.Length : 0;
        try
        {
            return encoding.GetString(bytes, mark, bytes.Length - mark);
        }
        catch (DecoderFallbackException fault)
        {
            int line = 1 + bytes.AsSpan(0, Math.Clamp(mark + fault.Index, 0, bytes.Length)).Count((byte)'\n');
            throw new InputException(FormattableString.Invariant($"{path} is not in UTF-8: line {line} has bytes that are no character of it. Save the file as UTF-8."), fault);
        }
    }
}
