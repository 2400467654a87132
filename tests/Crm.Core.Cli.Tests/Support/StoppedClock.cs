using NodaTime;

namespace Crm.Core.Cli.Tests.Support;

/// <summary>A clock that always shows the same moment.</summary>
internal sealed class StoppedClock(Instant now) : IClock
{
    public Instant GetCurrentInstant() => now;
}
