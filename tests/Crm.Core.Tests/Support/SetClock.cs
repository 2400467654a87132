using NodaTime;

namespace Crm.Core.Tests.Support;

/// <summary>A clock that stands where a test puts it, and goes on by a second each time it is read.</summary>
internal sealed class SetClock(Instant now) : IClock
{
    private readonly Lock _gate = new();

    internal Instant Now { get; set; } = now;

    public Instant GetCurrentInstant()
    {
        lock (_gate)
        {
            return Now += Duration.FromSeconds(1);
        }
    }
}
