using System.Runtime.CompilerServices;

namespace Crm.Core.LifetimeValue;

/// <summary>What every parameter of a model must be: a number above 0, far enough from the ends of a double that no answer leaves it.</summary>
internal static class ModelParameter
{
    internal const double Least = 1e-30;
    internal const double Most = 1e30;

    internal static double Checked(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Guard.InRange(value, Least, Most, "Check the parameters against the fit they come from.", name);
}
