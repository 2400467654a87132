using System.Runtime.CompilerServices;

namespace Crm.Core.Testing;

/// <summary>Makes one call fail as the plan says.</summary>
internal static class FaultRunner
{
    internal static async ValueTask<T> Run<T>(this FaultPlan plan, Func<ValueTask<T>> call, CancellationToken token, [CallerMemberName] string member = "")
    {
        StoreCall begun = plan.Begin(member);
        await FailBefore(begun, token).ConfigureAwait(false);
        T answer = await call().ConfigureAwait(false);
        await FailAfter(begun, token).ConfigureAwait(false);
        return begun.Fault == StoreFault.AnswersTwice ? await call().ConfigureAwait(false) : answer;
    }

    internal static async ValueTask Run(this FaultPlan plan, Func<ValueTask> call, CancellationToken token, [CallerMemberName] string member = "") =>
        await plan.Run(async ValueTask<bool> () =>
        {
            await call().ConfigureAwait(false);
            return true;
        }, token, member).ConfigureAwait(false);

    internal static async IAsyncEnumerable<T> Run<T>(
        this FaultPlan plan, IAsyncEnumerable<T> items, [EnumeratorCancellation] CancellationToken token, [CallerMemberName] string member = "")
    {
        StoreCall begun = plan.Begin(member);
        if (begun.Fault != StoreFault.BreaksOff)
        {
            await FailBefore(begun, token).ConfigureAwait(false);
        }

        bool isFirst = true;
        await foreach (T item in items.WithCancellation(token).ConfigureAwait(false))
        {
            // Half of two items, or of more: at least one is given, and the end is never reached.
            if (begun.Fault == StoreFault.BreaksOff && !isFirst)
            {
                throw new StoreFaultException(begun);
            }

            isFirst = false;
            yield return item;
            if (begun.Fault == StoreFault.AnswersTwice)
            {
                yield return item;
            }
        }

        if (begun.Fault == StoreFault.BreaksOff)
        {
            throw new StoreFaultException(begun);
        }

        await FailAfter(begun, token).ConfigureAwait(false);
    }

    private static async ValueTask FailBefore(StoreCall call, CancellationToken token)
    {
        if (call.Fault is StoreFault.ThrowsBefore or StoreFault.BreaksOff)
        {
            throw new StoreFaultException(call);
        }

        if (call.Fault == StoreFault.TimesOut)
        {
            await Task.Delay(Timeout.Infinite, token).ConfigureAwait(false);
        }
    }

    private static async ValueTask FailAfter(StoreCall call, CancellationToken token)
    {
        if (call.Fault == StoreFault.ThrowsAfter)
        {
            throw new StoreFaultException(call);
        }

        if (call.Fault == StoreFault.AnswersLate)
        {
            await Task.Delay(Timeout.Infinite, token).ConfigureAwait(false);
        }
    }
}
