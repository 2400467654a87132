using Microsoft.Extensions.Hosting;

namespace Crm.Core.Hosting;

/// <summary>Lets no host start that lacks a store: it would fail later, in front of a customer.</summary>
internal sealed class RequiredServicesCheck(IServiceProvider provider) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        RequiredServices.Check(provider);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
