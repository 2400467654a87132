using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(Crm.Core.Benchmarks.SimulatedBase).Assembly).Run(args);
