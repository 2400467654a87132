namespace Crm.Core.LifetimeValue;

/// <summary>By what a model was chosen.</summary>
public enum ChoiceBasis
{
    /// <summary>By the mean log score on a test period: the simplest model within one standard error of the best.</summary>
    HoldoutLogScore,

    /// <summary>By Akaike's criterion on all the data, since none could be held out: fit, not foresight.</summary>
    Akaike,

    /// <summary>No model could be fitted.</summary>
    Nothing,
}
