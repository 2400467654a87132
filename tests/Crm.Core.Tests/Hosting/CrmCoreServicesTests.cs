using Crm.Core.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;

namespace Crm.Core.Tests.Hosting;

// Examples: what a host gets when it registers the library.
public sealed class CrmCoreServicesTests
{
    [Fact]
    public void AddCrmCore_Once_ResolvesOneAnalyzer()
    {
        using ServiceProvider provider = new ServiceCollection().AddCrmCore().BuildServiceProvider(validateScopes: true);
        using IServiceScope scope = provider.CreateScope();
        Assert.Same(provider.GetRequiredService<CustomerBaseAnalyzer>(), scope.ServiceProvider.GetRequiredService<CustomerBaseAnalyzer>());
    }

    [Fact]
    public void AddCrmCore_Twice_ChangesNothing()
    {
        IServiceCollection services = new ServiceCollection().AddCrmCore();
        ServiceDescriptor[] once = [.. services];
        Assert.Same(services, services.AddCrmCore(new() { Models = ["bg-nbd"] }));
        Assert.Equal(once, services);
    }

    [Fact]
    public void AddCrmCore_Registrations_AreNoStoreAndNoClock()
    {
        IServiceCollection services = new ServiceCollection().AddCrmCore();
        Assert.DoesNotContain(services, service => service.ServiceType.Name.Contains("Store", StringComparison.Ordinal));
        Assert.DoesNotContain(services, service => service.ServiceType == typeof(IClock));
    }

    [Fact]
    public void AddCrmCalculators_Registrations_AreSingletonsThatNeedNothing()
    {
        IServiceCollection services = new ServiceCollection().AddCrmCalculators();
        Assert.All(services, service => Assert.Equal(ServiceLifetime.Singleton, service.Lifetime));
        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.NotNull(provider.GetService<CustomerBaseAnalyzer>());
        Assert.Empty(provider.GetServices<IHostedService>());
    }

    [Fact]
    public void AddCrmCore_Null_IsRefused() =>
        Assert.Equal("services", Assert.Throws<ArgumentNullException>(() => CrmCoreServices.AddCrmCore(null!)).ParamName);

    [Fact]
    public void AddCrmCore_UnknownModel_IsRefusedAtRegistration()
    {
        var refusal = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddCrmCore(new() { Models = ["nbd"] }));
        Assert.Equal("options", refusal.ParamName);
    }
}
