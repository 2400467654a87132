using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>
/// The odds that a Pareto/NBD customer dropped out unseen between the last purchase and now, as an integral over the unseen moment.
/// </summary>
/// <remarks>
/// <para>
/// P(dropped out) / P(alive) = s ∫ ((α+T)/(α+τ))^(r+x) ((β+T)/(β+τ))^s dτ/(β+τ) over τ from t_x to T: every part is positive, for
/// any parameters, s = 1 and α = β included. The closed form, a difference of two Gaussian hypergeometric values, cancels.
/// </para>
/// <para>
/// With τ = t_x + c(e^v − 1), c the smaller of α + t_x and β + t_x, the logarithm of the integrand is concave in v and its nearest
/// singularity lies at distance π. What depends on τ is taken relative to t_x, so that no difference of large numbers is formed.
/// </para>
/// </remarks>
internal static class UnseenDropout
{
    /// <summary>How many numbers <see cref="LogOdds"/> gathers of first derivatives, and of first and second ones.</summary>
    internal const int FirstMoments = 4;
    internal const int AllMoments = 4 + 10;

    /// <summary>ln odds; −∞ where the last purchase is now.</summary>
    /// <param name="parameters">r, α, s, β.</param>
    /// <param name="x">Repeat purchases.</param>
    /// <param name="recency">t_x.</param>
    /// <param name="age">T.</param>
    /// <param name="moments">
    /// Empty, or receives E[h_i] and then, if there is room, E[h_i h_j + h_ij] as upper triangle by rows: the derivatives of the odds
    /// over the odds, with respect to r, α, s, β.
    /// </param>
    internal static double LogOdds(in ParetoParameters parameters, int x, double recency, double age, Span<double> moments)
    {
        moments.Clear();
        double unseen = age - recency;
        if (unseen <= 0)
        {
            return double.NegativeInfinity;
        }

        var moment = new Moment(parameters, x, recency, unseen, moments);
        double integral = PanelIntegral.Of(moment.Length, ref moment);
        for (int i = 0; i < moments.Length; i++)
        {
            moments[i] = moment.Gathered(i) / integral;
        }

        return moment.LogScale + Math.Log(integral);
    }

    /// <summary>The integrand over the unseen moment, and the sums for its derivatives.</summary>
    private struct Moment : IPanelIntegrand
    {
        private readonly double _r;
        private readonly double _s;
        private readonly double _shape; // r + x
        private readonly double _purchaseRate; // α + t_x
        private readonly double _dropoutRate; // β + t_x
        private readonly double _scale; // c
        private readonly double _logPurchaseEnd; // ln((α+T)/(α+t_x))
        private readonly double _logDropoutEnd; // ln((β+T)/(β+t_x))
        private readonly double _overPurchaseEnd; // 1/(α+T)
        private readonly double _overDropoutEnd; // 1/(β+T)
        private readonly int _wanted;
        private Sums _sums;
        private Vector256<double> _since; // τ − t_x
        private Vector256<double> _logPurchase; // ln((α+τ)/(α+t_x))
        private Vector256<double> _logDropout; // ln((β+τ)/(β+t_x))

        internal Moment(in ParetoParameters parameters, int x, double recency, double unseen, ReadOnlySpan<double> wanted)
        {
            _r = parameters.R;
            _s = parameters.S;
            _shape = _r + x;
            _purchaseRate = parameters.Alpha + recency;
            _dropoutRate = parameters.Beta + recency;
            _scale = Math.Min(_purchaseRate, _dropoutRate);
            _logPurchaseEnd = ElementaryFunctions.Log1P(unseen / _purchaseRate);
            _logDropoutEnd = ElementaryFunctions.Log1P(unseen / _dropoutRate);
            _overPurchaseEnd = 1 / (_purchaseRate + unseen);
            _overDropoutEnd = 1 / (_dropoutRate + unseen);
            _wanted = wanted.Length;
            Length = ElementaryFunctions.Log1P(unseen / _scale);
            LogScale = Math.Log(_s * (_scale / _dropoutRate)) + (_shape * _logPurchaseEnd) + (_s * _logDropoutEnd);
        }

        internal double Length { get; }

        internal double LogScale { get; }

        public Vector256<double> Log(Vector256<double> v)
        {
            _since = Vector256.Create(_scale) * ElementaryVectors.ExpM1(v);
            _logPurchase = _purchaseRate == _scale ? v : ElementaryVectors.Log1P(_since / Vector256.Create(_purchaseRate));
            _logDropout = _dropoutRate == _scale ? v : ElementaryVectors.Log1P(_since / Vector256.Create(_dropoutRate));
            return v - (Vector256.Create(_shape) * _logPurchase) - (Vector256.Create(_s + 1) * _logDropout);
        }

        public void Gather(Vector256<double> parts)
        {
            if (_wanted == 0)
            {
                return;
            }

            Vector256<double> overPurchase = Vector256<double>.One / (Vector256.Create(_purchaseRate) + _since);
            Vector256<double> overDropout = Vector256<double>.One / (Vector256.Create(_dropoutRate) + _since);
            Vector256<double> purchases = Vector256.Create(_overPurchaseEnd) - overPurchase;
            Vector256<double> dropouts = Vector256.Create(_overDropoutEnd) - overDropout;
            Vector256<double> r = Vector256.Create(_logPurchaseEnd) - _logPurchase;
            Vector256<double> alpha = Vector256.Create(_shape) * purchases;
            Vector256<double> s = Vector256.Create((1 / _s) + _logDropoutEnd) - _logDropout;
            Vector256<double> beta = (Vector256.Create(_s) * dropouts) - overDropout;
            _sums[0] += parts * r;
            _sums[1] += parts * alpha;
            _sums[2] += parts * s;
            _sums[3] += parts * beta;
            if (_wanted == FirstMoments)
            {
                return;
            }

            _sums[4] += parts * r * r;
            _sums[5] += parts * ((r * alpha) + purchases);
            _sums[6] += parts * r * s;
            _sums[7] += parts * r * beta;
            _sums[8] += parts * ((alpha * alpha) - (alpha * (Vector256.Create(_overPurchaseEnd) + overPurchase)));
            _sums[9] += parts * alpha * s;
            _sums[10] += parts * alpha * beta;
            _sums[11] += parts * ((s * s) - Vector256.Create(1 / (_s * _s)));
            _sums[12] += parts * ((s * beta) + dropouts);
            _sums[13] += parts
                * ((beta * beta) - (Vector256.Create(_s) * dropouts * (Vector256.Create(_overDropoutEnd) + overDropout)) + (overDropout * overDropout));
        }

        internal readonly double Gathered(int index) => ElementaryVectors.Sum(_sums[index]);
    }

    /// <summary>Room for the sums inside the integrand itself: nothing is allocated.</summary>
    [InlineArray(AllMoments)]
    private struct Sums
    {
        private Vector256<double> _first;
    }
}
