using System.Diagnostics.CodeAnalysis;
using Crm.Core.Customers;
using Crm.Core.Histories;
using Crm.Core.Interactions;
using Crm.Core.Segments;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Crm.Core.Hosting;

/// <summary>Registers the host's stores.</summary>
/// <remarks>
/// Each store is registered under its own type, under its interface, and once as <see cref="IPersonalDataStore"/>, so that erasure and
/// export reach it; one class may be several stores. Another store of personal data is reached after <c>AddPersonalDataStore</c>.
/// </remarks>
public static class CrmStoreServices
{
    /// <summary>Adds the host's store of customers. Where it implements <see cref="ICustomerReferences"/> too, profiles use that.</summary>
    /// <typeparam name="TStore">The store.</typeparam>
    /// <param name="services">The host's services.</param>
    /// <param name="lifetime">How long one object of it lives; with a scope by default, as database contexts do.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="InvalidOperationException">Another store of customers is registered.</exception>
    public static IServiceCollection AddCustomerStore<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>(
        this IServiceCollection services, ServiceLifetime lifetime = ServiceLifetime.Scoped)
        where TStore : class, ICustomerStore
    {
        services.Add<ICustomerStore, TStore>(lifetime);
        if (typeof(ICustomerReferences).IsAssignableFrom(typeof(TStore)))
        {
            services.TryAdd(ServiceDescriptor.Describe(typeof(ICustomerReferences), provider => provider.GetRequiredService<TStore>(), lifetime));
        }

        return services;
    }

    /// <summary>Adds the host's store of interactions.</summary>
    /// <typeparam name="TStore">The store.</typeparam>
    /// <param name="services">The host's services.</param>
    /// <param name="lifetime">How long one object of it lives; with a scope by default, as database contexts do.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="InvalidOperationException">Another store of interactions is registered.</exception>
    public static IServiceCollection AddInteractionStore<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>(
        this IServiceCollection services, ServiceLifetime lifetime = ServiceLifetime.Scoped)
        where TStore : class, IInteractionStore => services.Add<IInteractionStore, TStore>(lifetime);

    /// <summary>Adds the host's store of segments. Without one, profiles show none.</summary>
    /// <typeparam name="TStore">The store.</typeparam>
    /// <param name="services">The host's services.</param>
    /// <param name="lifetime">How long one object of it lives; with a scope by default, as database contexts do.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="InvalidOperationException">Another store of segments is registered.</exception>
    public static IServiceCollection AddSegmentStore<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>(
        this IServiceCollection services, ServiceLifetime lifetime = ServiceLifetime.Scoped)
        where TStore : class, ISegmentStore => services.Add<ISegmentStore, TStore>(lifetime);

    /// <summary>Adds the host's store of scores, which <see cref="CrmRefresh"/> fills and profiles show. Without one, profiles show none.</summary>
    /// <typeparam name="TStore">The store.</typeparam>
    /// <param name="services">The host's services.</param>
    /// <param name="lifetime">How long one object of it lives; with a scope by default, as database contexts do.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="InvalidOperationException">Another store of scores is registered.</exception>
    public static IServiceCollection AddScoreStore<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>(
        this IServiceCollection services, ServiceLifetime lifetime = ServiceLifetime.Scoped)
        where TStore : class, IScoreStore
    {
        services.Add<IScoreStore, TStore>(lifetime);
        services.TryAdd(ServiceDescriptor.Describe(typeof(IScoreSource), provider => new StoredScores(provider.GetRequiredService<IScoreStore>()), lifetime));
        return services;
    }

    /// <summary>Adds the host's store of models and of the state of the histories, which <see cref="CrmRefresh"/> needs.</summary>
    /// <typeparam name="TStore">The store.</typeparam>
    /// <param name="services">The host's services.</param>
    /// <param name="lifetime">How long one object of it lives; with a scope by default, as database contexts do.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="InvalidOperationException">Another store of models is registered.</exception>
    public static IServiceCollection AddModelStore<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>(
        this IServiceCollection services, ServiceLifetime lifetime = ServiceLifetime.Scoped)
        where TStore : class, IModelStore => services.AddOnly<IModelStore, TStore>(lifetime);

    /// <summary>Adds the host's source of histories, made where the purchases are: <see cref="CrmRefresh"/> then asks it instead of reading the interactions.</summary>
    /// <typeparam name="TSource">The source.</typeparam>
    /// <param name="services">The host's services.</param>
    /// <param name="lifetime">How long one object of it lives; with a scope by default, as database contexts do.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="InvalidOperationException">Another source of histories is registered.</exception>
    public static IServiceCollection AddHistorySource<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSource>(
        this IServiceCollection services, ServiceLifetime lifetime = ServiceLifetime.Scoped)
        where TSource : class, IHistorySource => services.AddOnly<IHistorySource, TSource>(lifetime);

    /// <summary>Adds a store of the host's own that holds personal data, so that erasure and export reach it.</summary>
    /// <typeparam name="TStore">The store.</typeparam>
    /// <param name="services">The host's services.</param>
    /// <param name="lifetime">How long one object of it lives; with a scope by default, as database contexts do.</param>
    /// <returns>The same services. Calling it twice changes nothing.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddPersonalDataStore<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>(
        this IServiceCollection services, ServiceLifetime lifetime = ServiceLifetime.Scoped)
        where TStore : class, IPersonalDataStore
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAdd(ServiceDescriptor.Describe(typeof(TStore), typeof(TStore), lifetime));

        // The type of the factory tells the stores apart, so that one class that is several stores is erased from once.
        services.TryAddEnumerable(new ServiceDescriptor(
            typeof(IPersonalDataStore), (Func<IServiceProvider, TStore>)(provider => provider.GetRequiredService<TStore>()), lifetime));
        return services;
    }

    /// <summary>Keeps in memory what has no store yet: for tests and samples. Nothing outlives the process.</summary>
    /// <param name="services">The host's services.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection UseInMemoryStores(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (!services.Has<ICustomerStore>())
        {
            services.AddCustomerStore<InMemoryCustomerStore>(ServiceLifetime.Singleton);
        }

        if (!services.Has<IInteractionStore>())
        {
            services.AddInteractionStore<InMemoryInteractionStore>(ServiceLifetime.Singleton);
        }

        if (!services.Has<ISegmentStore>())
        {
            services.AddSegmentStore<InMemorySegmentStore>(ServiceLifetime.Singleton);
        }

        if (!services.Has<IScoreStore>())
        {
            services.AddScoreStore<InMemoryScoreStore>(ServiceLifetime.Singleton);
        }

        if (!services.Has<IModelStore>())
        {
            services.AddModelStore<InMemoryModelStore>(ServiceLifetime.Singleton);
        }

        return services;
    }

    private static bool Has<TService>(this IServiceCollection services) => services.Any(service => service.ServiceType == typeof(TService));

    private static IServiceCollection Add<TService, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>(
        this IServiceCollection services, ServiceLifetime lifetime)
        where TService : class
        where TStore : class, TService, IPersonalDataStore => services.AddOnly<TService, TStore>(lifetime).AddPersonalDataStore<TStore>(lifetime);

    private static IServiceCollection AddOnly<TService, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>(
        this IServiceCollection services, ServiceLifetime lifetime)
        where TService : class
        where TStore : class, TService
    {
        ArgumentNullException.ThrowIfNull(services);
        var there = services.FirstOrDefault(service => service.ServiceType == typeof(TService));
        if (there is null)
        {
            services.TryAdd(ServiceDescriptor.Describe(typeof(TStore), typeof(TStore), lifetime));
            services.Add(new ServiceDescriptor(typeof(TService), (Func<IServiceProvider, TStore>)(provider => provider.GetRequiredService<TStore>()), lifetime));
        }
        else if (there.ImplementationFactory is not Func<IServiceProvider, TStore>)
        {
            throw new InvalidOperationException(
                $"Another {typeof(TService).Name} is registered already. Register one: what is kept in two places is erased from one.");
        }

        return services;
    }
}
