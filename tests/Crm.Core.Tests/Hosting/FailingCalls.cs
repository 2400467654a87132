namespace Crm.Core.Tests.Hosting;

/// <summary>Fails at one call, counted over all stores that share it.</summary>
internal sealed class FailingCalls(int failing)
{
    private int _calls;

    internal void Count()
    {
        if (++_calls == failing)
        {
            throw new IOException("the disk is gone");
        }
    }
}
