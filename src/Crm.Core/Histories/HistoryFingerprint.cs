using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Crm.Core.Histories;

/// <summary>A fingerprint of the numbers in histories: whether two fits saw the same data, without keeping them.</summary>
internal static class HistoryFingerprint
{
    private const int HexDigits = 32;

    /// <summary>
    /// The first half of the SHA-256 of x, t_x, T, m_x and how many customers share them, sorted: ids, the order of the rows and whether
    /// equal ones are shared leave no trace.
    /// </summary>
    internal static string Of(PurchaseHistories histories)
    {
        var keys = new (int X, double Age, double Recency, double MeanSpend)[histories.Count];
        var customers = new long[histories.Count];
        for (int row = 0; row < keys.Length; row++)
        {
            double meanSpend = histories.MeanSpend.Length == 0 ? 0 : histories.MeanSpend[row];

            // Adding 0 makes 0 of −0, which is equal to it but has other bytes.
            keys[row] = (histories.Frequency[row], histories.Age[row] + 0.0, histories.Recency[row] + 0.0, meanSpend + 0.0);
            customers[row] = histories.Customers.Length == 0 ? 1 : histories.Customers[row];
        }

        Array.Sort(keys, customers);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> bytes = stackalloc byte[5 * sizeof(long)];
        for (int from = 0; from < keys.Length;)
        {
            long alike = 0;
            int to = from;
            for (; to < keys.Length && keys[to] == keys[from]; to++)
            {
                alike += customers[to];
            }

            BinaryPrimitives.WriteInt64LittleEndian(bytes, keys[from].X);
            BinaryPrimitives.WriteDoubleLittleEndian(bytes[8..], keys[from].Age);
            BinaryPrimitives.WriteDoubleLittleEndian(bytes[16..], keys[from].Recency);
            BinaryPrimitives.WriteDoubleLittleEndian(bytes[24..], keys[from].MeanSpend);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[32..], alike);
            hash.AppendData(bytes);
            from = to;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..HexDigits];
    }
}
