namespace Crm.Core.Docs.Tests;

/// <summary>Tests that set the current folder or the console: nothing runs beside them.</summary>
[CollectionDefinition(nameof(OneAtATime), DisableParallelization = true)]
public sealed class OneAtATime;
