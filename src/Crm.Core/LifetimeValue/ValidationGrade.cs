namespace Crm.Core.LifetimeValue;

/// <summary>How a model did on a test period, in a word.</summary>
public enum ValidationGrade
{
    /// <summary>It was not tested: there was too little data to hold any out.</summary>
    NotValidated,

    /// <summary>It missed the total by more than 25 %, or a simple baseline forecast customers better.</summary>
    Poor,

    /// <summary>It missed the total by at most 25 %, and forecast customers better than every simple baseline.</summary>
    Fair,

    /// <summary>It missed the total by at most 10 %, and forecast customers better than every simple baseline.</summary>
    Good,
}
