using Crm.Core.LifetimeValue;

namespace Crm.Core.Cli.Output;

/// <summary>What <c>crm predict</c> was asked for.</summary>
internal sealed record PredictionTerms(string Model, Horizon Horizon, DiscountRate? Discount, double Margin, double Level, ParameterPrior? Prior);
