namespace Crm.Core.Tests.ReadMe;

/// <summary>Tests that take the console for themselves: while they run nothing else does, since others write to it too.</summary>
[CollectionDefinition(nameof(ConsoleAlone), DisableParallelization = true)]
public sealed class ConsoleAlone;
