using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Crm.Core.Hosting;

/// <summary>What the services tell an operator's tools, OpenTelemetry for instance: under one name, and never anything of a person, ids included.</summary>
/// <remarks>
/// <para>
/// Activities, whose length is the time the work took: <c>crm.refresh</c>, with an event for each stage and, at its end, the tags <c>crm.new</c>,
/// <c>crm.customers</c>, <c>crm.interactions_read</c>; <c>crm.profile</c>; <c>crm.erasure</c>.
/// </para>
/// <para>Counters: <c>crm.intake.interactions</c> by <c>crm.outcome</c>: appended, known, refused; <c>crm.erasures</c> by <c>crm.complete</c>.</para>
/// <para>Without a listener it costs next to nothing, and no data leaves the process by it. Thread-safe.</para>
/// </remarks>
public static class CrmTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Crm.Core";

    internal static readonly ActivitySource Activities = new(Name);

    private static readonly Meter _meter = new(Name);

    internal static readonly Counter<long> IntakeInteractions = _meter.CreateCounter<long>("crm.intake.interactions", "{interaction}", "Interactions that came from outside.");

    internal static readonly Counter<long> Erasures = _meter.CreateCounter<long>("crm.erasures", "{erasure}", "Customers who were to be erased.");

    internal static void Taken(long count, string outcome)
    {
        if (count > 0)
        {
            IntakeInteractions.Add(count, new KeyValuePair<string, object?>("crm.outcome", outcome));
        }
    }

    /// <summary>Marks what failed by the kind of exception, whose message may be personal.</summary>
    internal static void Fail(Activity? activity, Exception wrong) => activity?.SetTag("error.type", wrong.GetType().FullName).SetStatus(ActivityStatusCode.Error);

    /// <summary>Tells the stages of a work to its caller and to the activity.</summary>
    internal sealed class Stages(IProgress<string>? progress, Activity? activity) : IProgress<string>
    {
        public void Report(string value)
        {
            progress?.Report(value);
            activity?.AddEvent(new(value));
        }
    }
}
