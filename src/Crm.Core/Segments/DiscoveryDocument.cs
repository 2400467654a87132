namespace Crm.Core.Segments;

/// <summary>Discovered segments with the number of the schema they are written in.</summary>
internal sealed record DiscoveryDocument
{
    public required int Schema { get; init; }

    public required string IdPrefix { get; init; }

    public required string Why { get; init; }

    public required int Customers { get; init; }

    public required int FarCustomers { get; init; }

    public DiscoveryModelDocument? Model { get; init; }

    public required IReadOnlyList<ProfileDocument> Profiles { get; init; }

    public required IReadOnlyList<DiscoveryCandidate> Candidates { get; init; }

    public required IReadOnlyList<DiagnosticDocument> Diagnostics { get; init; }

    internal static DiscoveryDocument Of(DiscoveredSegments found, int schema) => new()
    {
        Schema = schema,
        IdPrefix = found.IdPrefix,
        Why = found.Why,
        Customers = found.Customers,
        FarCustomers = found.FarCustomers,
        Model = found.Model is null ? null : DiscoveryModelDocument.Of(found.Model, schema),
        Profiles = [.. found.Profiles.Select(ProfileDocument.Of)],
        Candidates = found.Candidates,
        Diagnostics = [.. found.Diagnostics.Select(DiagnosticDocument.Of)],
    };

    internal DiscoveredSegments ToSegments() => new(
        Model?.ToModel(), [.. Profiles.Select(profile => profile.ToProfile())], Candidates, [.. Diagnostics.Select(found => found.ToDiagnostic())],
        Why, IdPrefix, Customers, FarCustomers);

    internal sealed record ProfileDocument
    {
        public required SegmentId Id { get; init; }

        public required string Name { get; init; }

        public string? Words { get; init; }

        public required int Customers { get; init; }

        public required double Share { get; init; }

        public required IReadOnlyList<SegmentDifference> Differences { get; init; }

        internal static ProfileDocument Of(SegmentProfile profile) => new()
        {
            Id = profile.Segment.Id,
            Name = profile.Segment.Name,
            Words = profile.Segment.Words,
            Customers = profile.Customers,
            Share = profile.Share,
            Differences = profile.Differences,
        };

        internal SegmentProfile ToProfile() =>
            new() { Segment = new() { Id = Id, Name = Name, Words = Words }, Customers = Customers, Share = Share, Differences = Differences };
    }

    internal sealed record DiagnosticDocument
    {
        public required DiscoveryDiagnosis Diagnosis { get; init; }

        public required bool IsFailure { get; init; }

        public required string Message { get; init; }

        public required string Advice { get; init; }

        internal static DiagnosticDocument Of(DiscoveryDiagnostic found) =>
            new() { Diagnosis = found.Diagnosis, IsFailure = found.IsFailure, Message = found.Message, Advice = found.Advice };

        internal DiscoveryDiagnostic ToDiagnostic() => new(Diagnosis, IsFailure, Message, Advice);
    }
}
