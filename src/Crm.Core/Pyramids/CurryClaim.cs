namespace Crm.Core.Pyramids;

/// <summary>What Curry &amp; Curry (2000), "The Customer Marketing Method", say of customer pyramids, as far as a base's own numbers can answer it.</summary>
public enum CurryClaim
{
    /// <summary>The top 20 % of the customers bring 80 % of the revenue; read as: 80 % or more.</summary>
    TopFifthBringsRevenue,

    /// <summary>The top 20 % of the customers bring more than 100 % of the profit: the others cost more than they bring.</summary>
    TopFifthBringsProfit,

    /// <summary>Existing customers bring up to 90 % of the revenue; read as: more than half of it.</summary>
    ExistingCustomersBringRevenue,

    /// <summary>The bulk of the marketing budget is spent on those who are no customers; read as: more than half of it.</summary>
    MarketingGoesToOthers,

    /// <summary>From 5 to 30 % of the customers can move up in the pyramid.</summary>
    CustomersCanMoveUp,

    /// <summary>2 % of the customers moved up bring 10 % more revenue; read as: 10 % or more, by 2 % of every tier moved to the next one.</summary>
    MovesRaiseRevenue,

    /// <summary>2 % of the customers moved up bring 50 % more profit; read as: 50 % or more, by 2 % of every tier moved to the next one.</summary>
    MovesRaiseProfit,
}
