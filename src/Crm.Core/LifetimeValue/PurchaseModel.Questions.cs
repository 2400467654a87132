using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Crm.Core.Histories;
using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <content>How a question is put to a model: once to the process that lies ahead, then weighed by P(alive), with slopes where asked for.</content>
public abstract partial class PurchaseModel
{
    private const int RowsAtATime = 256;

    /// <summary>Gets why purchases without a discount and without a horizon are infinite, or null where they are not.</summary>
    internal string? WhyPurchasesAreInfinite => HasPurchasesForEver ? null : WhyInfinite;

    /// <summary>The same model with other parameters, in the paper's order.</summary>
    internal abstract PurchaseModel WithParameters(double[] parameters);

    /// <summary>What is asked of the customers who are alive now.</summary>
    internal delegate double Ahead(AliveProcess process, Span<double> slopes);

    /// <summary>P(alive) alone: nothing is asked of what lies ahead.</summary>
    internal static double AliveNow(AliveProcess process, Span<double> slopes)
    {
        slopes.Clear();
        return 1;
    }

    /// <summary>P(alive) from the log-odds of having dropped out.</summary>
    internal static double Alive(double logOddsOut) => 1 / (1 + Math.Exp(logOddsOut));

    /// <summary>ln of the probability density of a history of someone who has not dropped out.</summary>
    private protected abstract double LogIfAlive(int frequency, double age);

    /// <summary>
    /// ln P(dropped out by T | x, t_x, T) − ln P(alive), −∞ where nobody can have dropped out. The slopes are empty, or receive the
    /// derivatives with respect to the logarithms of the parameters.
    /// </summary>
    private protected abstract double LogOddsOut(int frequency, double recency, double age, Span<double> slopes);

    /// <summary>What lies ahead of a customer who is alive at T after x repeat purchases.</summary>
    private protected abstract AliveProcess AliveAfter(int frequency, double age);

    /// <summary>∂ ln(parameter of <see cref="AliveAfter"/>) / ∂ ln(parameter of the model), parameter by parameter.</summary>
    private protected abstract void Shares(int frequency, double age, Span<double> shares);

    /// <summary>The probability that anything lies ahead of a new customer, and its derivatives.</summary>
    private protected abstract double Start(Span<double> slopes);

    /// <summary>What lies ahead of a new customer for whom something does; the shares are empty, or as those of <see cref="Shares"/>.</summary>
    private protected abstract AliveProcess NewCustomer(Span<double> shares);

    /// <summary>Whether the expected purchases of every customer up to the end of time are finite.</summary>
    private protected abstract bool HasPurchasesForEver { get; }

    /// <summary>Whether the expected lifetime of every customer is finite.</summary>
    private protected abstract bool HasLifetimeForEver { get; }

    /// <summary>The parameters that make what goes on for ever infinite, in words: "a is at most 1".</summary>
    private protected abstract string WhyInfinite { get; }

    /// <summary>The answer for one customer, and its derivatives with respect to the logarithms of the parameters.</summary>
    internal double OfOne(in PurchaseHistory history, Ahead ahead, Span<double> slopes)
    {
        CheckUnit(history.Unit);
        return OfOne(history.Frequency, history.Recency, history.Age, ahead, slopes);
    }

    /// <summary>The answer for a customer without repeat purchases, and its derivatives with respect to the logarithms of the parameters.</summary>
    internal double OfOneWithoutRepeats(double age, Ahead ahead, Span<double> slopes) => OfOne(0, 0, age, ahead, slopes);

    /// <summary>The log-odds of having dropped out of a customer without repeat purchases, and their derivatives.</summary>
    internal double LogOddsOutWithoutRepeats(double age, Span<double> slopes) => LogOddsOut(0, 0, age, slopes);

    private double OfOne(int frequency, double recency, double age, Ahead ahead, Span<double> slopes)
    {
        Span<double> ofProcess = stackalloc double[slopes.Length];
        double shared = AskProcess(frequency, age, ahead, ofProcess);
        return WithOdds(frequency, recency, age, shared, ofProcess, slopes);
    }

    /// <summary>The answer for a new customer, and its derivatives with respect to the logarithms of the parameters.</summary>
    internal double OfNewCustomer(Ahead ahead, Span<double> slopes)
    {
        Span<double> shares = stackalloc double[slopes.Length];
        Span<double> ofProcess = stackalloc double[slopes.Length];
        double shared = ahead(NewCustomer(shares), ofProcess);
        double start = Start(slopes);
        for (int i = 0; i < slopes.Length; i++)
        {
            slopes[i] = (slopes[i] * shared) + (start * shares[i] * ofProcess[i]);
        }

        return start * shared;
    }

    /// <summary>The log-odds of having dropped out, and their derivatives with respect to the logarithms of the parameters.</summary>
    internal double LogOddsOut(in PurchaseHistory history, Span<double> slopes)
    {
        CheckUnit(history.Unit);
        return LogOddsOut(history.Frequency, history.Recency, history.Age, slopes);
    }

    /// <summary>Gives the log-odds of having dropped out for every distinct history, and their slopes, on several threads and in no order.</summary>
    internal void LogOddsOutOfEveryDistinct(PurchaseHistories histories, Answer answer)
    {
        DistinctHistories distinct = Checked(histories);
        ForEveryRun(distinct, (from, to) =>
        {
            Span<double> slopes = stackalloc double[AliveProcess.Parameters];
            for (int row = from; row < to; row++)
            {
                answer(row, LogOddsOut(distinct.Frequency[row], distinct.Recency[row], distinct.Age[row], slopes), slopes);
            }
        }, CancellationToken.None);
    }

    /// <summary>What the process says of the customers of every distinct history, asked once for all that share it.</summary>
    internal TAnswer[] AskEveryDistinct<TAnswer>(PurchaseHistories histories, Func<AliveProcess, TAnswer> ask, CancellationToken cancellationToken)
    {
        DistinctHistories distinct = Checked(histories);
        var answers = new TAnswer[distinct.Count];
        ForEveryRun(distinct, (from, to) =>
        {
            for (int row = from; row < to; row++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                answers[row] = row > from && distinct.IsLikeTheOneBefore(row)
                    ? answers[row - 1]
                    : ask(AliveAfter(distinct.Frequency[row], distinct.Age[row]));
            }
        }, cancellationToken);
        return answers;
    }

    /// <summary>Takes the answer for a distinct history, and its derivatives with respect to the logarithms of the parameters.</summary>
    internal delegate void Answer(int row, double value, ReadOnlySpan<double> slopes);

    /// <summary>The answer for every distinct history, of one customer each.</summary>
    internal double[] OfEveryDistinct(PurchaseHistories histories, Ahead ahead, CancellationToken cancellationToken)
    {
        double[] values = GC.AllocateUninitializedArray<double>(Checked(histories).Count);
        AnswerEveryDistinct(histories, ahead, slopesPerRow: 0, (row, value, _) => values[row] = value, cancellationToken);
        return values;
    }

    /// <summary>The answer for every distinct history, and its slopes, as many a history as there are parameters.</summary>
    internal double[] OfEveryDistinct(PurchaseHistories histories, Ahead ahead, double[] slopes, CancellationToken cancellationToken)
    {
        var values = new double[Checked(histories).Count];
        AnswerEveryDistinct(
            histories,
            ahead,
            AliveProcess.Parameters,
            (row, value, ofRow) =>
            {
                values[row] = value;
                ofRow.CopyTo(slopes.AsSpan(row * AliveProcess.Parameters));
            },
            cancellationToken);
        return values;
    }

    /// <summary>Answers for every distinct history, of one customer each, on several threads and in no order; without slopes where none are asked for.</summary>
    /// <remarks>P(alive) depends on x, t_x and T, what lies ahead on x and T alone: neighbours in the sorted order share it.</remarks>
    internal void AnswerEveryDistinct(
        PurchaseHistories histories, Ahead ahead, int slopesPerRow, Answer answer, CancellationToken cancellationToken)
    {
        DistinctHistories distinct = Checked(histories);
        ForEveryRun(distinct, (from, to) =>
        {
            double shared = 0;
            Span<double> ofProcess = stackalloc double[slopesPerRow];
            Span<double> slopes = stackalloc double[slopesPerRow];
            for (int row = from; row < to; row++)
            {
                int x = distinct.Frequency[row];
                double age = distinct.Age[row];
                if (row == from || !distinct.IsLikeTheOneBefore(row))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    shared = AskProcess(x, age, ahead, ofProcess);
                }

                answer(row, WithOdds(x, distinct.Recency[row], age, shared, ofProcess, slopes), slopes);
            }
        }, cancellationToken);
    }

    /// <summary>What lies ahead of a customer with this history, if they have not dropped out.</summary>
    internal AliveProcess ProcessOf(in PurchaseHistory history) => AliveAfter(history.Frequency, history.Age);

    internal void CheckUnit(TimeUnit unit)
    {
        if (unit != Unit)
        {
            throw new UnitMismatchException(Unit, unit);
        }
    }

    internal double Limited(Horizon horizon, [CallerArgumentExpression(nameof(horizon))] string name = "") =>
        horizon.IsLimited ? horizon.In(Unit) : throw new ArgumentOutOfRangeException(name, "Must be a limited horizon; it was unlimited. Give it an end.");

    internal void CheckPurchasesExist(DiscountRate discount, Horizon horizon)
    {
        if (!HasDiscountedPurchases(discount, horizon))
        {
            throw Infinite("purchases");
        }
    }

    internal void CheckLifetimeExists(DiscountRate discount, Horizon horizon)
    {
        if (!HasDiscountedLifetime(discount, horizon))
        {
            throw Infinite("lifetime");
        }
    }

    private double LogLikelihood(int frequency, double recency, double age) =>
        LogIfAlive(frequency, age) + SoftPlus(LogOddsOut(frequency, recency, age, []));

    private static double SoftPlus(double u) => u > 0 ? u + ElementaryFunctions.Log1P(Math.Exp(-u)) : ElementaryFunctions.Log1P(Math.Exp(u));

    private double AskProcess(int frequency, double age, Ahead ahead, Span<double> slopes)
    {
        double value = ahead(AliveAfter(frequency, age), slopes);
        if (slopes.Length > 0)
        {
            Span<double> shares = stackalloc double[AliveProcess.Parameters];
            Shares(frequency, age, shares);
            for (int i = 0; i < slopes.Length; i++)
            {
                slopes[i] *= shares[i];
            }
        }

        return value;
    }

    // P(alive) times what lies ahead; the slope of P is −P (1 − P) times that of the log-odds of having dropped out.
    private double WithOdds(int frequency, double recency, double age, double shared, ReadOnlySpan<double> ofProcess, Span<double> slopes)
    {
        double oddsOut = Math.Exp(LogOddsOut(frequency, recency, age, slopes));
        double alive = 1 / (1 + oddsOut);
        if (slopes.Length == 0)
        {
            return alive * shared;
        }

        // 1 − P, with all its digits where P is nearly 1, and 1 where the odds are infinite.
        double lost = shared / (1 + (1 / oddsOut));
        Vector256<double> ofOdds = Vector256.Create<double>(slopes);
        (Vector256.Create(alive) * (Vector256.Create(ofProcess) - (Vector256.Create(lost) * ofOdds))).CopyTo(slopes);
        return alive * shared;
    }

    private void ForEveryRow(PurchaseHistories histories, Span<double> destination, Ahead ahead, CancellationToken cancellationToken)
    {
        DistinctHistories distinct = Checked(histories);
        Guard.SameLength(histories.Count, destination.Length, "rows of the histories", nameof(destination));
        double[] values = OfEveryDistinct(histories, ahead, cancellationToken);
        SpreadOut.Over(destination, values, distinct.GroupOfRow);
    }

    // Few rows a time, since those of many purchases cost a hundred times what the others do; those that share x and T together.
    private static void ForEveryRun(DistinctHistories distinct, Action<int, int> work, CancellationToken cancellationToken) => Parallel.For(
        0,
        (distinct.Count + RowsAtATime - 1) / RowsAtATime,
        new ParallelOptions { CancellationToken = cancellationToken },
        part => work(distinct.StartOfRun(part * RowsAtATime, RowsAtATime), distinct.StartOfRun((part + 1) * RowsAtATime, RowsAtATime)));

    private DistinctHistories Checked(PurchaseHistories histories)
    {
        ArgumentNullException.ThrowIfNull(histories);
        CheckUnit(histories.Unit);
        return histories.Distinct;
    }

    private UndefinedValueException Infinite(string what) => new(
        $"Without a discount and without a horizon the expected {what} of a customer are infinite under this {Name} model, since {WhyInfinite}. "
        + "Give a discount rate above 0 or a limited horizon.");
}
