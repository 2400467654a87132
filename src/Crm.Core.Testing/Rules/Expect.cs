using System.Globalization;
using Crm.Core.Customers;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Segments;

namespace Crm.Core.Testing.Rules;

/// <summary>The checks rules are made of. What they say holds ids, kinds, numbers and lengths, and never the content of a text.</summary>
internal static class Expect
{
    internal static void True(bool holds, string expected, string actual)
    {
        if (!holds)
        {
            throw new BrokenPromise(expected, actual);
        }
    }

    internal static void Equal<T>(T expected, T actual, string what)
        where T : IEquatable<T> => True(expected.Equals(actual), Words(what, expected), $"it is {Words("", actual).Trim()}");

    internal static void Count(int expected, int actual, string what) => True(
        expected == actual,
        string.Create(CultureInfo.InvariantCulture, $"{expected} {what}"),
        string.Create(CultureInfo.InvariantCulture, $"there are {actual}"));

    /// <summary>The same items in the same order.</summary>
    internal static void Sequence<T>(IReadOnlyList<T> expected, IReadOnlyList<T> actual, string what)
    {
        Count(expected.Count, actual.Count, what);
        for (int i = 0; i < expected.Count; i++)
        {
            Equal(expected[i]?.ToString() ?? "", actual[i]?.ToString() ?? "", string.Create(CultureInfo.InvariantCulture, $"number {i + 1} of the {what}"));
        }
    }

    /// <summary>The same items in any order, each as often.</summary>
    internal static void Set<T>(IEnumerable<T> expected, IEnumerable<T> actual, string what)
    {
        string[] wanted = [.. expected.Select(item => item?.ToString() ?? "").Order(StringComparer.Ordinal)];
        string[] found = [.. actual.Select(item => item?.ToString() ?? "").Order(StringComparer.Ordinal)];
        Sequence(wanted, found, what);
    }

    internal static void Same(Customer expected, Customer? actual, string what) =>
        Same(expected, actual, what, CustomerJson.Write, $"the customer {expected.Id}");

    internal static void Same(Interaction expected, Interaction? actual, string what) =>
        Same(expected, actual, what, InteractionJson.Write, $"the interaction {expected.Id}");

    internal static void Same(SegmentMove expected, SegmentMove? actual, string what) =>
        Same(expected, actual, what, SegmentMoveJson.Write, "the move");

    internal static void Same(ScoreRun expected, ScoreRun? actual, string what) =>
        Same(expected, actual, what, ScoreJson.Write, $"the run {expected.Id}");

    internal static void Same(CustomerScore expected, CustomerScore? actual, string what) =>
        Same(expected, actual, what, ScoreJson.Write, $"the score of the customer {expected.Customer}");

    /// <summary>The same bytes.</summary>
    internal static void Same(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, string what)
    {
        if (!expected.SequenceEqual(actual))
        {
            throw new BrokenPromise(
                string.Create(CultureInfo.InvariantCulture, $"the {expected.Length} bytes {what} exactly as they were given"),
                string.Create(CultureInfo.InvariantCulture, $"there are {actual.Length}, which differ from byte {expected.CommonPrefixLength(actual) + 1} on"));
        }
    }

    internal static void Same(IReadOnlyList<Interaction> expected, IReadOnlyList<Interaction> actual, string what)
    {
        Sequence([.. expected.Select(one => one.Id)], [.. actual.Select(one => one.Id)], what);
        foreach (var (wanted, found) in expected.Zip(actual))
        {
            Same(wanted, found, what);
        }
    }

    internal static void Absent(object? actual, string what) => True(actual is null, $"no {what}", "there is one");

    /// <summary>That a call throws one kind of exception, and gives it.</summary>
    internal static async Task<T> Throws<T>(Func<Task> call, string when)
        where T : Exception
    {
        try
        {
            await call().ConfigureAwait(false);
        }
        catch (T expected)
        {
            return expected;
        }
        catch (Exception other) when (other is not BrokenPromise)
        {
            throw new BrokenPromise($"{typeof(T).Name} {when}", $"it threw {other.GetType().Name}");
        }

        throw new BrokenPromise($"{typeof(T).Name} {when}", "nothing was thrown");
    }

    private static void Same<T>(T expected, T? actual, string what, Func<T, string> write, string name)
        where T : class
    {
        True(actual is not null, $"{name} {what}", "there is none");
        if (Difference.Of(write(expected), write(actual!)) is { } difference)
        {
            throw new BrokenPromise($"{name} {what} exactly as it was given", difference);
        }
    }

    private static string Words<T>(string what, T value) => string.Create(CultureInfo.InvariantCulture, $"{what} {value}").ReplaceLineEndings(" ");
}
