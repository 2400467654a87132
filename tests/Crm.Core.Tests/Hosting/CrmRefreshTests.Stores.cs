using Crm.Core.Hosting;
using Crm.Core.Segments;

namespace Crm.Core.Tests.Hosting;

/// <content>Stores in which something else happens meanwhile.</content>
public sealed partial class CrmRefreshTests
{
    private sealed class AtStage(string stage, Action act) : IProgress<string>
    {
        public void Report(string value)
        {
            if (value == stage)
            {
                act();
            }
        }
    }

    /// <summary>Segments into which something else happens just before moves are written.</summary>
    private sealed class LateSegments(InMemorySegmentStore inner, Func<Task> before) : ISegmentStore
    {
        public bool ThrowsAfter { get; init; }

        public string DataName => inner.DataName;

        public async ValueTask<int> MoveAsync(IReadOnlyList<SegmentMove> moves, CancellationToken cancellationToken)
        {
            await before();
            int count = await inner.MoveAsync(moves, cancellationToken);
            return ThrowsAfter ? throw new IOException("The line went dead.") : count;
        }

        public ValueTask<StoreVersion> SaveAsync(Stored<Segment> segment, CancellationToken cancellationToken) => inner.SaveAsync(segment, cancellationToken);

        public IAsyncEnumerable<Stored<Segment>> ReadSegmentsAsync(CancellationToken cancellationToken) => inner.ReadSegmentsAsync(cancellationToken);

        public ValueTask<IReadOnlyList<SegmentMove>> ReadMovesAsync(CustomerId customer, CancellationToken cancellationToken) => inner.ReadMovesAsync(customer, cancellationToken);

        public IAsyncEnumerable<SegmentMove> ReadMembersAsync(SegmentId segment, AsOf asOf, CancellationToken cancellationToken) => inner.ReadMembersAsync(segment, asOf, cancellationToken);

        public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) => inner.EraseAsync(customer, cancellationToken);

        public IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, CancellationToken cancellationToken) => inner.ReadHeldDataAsync(customer, cancellationToken);
    }

    /// <summary>A store of its own in which something happens while a person is erased.</summary>
    private sealed class ActingStore(Action act) : IPersonalDataStore
    {
        public string DataName => "letters";

        public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken)
        {
            act();
            return new(new ErasureStatement { Store = DataName, Removed = 0 });
        }

        public IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, CancellationToken cancellationToken) => AsyncEnumerable.Empty<HeldData>();
    }

    /// <summary>Models of which one state was read before another wrote it.</summary>
    private sealed class StaleModels(InMemoryModelStore inner, RunArtefact before, Func<Task> meanwhile) : IModelStore
    {
        public ValueTask SaveAsync(RunArtefact artefact, CancellationToken cancellationToken) => inner.SaveAsync(artefact, cancellationToken);

        public async ValueTask<RunArtefact?> FindAsync(RunId run, string name, CancellationToken cancellationToken)
        {
            await meanwhile();
            return name == before.Name ? before : await inner.FindAsync(run, name, cancellationToken);
        }

        public ValueTask<IReadOnlyList<string>> ReadNamesAsync(RunId run, CancellationToken cancellationToken) => inner.ReadNamesAsync(run, cancellationToken);

        public ValueTask RemoveAsync(RunId run, string name, CancellationToken cancellationToken) => inner.RemoveAsync(run, name, cancellationToken);

        public ValueTask RemoveAsync(RunId run, CancellationToken cancellationToken) => inner.RemoveAsync(run, cancellationToken);
    }
}
