namespace Crm.Core;

/// <summary>A value as it lies in a store, with the version to name when saving it again.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <typeparam name="T">The value.</typeparam>
/// <param name="Value">The value.</param>
/// <param name="Version">Its version, never <see cref="StoreVersion.None"/>.</param>
public sealed record Stored<T>(T Value, StoreVersion Version)
    where T : class;
