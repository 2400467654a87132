namespace Crm.Core.Segments;

/// <summary>For each customer the next day on which something runs out for them, and for each day the customers.</summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class DueDays
{
    private readonly List<int> _next = [];
    private readonly SortedDictionary<int, List<int>> _customers = [];

    internal void AddCustomer() => _next.Add(int.MaxValue);

    internal void Forget(int customer) => _next[customer] = int.MaxValue;

    internal void Set(int customer, int day)
    {
        if (_next[customer] == day)
        {
            return;
        }

        // The entry for the day before stays in its list, and is passed over when its day comes.
        _next[customer] = day;
        if (day != int.MaxValue)
        {
            if (!_customers.TryGetValue(day, out List<int>? list))
            {
                _customers[day] = list = [];
            }

            list.Add(customer);
        }
    }

    internal void SetSooner(int customer, int day)
    {
        if (day < _next[customer])
        {
            Set(customer, day);
        }
    }

    /// <summary>Takes the first day up to a day for which somebody is due.</summary>
    internal bool TryTake(int until, out int day, out IReadOnlyList<int> customers)
    {
        foreach (var (first, list) in _customers)
        {
            if (first > until)
            {
                break;
            }

            _customers.Remove(first);
            var due = new List<int>(list.Count);
            foreach (int customer in list)
            {
                if (_next[customer] == first)
                {
                    _next[customer] = int.MaxValue; // once, though it may stand in the list twice
                    due.Add(customer);
                }
            }

            (day, customers) = (first, due);
            return true;
        }

        (day, customers) = (until, []);
        return false;
    }
}
