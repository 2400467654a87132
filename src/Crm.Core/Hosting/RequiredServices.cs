using Crm.Core.Customers;
using Crm.Core.Interactions;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>What the services need and only the host can give, each with the call that gives it.</summary>
internal static class RequiredServices
{
    private static readonly (Type Service, bool AtStart, string Call)[] _all =
    [
        (typeof(ICustomerStore), true, "AddCustomerStore<T>() with your store, or UseInMemoryStores() to keep customers in memory only"),
        (typeof(IInteractionStore), true, "AddInteractionStore<T>() with your store, or UseInMemoryStores() to keep interactions in memory only"),
        (typeof(IClock), true, "AddSingleton<IClock>(SystemClock.Instance); the library has no clock of its own"),
        (typeof(IScoreStore), false, "AddScoreStore<T>() with your store, or UseInMemoryStores() to keep scores in memory only"),
        (typeof(IModelStore), false, "AddModelStore<T>() with your store, or UseInMemoryStores() to keep models in memory only"),
        (typeof(IntakeSchema), false, "AddSingleton(IntakeSchema.Of(...)) with the sources you take from"),
    ];

    /// <summary>Gives a service that must be there.</summary>
    /// <exception cref="InvalidOperationException">It is not; the message names the call to add.</exception>
    internal static T Get<T>(IServiceProvider provider)
        where T : class => provider.GetService<T>() ?? throw Missing([typeof(T)]);

    /// <summary>Checks that all are registered, without making any.</summary>
    /// <exception cref="InvalidOperationException">Some are not; the message names all calls to add.</exception>
    internal static void Check(IServiceProvider provider)
    {
        // A container that cannot say what is registered is left to say it when the service is resolved.
        if (provider.GetService<IServiceProviderIsService>() is { } registered
            && _all.Where(entry => entry.AtStart && !registered.IsService(entry.Service)).Select(entry => entry.Service).ToArray() is { Length: > 0 } missing)
        {
            throw Missing(missing);
        }
    }

    private static InvalidOperationException Missing(Type[] services) => new(
        $"{string.Join(" ", services.Select(service => $"No {service.Name} is registered: call {CallOf(service)}."))}"
        + " A host that only calculates calls AddCrmCalculators() instead of AddCrmCore().");

    private static string CallOf(Type service) => Array.Find(_all, entry => entry.Service == service).Call;
}
