namespace Crm.Core.Cli.Segmenting;

/// <summary>In which segments customers were on the earlier day, by their places.</summary>
internal sealed class EarlierSegments
{
    private EarlierSegments(IReadOnlyList<IReadOnlyList<int>?> ofCustomers, IReadOnlyList<IReadOnlyList<int>> ofGone) => (OfCustomers, OfGone) = (ofCustomers, ofGone);

    /// <summary>Gets the segments of each customer of the later day; null of whom had not bought by the earlier one.</summary>
    internal IReadOnlyList<IReadOnlyList<int>?> OfCustomers { get; }

    /// <summary>Gets the segments of those who are customers no more, since they have given back all they had bought.</summary>
    internal IReadOnlyList<IReadOnlyList<int>> OfGone { get; }

    /// <summary>Finds the customers of one day among those of the other.</summary>
    /// <param name="now">The customers of the later day.</param>
    /// <param name="before">Those of the earlier one.</param>
    /// <param name="placesOf">The segments of a row of the earlier day.</param>
    internal static EarlierSegments Of(IReadOnlyList<CustomerId> now, IReadOnlyList<CustomerId> before, Func<int, IReadOnlyList<int>> placesOf)
    {
        var rows = new Dictionary<CustomerId, int>(before.Count);
        for (int row = 0; row < before.Count; row++)
        {
            rows[before[row]] = row;
        }

        var ofCustomers = new IReadOnlyList<int>?[now.Count];
        for (int row = 0; row < now.Count; row++)
        {
            ofCustomers[row] = rows.Remove(now[row], out int earlier) ? placesOf(earlier) : null;
        }

        return new(ofCustomers, [.. rows.Values.Order().Select(placesOf)]);
    }
}
