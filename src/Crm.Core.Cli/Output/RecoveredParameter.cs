namespace Crm.Core.Cli.Output;

/// <summary>A parameter that a simulation knew, and what a fit made of it.</summary>
internal sealed record RecoveredParameter(string Model, string Name, double True, double Recovered, double StandardError)
{
    public double StandardErrorsOff => (Recovered - True) / StandardError;
}
