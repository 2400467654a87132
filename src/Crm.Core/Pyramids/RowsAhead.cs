namespace Crm.Core.Pyramids;

/// <summary>Tells the machine which places in memory are wanted soon, for customers who are known to come.</summary>
/// <remarks>
/// A change goes from a slot of the hash table to a row, from there to an entry and to the text of an id: each is fetched from memory while the one before it is
/// not yet known. Three steps ahead of each other, the places of several customers are fetched at once. It changes no answer, and nothing where the machine cannot.
/// </remarks>
internal sealed class RowsAhead(CustomerRows rowOfCustomer, RankedRows ranked, IReadOnlyList<CustomerId> customers)
{
    private const int Slots = 24;
    private const int Rows = 16;
    private const int Entries = 8;
    private const int Ring = 32; // more than the farthest

    private readonly uint[] _hashes = new uint[Ring];
    private readonly int[] _rows = new int[Ring];
    private int _fetched;

    /// <summary>Fetches what is wanted for the customers behind one.</summary>
    internal void Fetch(int place)
    {
        for (; _fetched < customers.Count && _fetched <= place + Slots; _fetched++)
        {
            _hashes[_fetched % Ring] = rowOfCustomer.FetchSlot(customers[_fetched]);
        }

        if (place + Rows < customers.Count)
        {
            int row = rowOfCustomer.LikelyRow(_hashes[(place + Rows) % Ring]);
            _rows[(place + Rows) % Ring] = row;
            ranked.FetchRow(row);
        }

        if (place + Entries < customers.Count && place + Entries >= Rows)
        {
            ranked.FetchEntry(_rows[(place + Entries) % Ring]);
        }
    }
}
