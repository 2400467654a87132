using FsCheck;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Support;

/// <summary>Runs a property over generated cases, the same ones every time.</summary>
internal static class FixedSeed
{
    /// <summary>Runs a check, which throws where the property does not hold, over generated cases.</summary>
    internal static void ForAll<T>(Gen<T> cases, Action<T> check, int count = 200) =>
        Prop.ForAll(Arb.From(cases), check).Check(Config.QuickThrowOnFailure.WithReplay(1997_09_30UL, 39UL).WithMaxTest(count));
}
