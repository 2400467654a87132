namespace Crm.Core.Histories;

/// <summary>What a purchase model needs to know of one customer: how often, until when, observed for how long, and how much.</summary>
/// <remarks>
/// An occasion is a day with a purchase. The symbols are those of Fader, Hardie &amp; Lee (2005). Immutable and thread-safe.
/// </remarks>
public readonly record struct PurchaseHistory
{
    internal PurchaseHistory(int frequency, double recency, double age, double meanSpend, TimeUnit unit, Currency currency)
    {
        Frequency = frequency;
        Recency = recency;
        Age = age;
        MeanSpend = meanSpend;
        Unit = unit;
        Currency = currency;
    }

    /// <summary>Gets x: the number of repeat occasions, those after the first. From 0 to 1,000,000.</summary>
    public int Frequency { get; }

    /// <summary>Gets t_x: the time from the first occasion to the last one, in <see cref="Unit"/>; 0 exactly when x is 0.</summary>
    public double Recency { get; }

    /// <summary>Gets T: the time from the first occasion to the end of the window, in <see cref="Unit"/>; at least t_x.</summary>
    public double Age { get; }

    /// <summary>Gets m_x: the mean net value of the repeat occasions; 0 when there are none or no amounts are known.</summary>
    public double MeanSpend { get; }

    /// <summary>Gets the unit of <see cref="Recency"/> and <see cref="Age"/>.</summary>
    public TimeUnit Unit { get; }

    /// <summary>Gets the currency of <see cref="MeanSpend"/>; none where nobody has named it.</summary>
    public Currency Currency { get; }

    /// <summary>Makes a history.</summary>
    /// <param name="frequency">x: repeat occasions, from 0 to 1,000,000.</param>
    /// <param name="recency">t_x: from the first occasion to the last, in <paramref name="unit"/>; 0 exactly when x is 0.</param>
    /// <param name="age">T: from the first occasion to now, in <paramref name="unit"/>; finite, at least t_x.</param>
    /// <param name="unit">The unit of time.</param>
    /// <param name="meanSpend">m_x: the mean net value of the repeat occasions; finite, and 0 when x is 0.</param>
    /// <param name="currency">The currency of the mean spend; none by default.</param>
    /// <returns>The history.</returns>
    /// <exception cref="RowFaultsException">The numbers do not make a history; the message names each.</exception>
    public static PurchaseHistory Of(int frequency, double recency, double age, TimeUnit unit, double meanSpend = 0, Currency currency = default)
    {
        var faults = new RowFaultList();
        HistoryRules.Check(0, frequency, recency, age, meanSpend, faults);
        faults.ThrowIfAny(nameof(frequency));
        return new(frequency, recency, age, meanSpend, unit, currency);
    }

    /// <summary>Makes a history, if the numbers make one.</summary>
    /// <param name="frequency">x: repeat occasions, from 0 to 1,000,000.</param>
    /// <param name="recency">t_x: from the first occasion to the last, in <paramref name="unit"/>; 0 exactly when x is 0.</param>
    /// <param name="age">T: from the first occasion to now, in <paramref name="unit"/>; finite, at least t_x.</param>
    /// <param name="unit">The unit of time.</param>
    /// <param name="meanSpend">m_x: the mean net value of the repeat occasions; finite, and 0 when x is 0.</param>
    /// <param name="currency">The currency of the mean spend; none where nobody has named it.</param>
    /// <param name="history">The history, or the default value.</param>
    /// <param name="faults">What is wrong with the numbers, each as of row 0; empty when nothing is.</param>
    /// <returns>Whether they make a history.</returns>
    public static bool TryOf(
        int frequency,
        double recency,
        double age,
        TimeUnit unit,
        double meanSpend,
        Currency currency,
        out PurchaseHistory history,
        out IReadOnlyList<RowFault> faults)
    {
        var found = new RowFaultList();
        HistoryRules.Check(0, frequency, recency, age, meanSpend, found);
        faults = found.Named;
        history = found.IsEmpty ? new(frequency, recency, age, meanSpend, unit, currency) : default;
        return found.IsEmpty;
    }
}
