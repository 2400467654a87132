namespace Crm.Core.Segments;

/// <summary>What the time since a day is counted in.</summary>
public enum AgeUnit
{
    /// <summary>Whole years, as a person's age is told. Who was born on a 29 February is a year older on the 28th of other years.</summary>
    Years,

    /// <summary>Days.</summary>
    Days,
}
