using NodaTime;

namespace Crm.Core.Tests.Support;

/// <summary>A clock that stands still.</summary>
internal sealed class StillClock(Instant now) : IClock
{
    public Instant GetCurrentInstant() => now;
}
