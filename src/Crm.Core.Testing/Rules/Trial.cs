using System.Security.Cryptography;
using Crm.Core.Hosting;
using NodaTime;

namespace Crm.Core.Testing.Rules;

/// <summary>One try of one rule: the store, and ids nobody else uses.</summary>
internal sealed class Trial<TStore>(TStore store, CancellationToken token)
{
    /// <summary>What begins every id of this trial. Fresh, not repeatable: the store may hold what earlier runs wrote.</summary>
    private readonly string _run = "kit-" + RandomNumberGenerator.GetHexString(12, lowercase: true);

    // The same in digits, for ids that sort as numbers; no zero before it, which would sort by length.
    private readonly string _number = FormattableString.Invariant($"7{RandomNumberGenerator.GetInt32(1_000_000_000):D9}{RandomNumberGenerator.GetInt32(1_000_000_000):D9}");

    internal TStore Store { get; } = store;

    internal CancellationToken Token { get; } = token;

    /// <summary>An everyday moment.</summary>
    internal Instant Noon { get; } = Instant.FromUtc(2026, 3, 1, 12, 0);

    internal SourceId Source { get; } = SourceId.Of("conformance-kit");

    internal string Text(string name) => $"{_run}-{name}";

    internal CustomerId Customer(string name) => CustomerId.Of(Text(name));

    /// <summary>Gives an id of digits only.</summary>
    internal CustomerId NumberedCustomer(string digits) => CustomerId.Of(_number + digits);

    internal InteractionId Interaction(string name) => InteractionId.Of(Text(name));

    internal SegmentId Segment(string name) => SegmentId.Of(Text(name));

    internal RunId Run(string name) => RunId.Of(Text(name));

    internal bool IsMine(RunId id) => IsMine(id.ToString());

    internal bool IsMine(CustomerId id) => IsMine(id.ToString());

    internal bool IsMine(SegmentId id) => IsMine(id.ToString());

    private bool IsMine(string text) => text.StartsWith(_run, StringComparison.Ordinal) || text.StartsWith(_number, StringComparison.Ordinal);
}
