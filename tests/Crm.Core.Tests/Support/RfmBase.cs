using System.Globalization;
using System.Numerics;
using Crm.Core.Segments;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Support;

/// <summary>Customers with recency, frequency and money: what an RFM table is made of, and a slow oracle of how it is cut.</summary>
internal sealed record RfmBase(IReadOnlyList<RfmBase.Row> Rows)
{
    /// <summary>Gets bases with many ties, amounts of all signs and sizes, days with parts and days beyond any table.</summary>
    internal static Gen<RfmBase> Any =>
        from isWhole in Gen.Elements(true, true, false)
        from days in Gen.OneOf(Gen.Choose(0, 4), Gen.Choose(0, 400), Gen.Elements(0, 16_383, 16_384, 40_000_000)).Select(day => isWhole ? day : day / 7.0).ListOf()
        from purchases in Gen.OneOf(Gen.Choose(0, 3), Gen.Choose(1, 60), Gen.Elements(16_383, 16_384, int.MaxValue)).ListOf(days.Count)
        from money in Gen.OneOf(
            Gen.Elements(-5, -0.1, 0, -0.0, 0.1, 0.2, 0.3, 1.0 / 3, 7, 1e9, 1e-9, 1e300, -1e300, double.Epsilon),
            Gen.Choose(0, 2_000).Select(cents => cents / 100.0)).ListOf(days.Count)
        from shared in Gen.Choose(1, 40).ListOf(days.Count)
        select new RfmBase([.. days.Select((day, i) => new Row(Id(i), day, purchases[i], money[i], shared[i]))]);

    /// <summary>Gets those of <see cref="Any"/> with somebody in them.</summary>
    internal static Gen<RfmBase> AnyBody => Any.Where(customers => customers.Rows.Count > 0);

    /// <summary>Gets schemes of any numbers of bins, by quantiles or natural breaks.</summary>
    internal static Gen<RfmScheme> AnyScheme =>
        from recency in AnyCut
        from frequency in AnyCut
        from money in AnyCut
        select RfmScheme.Of(recency, frequency, money);

    private static Gen<RfmCut> AnyCut => Gen.Choose(2, 10).Zip(Gen.Elements(true, true, false))
        .Select(pair => pair.Item2 ? RfmCut.Quantiles(pair.Item1) : RfmCut.NaturalBreaks(pair.Item1));

    internal static CustomerId Id(int number) => CustomerId.Of(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A base of which one dimension matters, the others being equal.</summary>
    internal static RfmBase OfMoney(params IReadOnlyList<double> money) => new([.. money.Select((value, i) => new Row(Id(i), 1, 1, value, 1))]);

    internal static RfmBase OfDays(params IReadOnlyList<double> days) => new([.. days.Select((value, i) => new Row(Id(i), value, 1, 1, 1))]);

    /// <summary>Every customer in a row of its own.</summary>
    internal RfmBase Repeated() =>
        new([.. Rows.SelectMany(row => Enumerable.Range(0, row.Customers).Select(i => row with { Id = CustomerId.Of($"{row.Id}.{i}"), Customers = 1 }))]);

    internal RfmTable Score(RfmScheme scheme, Currency currency = default) => scheme.Score(Columns(currency));

    internal RfmColumns Columns(Currency currency = default) => new()
    {
        Ids = [.. Rows.Select(row => row.Id)],
        Recency = Rows.Select(row => row.Days).ToArray(),
        Frequency = Rows.Select(row => row.Purchases).ToArray(),
        Money = Rows.Select(row => row.Money).ToArray(),
        Customers = Rows.All(row => row.Customers == 1) ? [] : Rows.Select(row => row.Customers).ToArray(),
        Currency = currency,
    };

    /// <summary>How good a row is in a dimension: greater is better.</summary>
    internal static double Goodness(Row row, RfmDimension dimension) => dimension switch
    {
        RfmDimension.Recency => -row.Days,
        RfmDimension.Frequency => row.Purchases,
        _ => row.Money,
    };

    /// <summary>
    /// The score of a row by the words of the documentation: every customer in a list that is sorted, and for each cut all boundaries between
    /// different values tried.
    /// </summary>
    internal int SlowScore(RfmDimension dimension, int bins, Row of)
    {
        double[] sorted = [.. Rows.SelectMany(row => Enumerable.Repeat(Goodness(row, dimension) + 0.0, row.Customers)).Order()];
        double[] distinct = [.. sorted.Distinct()];
        int place = Array.IndexOf(distinct, Goodness(of, dimension) + 0.0);
        if (distinct.Length < bins)
        {
            // (d − 1)(B − 1)/(D − 1), d counted from 1, halves down; a single one in the middle.
            return distinct.Length == 1 ? (bins + 1) / 2 : 1 + (int)Math.Ceiling((decimal)place * (bins - 1) / (distinct.Length - 1) - 0.5m);
        }

        int score = 1;
        int cut = 0;
        for (int b = 1; b < bins; b++)
        {
            int first = cut + 1;
            int last = distinct.Length - (bins - b);
            cut = Enumerable.Range(first, last - first + 1)
                .OrderBy(boundary => BigInteger.Abs(((BigInteger)bins * sorted.Count(value => value < distinct[boundary])) - ((BigInteger)b * sorted.Length)))
                .ThenByDescending(boundary => boundary)
                .First();
            score += place >= cut ? 1 : 0;
        }

        return score;
    }

    internal sealed record Row(CustomerId Id, double Days, int Purchases, double Money, int Customers);
}
