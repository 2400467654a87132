using Crm.Core.Customers;
using Crm.Core.Histories;
using Crm.Core.Interactions;
using Crm.Core.Segments;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>Registers the library with a host.</summary>
public static class CrmCoreServices
{
    /// <summary>
    /// Adds the calculators, as singletons, and the services over the host's stores, scoped as those may be. It registers no store and no
    /// clock, and opens nothing: a host that lacks one of them does not start, and is told the call to add.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">
    /// The terms of value, the scheme and the models the host uses, in analyses and in refreshes, whatever a registered <see cref="RefreshOptions"/> says of them; null for
    /// those of the registered one, or the defaults.
    /// </param>
    /// <returns>The same services. Calling it twice changes nothing.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="ArgumentException">The options name no model, or one that does not exist.</exception>
    public static IServiceCollection AddCrmCore(this IServiceCollection services, AnalysisOptions? options = null)
    {
        services.AddCrmCalculators(options);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RequiredServicesCheck>(provider => new(provider)));

        // By factories, so that what is missing is named by the call to add whoever resolves it, host or not.
        services.TryAddScoped(provider => new CustomerProfiles(
            RequiredServices.Get<ICustomerStore>(provider),
            RequiredServices.Get<IInteractionStore>(provider),
            RequiredServices.Get<IClock>(provider),
            provider.GetService<ISegmentStore>(),
            provider.GetService<IScoreSource>(),
            provider.GetService<AttributeSchema>(),
            provider.GetService<ICustomerReferences>()));
        services.TryAddScoped(provider =>
        {
            var (customers, interactions) = (RequiredServices.Get<ICustomerStore>(provider), RequiredServices.Get<IInteractionStore>(provider));
            return new InteractionIntake(
                RequiredServices.Get<IntakeSchema>(provider), interactions, customers, RequiredServices.Get<IClock>(provider), provider.GetService<AttributeSchema>());
        });
        services.TryAddScoped(provider => new PartnerSharing(
            RequiredServices.Get<ICustomerStore>(provider),
            RequiredServices.Get<IInteractionStore>(provider),
            RequiredServices.Get<IClock>(provider),
            provider.GetService<AttributeSchema>()));
        services.TryAddScoped(provider =>
        {
            RefreshOptions refresh = provider.GetService<RefreshOptions>() ?? new();
            return RefreshOf(provider, options is null ? refresh : refresh with { Analysis = options });
        });
        services.TryAddScoped(provider => new CustomerErasure(PersonalDataOf(provider)));
        services.TryAddScoped(provider => new CustomerExport(PersonalDataOf(provider), RequiredServices.Get<IClock>(provider)));
        return services;
    }

    /// <summary>Adds the calculators only, as singletons: for a host that brings its own purchases and needs no store.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">The terms of value, the scheme and the models the host uses; null for the defaults.</param>
    /// <returns>The same services. Calling it twice changes nothing.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="ArgumentException">The options name no model, or one that does not exist.</exception>
    public static IServiceCollection AddCrmCalculators(this IServiceCollection services, AnalysisOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(new CustomerBaseAnalyzer(options));
        return services;
    }

    private static CrmRefresh RefreshOf(IServiceProvider provider, RefreshOptions options)
    {
        var (scores, models) = (RequiredServices.Get<IScoreStore>(provider), RequiredServices.Get<IModelStore>(provider));
        var (segments, clock) = (provider.GetService<ISegmentStore>(), RequiredServices.Get<IClock>(provider));
        var interactions = RequiredServices.Get<IInteractionStore>(provider);
        return provider.GetService<IHistorySource>() is { } histories
            ? new(histories, scores, models, segments, clock, options, interactions)
            : new(interactions, scores, models, segments, clock, options);
    }

    // A host without its customers' store has forgotten it, and an erasure that reaches nothing must not look like one that is done.
    private static IEnumerable<IPersonalDataStore> PersonalDataOf(IServiceProvider provider)
    {
        IPersonalDataStore?[] own =
        [
            RequiredServices.Get<ICustomerStore>(provider),
            RequiredServices.Get<IInteractionStore>(provider),
            provider.GetService<ISegmentStore>(),
            provider.GetService<IScoreStore>(),
            HistoriesOf(provider),
        ];

        // Whichever way a store was registered, it is erased from, and once.
        return own.OfType<IPersonalDataStore>().Concat(provider.GetServices<IPersonalDataStore>()).Distinct<IPersonalDataStore>(ReferenceEqualityComparer.Instance);
    }

    private static StoredHistories? HistoriesOf(IServiceProvider provider) =>
        provider.GetService<IScoreStore>() is { } scores && provider.GetService<IModelStore>() is { } models
            ? new(scores, models, RequiredServices.Get<IInteractionStore>(provider)) : null;
}
