using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Crm.Core.Hosting;

/// <summary>Registers the library with a host.</summary>
public static class CrmCoreServices
{
    /// <summary>Adds the calculators, as singletons. It registers no store, opens nothing and reads no clock.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">The terms of value, the scheme and the models the host uses; null for the defaults.</param>
    /// <returns>The same services. Calling it twice changes nothing.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="ArgumentException">The options name no model, or one that does not exist.</exception>
    public static IServiceCollection AddCrmCore(this IServiceCollection services, AnalysisOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(new CustomerBaseAnalyzer(options));
        return services;
    }
}
