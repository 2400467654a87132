namespace Crm.Core.Segments;

/// <summary>What a customer base records at all, without which "none" cannot be told from "nobody wrote it down".</summary>
/// <remarks>The default value records nothing. Immutable and thread-safe.</remarks>
/// <param name="Referrals">Whether it is recorded who brought whom. If it is, a customer without any has brought nobody.</param>
/// <param name="Memberships">Whether memberships are recorded. If they are, a customer without any is no member.</param>
public readonly record struct LadderRecords(bool Referrals, bool Memberships)
{
    /// <summary>Gives what is recorded.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => (Referrals, Memberships) switch
    {
        (true, true) => "referrals and memberships are recorded",
        (true, false) => "referrals are recorded, memberships are not",
        (false, true) => "memberships are recorded, referrals are not",
        _ => "neither referrals nor memberships are recorded",
    };
}
