using System.Diagnostics.CodeAnalysis;

namespace Crm.Core.Tests.House;

/// <summary>The text of an API holds whatever a caller could depend on.</summary>
public sealed class ApiTextTests
{
    [Theory]
    [InlineData(": const int Most = 20")]
    [InlineData(": required string Name { get; init; }")]
    [InlineData(": string? Note { get; }")]
    [InlineData(": int this[string key] { get; }")]
    [InlineData(": static bool TryOf([NotNullWhen(true)] string? text, out Sample? sample)")]
    [InlineData(": IReadOnlyList<string?> Notes(int from = 0, double? to = null, CancellationToken token = default)")]
    [InlineData(": T? Or<T>(T? other, params string[] names) where T : class, IComparable<T>")]
    [InlineData(": (int, string?) Pair(in decimal amount, ref long count)")]
    [InlineData(": T Same<T>(T value) where T : struct")]
    [InlineData(": protected virtual void OnDone()")]
    [InlineData(": event Action<string?>? Done")]
    [InlineData(": override string ToString()")]
    [InlineData(": abstract Dictionary<string, List<int?>> Table { get; }")]
    public void Of_ASample_HoldsTheLine(string line) => Assert.Contains("Crm.Core.Tests.House.ApiTextTests.Sample" + line, ApiText.Of([typeof(Sample)]));

    [Theory]
    [InlineData(typeof(Sample), " = abstract class : IDisposable")]
    [InlineData(typeof(Pair), " = readonly record struct : IEquatable<Pair>")]
    [InlineData(typeof(Row), " = sealed record class : IEquatable<Row>")]
    [InlineData(typeof(Kind), " = enum : byte")]
    public void Of_ASample_SaysWhatItIs(Type type, string line) =>
        Assert.Contains($"Crm.Core.Tests.House.ApiTextTests.{type.Name}{line}", ApiText.Of([type]));

    [Fact]
    public void Of_ARecord_HoldsItsOwnMembersOnly() => Assert.Equal(
        [
            "Crm.Core.Tests.House.ApiTextTests.Pair = readonly record struct : IEquatable<Pair>",
            "Crm.Core.Tests.House.ApiTextTests.Pair: Pair(int Left, string? Right)",
            "Crm.Core.Tests.House.ApiTextTests.Pair: int Left { get; init; }",
            "Crm.Core.Tests.House.ApiTextTests.Pair: string? Right { get; init; }",
            "Crm.Core.Tests.House.ApiTextTests.Pair: void Deconstruct(out int Left, out string? Right)",
        ],
        ApiText.Of([typeof(Pair)]));

    [Fact]
    public void Of_AnEnum_HoldsTheValues() => Assert.Contains("Crm.Core.Tests.House.ApiTextTests.Kind: Second = 2", ApiText.Of([typeof(Kind)]));

    internal enum Kind : byte
    {
        None = 0,
        Second = 2,
    }

    internal readonly record struct Pair(int Left, string? Right);

    internal sealed record Row(int Left);

    internal abstract class Sample : IDisposable
    {
        public const int Most = 20;

        public event Action<string?>? Done;

        public required string Name { get; init; }

        public string? Note { get; private set; }

        public abstract Dictionary<string, List<int?>> Table { get; }

        public int this[string key] => key.Length;

        public static bool TryOf([NotNullWhen(true)] string? text, out Sample? sample) => (sample = null) is null && text is not null;

        public IReadOnlyList<string?> Notes(int from = 0, double? to = null, CancellationToken token = default) =>
            [Note, $"{from}", $"{to}", $"{token.IsCancellationRequested}"];

        public T? Or<T>(T? other, params string[] names)
            where T : class, IComparable<T> => names.Length > 0 ? other : null;

        public (int, string?) Pair(in decimal amount, ref long count) => ((int)amount, $"{++count}");

        public T Same<T>(T value)
            where T : struct => value;

        public void Dispose() => GC.SuppressFinalize(this);

        public override string ToString() => Name;

        protected virtual void OnDone() => Done?.Invoke(Note = Name);
    }
}
