namespace Crm.Core.LifetimeValue;

/// <summary>The four parameters of Pareto/NBD: purchase rates are Gamma(r, α), dropout rates Gamma(s, β).</summary>
internal readonly record struct ParetoParameters(double R, double Alpha, double S, double Beta);
