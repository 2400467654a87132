namespace Crm.Core.Pyramids;

/// <summary>Whether satisfaction went with moving up a pyramid.</summary>
public enum SatisfactionVerdict
{
    /// <summary>The interval holds no difference as well: there may be none, or too few customers to see it.</summary>
    CannotTell,

    /// <summary>Satisfied customers moved up more often.</summary>
    GoesWithMovingUp,

    /// <summary>Satisfied customers moved up less often.</summary>
    GoesWithMovingDown,
}
