namespace Crm.Core.Pyramids;

/// <summary>What each customer of a pyramid brings, costs and says, row by row, and what the company spends whoever its customers are.</summary>
/// <remarks>Arrays are copied where they are used. All amounts are in one currency and over one span of time.</remarks>
public sealed record CustomerFigures
{
    /// <summary>Gets the revenue of each customer.</summary>
    public required ReadOnlyMemory<double> Revenue { get; init; }

    /// <summary>Gets what is left of it after the costs that the customer causes; may be negative. Empty where it is not known.</summary>
    public ReadOnlyMemory<double> Contribution { get; init; }

    /// <summary>Gets the lifetime value of each customer; may be negative. Empty where it is not known.</summary>
    public ReadOnlyMemory<double> LifetimeValue { get; init; }

    /// <summary>Gets what was spent on marketing to each, prospects and suspects among them; 0 or more. Empty where it is not known.</summary>
    public ReadOnlyMemory<double> Marketing { get; init; }

    /// <summary>Gets how satisfied each says to be, on any one scale; NaN for who did not say. Empty where nobody was asked.</summary>
    public ReadOnlyMemory<double> Satisfaction { get; init; }

    /// <summary>Gets whether each came as a customer within the span of time. Empty where it is not known.</summary>
    public ReadOnlyMemory<bool> IsNew { get; init; }

    /// <summary>
    /// Gets whether each moved to a higher tier within the span of time, 1 or 0, or how probable it is that they will; NaN for who was no customer before, or of whom it is not known. Empty
    /// where nothing is.
    /// </summary>
    public ReadOnlyMemory<double> MovedUp { get; init; }

    /// <summary>Gets the costs that do not change with the customers: what is left of all contributions after them is the profit. 0 or more.</summary>
    public double FixedCosts { get; init; }

    /// <summary>Gets what was spent on marketing to those who are no customers and in no row: advertising, say. 0 or more; null where it is not known.</summary>
    public double? OtherMarketing { get; init; }

    /// <summary>Copies, so that whoever holds an array cannot change what was measured.</summary>
    internal CustomerFigures Copied() => this with
    {
        Revenue = Revenue.ToArray(),
        Contribution = Contribution.ToArray(),
        LifetimeValue = LifetimeValue.ToArray(),
        Marketing = Marketing.ToArray(),
        Satisfaction = Satisfaction.ToArray(),
        IsNew = IsNew.ToArray(),
        MovedUp = MovedUp.ToArray(),
    };

    /// <summary>Reports everything at fault together.</summary>
    /// <exception cref="ArgumentException">A length is not that of the pyramid, or a row of it stands for several customers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">What is one amount for all is negative or not finite.</exception>
    /// <exception cref="RowFaultsException">An amount of a customer is not accepted.</exception>
    internal void Check(Pyramid pyramid, string name)
    {
        CheckAmount(FixedCosts, "Fixed costs are", name);
        CheckAmount(OtherMarketing ?? 0, "Other marketing spend is", name);
        int rows = pyramid.TierOfRow.Length;
        for (int row = 0; row < rows; row++)
        {
            if (pyramid.CustomersOf(row) != 1)
            {
                throw new ArgumentException("A row of the pyramid stands for several customers. Give each a row.", nameof(pyramid));
            }
        }

        var faults = new RowFaultList();
        CheckLength(rows, Revenue.Length, name);
        CheckColumn(rows, Revenue, "revenue", "a finite amount", double.IsFinite, faults);
        CheckColumn(rows, Contribution, "contribution", "a finite amount", double.IsFinite, faults);
        CheckColumn(rows, LifetimeValue, "lifetime value", "a finite amount", double.IsFinite, faults);
        CheckColumn(rows, Marketing, "marketing", "a finite amount, 0 or more", amount => amount >= 0 && double.IsFinite(amount), faults);
        CheckColumn(rows, Satisfaction, "satisfaction", "a finite number, or NaN where it is not known", number => !double.IsInfinity(number), faults);
        CheckColumn(rows, MovedUp, "moved up", "a probability from 0 to 1, or NaN where it is not known", number => double.IsNaN(number) || number is >= 0 and <= 1, faults);
        CheckLength(rows, IsNew.IsEmpty ? rows : IsNew.Length, name);
        faults.ThrowIfAny(name);
        foreach (ReadOnlyMemory<double> column in (ReadOnlyMemory<double>[])[Revenue, Contribution, LifetimeValue, Marketing])
        {
            double size = 0;
            foreach (double amount in column.Span)
            {
                size += Math.Abs(amount);
            }

            if (double.IsInfinity(size))
            {
                throw new ArgumentException("The amounts are finite and a sum of them is not. Give them in a greater unit of money.", name);
            }
        }
    }

    private static void CheckAmount(double amount, string what, string name)
    {
        if (!(amount >= 0) || double.IsInfinity(amount))
        {
            throw new ArgumentOutOfRangeException(name, FormattableString.Invariant($"{what} 0 or more; this is {amount}."));
        }
    }

    private static void CheckLength(int rows, int length, string name) => Guard.SameLength(rows, length, "customers", name);

    private static void CheckColumn(int rows, ReadOnlyMemory<double> column, string what, string accepted, Func<double, bool> isAccepted, RowFaultList faults)
    {
        CheckLength(rows, column.IsEmpty ? rows : column.Length, what);
        for (int row = 0; row < column.Length; row++)
        {
            if (!isAccepted(column.Span[row]))
            {
                faults.Add(row, what, $"{column.Span[row]}", accepted);
            }
        }
    }
}
