namespace Crm.Core.Cli;

/// <summary>Long work telling how far it is: stage by stage, and within a stage by the share that is done.</summary>
internal sealed class Work(Action<string> stage, Action<double> done) : IProgress<string>
{
    /// <summary>Begins the next stage.</summary>
    public void Report(string value) => stage(value);

    /// <summary>Says what share of the stage is done, from 0 to 1.</summary>
    internal void Done(double share) => done(share);
}
