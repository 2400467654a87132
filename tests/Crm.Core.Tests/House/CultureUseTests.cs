using System.Text;

namespace Crm.Core.Tests.House;

/// <summary>Whatever the library writes or reads, it writes and reads in the invariant culture.</summary>
public sealed class CultureUseTests
{
    [Fact]
    public void Library_Anywhere_WritesAndReadsWithACulture() =>
        House.Holds(House.Libraries.SelectMany(library => library.GetTypes()).SelectMany(CultureUse.In), "Name the culture: CultureInfo.InvariantCulture.");

    [Fact]
    public void In_ASample_FindsEveryUse()
    {
        string[] expected = ["Appended", "Converted", "Date", "Formatted", "Interpolated", "Joined", "Nullable", "Parsed", "Thrown"];
        var found = House.WithNested(typeof(Sample)).SelectMany(CultureUse.In).Select(use => use.Split(" in ")[1].Split(' ')[0]);
        Assert.Equal(expected, found.Distinct().Order(StringComparer.Ordinal));
    }

    // Planted on purpose, beside what is right.
#pragma warning disable CA1305, CA1304 // The uses to be found name no culture.
    private static class Sample
    {
        internal static string Interpolated(double x) => $"it was {x}";

        internal static string Formatted(int x) => x.ToString();

        internal static string Nullable(decimal? x) => x.ToString() ?? "";

        internal static string Joined(int[] x) => string.Join(", ", x);

        internal static StringBuilder Appended(StringBuilder to, long x) => to.Append(x);

        internal static string Converted(double x) => Convert.ToString(x);

        internal static StringBuilder Repeated(StringBuilder to, char x) => to.Append(x, 3).Insert(0, "");

        internal static bool Parsed(string x) => double.TryParse(x, out _);

        internal static string Date(NodaTime.LocalDate x) => $"{x}";

        internal static void Thrown(int x) => ArgumentOutOfRangeException.ThrowIfNegative(x);

        internal static string Created(double x) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"it was {x}");

        internal static string Invariant(double x) => FormattableString.Invariant($"it was {x}");

        internal static string Texts(string x, DayOfWeek y, char z) => $"{x}{y}{z}" + x.Insert(0, x);

        internal sealed record Printed(double X, string Y);
    }
#pragma warning restore CA1305, CA1304
}
