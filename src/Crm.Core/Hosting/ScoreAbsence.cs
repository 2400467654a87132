namespace Crm.Core.Hosting;

/// <summary>Why a customer has no score from a point of view.</summary>
public enum ScoreAbsence
{
    /// <summary>There is one.</summary>
    None,

    /// <summary>The host keeps no scores.</summary>
    NoSource,

    /// <summary>No run has been published yet.</summary>
    NoRun,

    /// <summary>
    /// The point of view lies before the oldest run that is kept. Whether there was a run of then nobody can tell any more: scores of the past
    /// exist only as far back as <see cref="RefreshOptions.KeepRuns"/> keeps runs.
    /// </summary>
    BeforeKeptRuns,

    /// <summary>The run of the point of view has no score of the customer: no purchase by its last day, or erased since.</summary>
    NotOfTheRun,
}
