namespace Crm.Core.Histories;

/// <summary>What has to be known of one customer to go on: occasions through a day, and from which day on purchases only add to them.</summary>
internal struct StateRow
{
    /// <summary>In <see cref="Occasions"/> for a customer who took back all they bought.</summary>
    internal const int FullyReturned = -1;

    /// <summary>In <see cref="SettledThrough"/> for a customer whose returns may still reach any purchase.</summary>
    internal const int NeverSettled = int.MaxValue;

    internal int Occasions;
    internal int FirstDay;
    internal int LatestDay;

    /// <summary>A purchase dated on this day or earlier may change more than it adds, so that all have to be read again.</summary>
    internal int SettledThrough;

    internal ExactAmount FirstAmount;
    internal ExactAmount LaterAmount;

    /// <summary>Gets a customer of whom nothing is known yet.</summary>
    internal static StateRow Empty => new() { SettledThrough = int.MinValue };

    /// <summary>Adds what was bought on a day after <see cref="SettledThrough"/>; days come in their order.</summary>
    internal void Append(int day, ExactAmount amount)
    {
        if (Occasions <= 0)
        {
            Occasions = 0;
            FirstDay = day;
        }

        if (Occasions == 0 || day != LatestDay)
        {
            Occasions++;
        }

        if (Occasions == 1)
        {
            FirstAmount.Add(amount);
        }
        else
        {
            LaterAmount.Add(amount);
        }

        LatestDay = day;
        SettledThrough = Math.Max(SettledThrough, day - 1);
    }
}
