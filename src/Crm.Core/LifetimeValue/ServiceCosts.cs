using Crm.Core.Histories;

namespace Crm.Core.LifetimeValue;

/// <summary>What it costs to serve the customer of each row for one unit of the model's time: one number for all, or a number of its own.</summary>
internal sealed class ServiceCosts
{
    private readonly double _ofAll;
    private readonly double[]? _ofRows;

    private ServiceCosts(double ofAll, double[]? ofRows)
    {
        _ofAll = ofAll;
        _ofRows = ofRows;
        Any = ofAll > 0 || (ofRows is not null && Array.Exists(ofRows, cost => cost > 0));
    }

    /// <summary>Gets a value indicating whether serving costs anything: else nobody needs the lifetimes.</summary>
    internal bool Any { get; }

    internal double this[int row] => _ofRows is null ? _ofAll : _ofRows[row];

    internal static ServiceCosts Of(ClvTerms terms, TimeUnit unit) => new(terms.CostToServePer(unit), null);

    /// <summary>Checks a column of yearly costs, and brings it to the model's unit by the one factor that all costs are brought by.</summary>
    internal static ServiceCosts Of(PurchaseHistories histories, ClvTerms terms, TimeUnit unit, ReadOnlySpan<double> yearly)
    {
        Guard.SameLength(histories.Count, yearly.Length, "rows", "yearlyCostToServe");
        if (terms.CostToServe is not null)
        {
            throw new ArgumentException("The cost to serve is given twice: for all customers by the terms, and row by row. Leave one out.", nameof(terms));
        }

        double factor = ClvTerms.PerYear(unit);
        var ofRows = new double[yearly.Length];
        var faults = new RowFaultList();
        for (int row = 0; row < ofRows.Length; row++)
        {
            if (!(yearly[row] >= 0 && double.IsFinite(yearly[row])))
            {
                faults.Add(row, "yearlyCostToServe", $"{yearly[row]}", "a finite number, 0 or more");
            }

            ofRows[row] = yearly[row] * factor;
        }

        faults.ThrowIfAny("yearlyCostToServe");
        return new(0, ofRows);
    }
}
