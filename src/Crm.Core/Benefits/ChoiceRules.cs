namespace Crm.Core.Benefits;

/// <summary>The two rules of choice, over the benefits of the alternatives in order; buying nothing, where it is one, is the last.</summary>
internal static class ChoiceRules
{
    /// <summary>The place of the greatest benefit; of equal ones, the first.</summary>
    internal static int FirstChoice(ReadOnlySpan<double> benefits)
    {
        int best = 0;
        for (int place = 1; place < benefits.Length; place++)
        {
            if (benefits[place] > benefits[best])
            {
                best = place;
            }
        }

        return best;
    }

    /// <summary>e^(b/s) over its sum. The greatest benefit is taken away first, so that nothing overflows and the sum is 1 or more.</summary>
    internal static void Logit(ReadOnlySpan<double> benefits, double scale, Span<double> shares)
    {
        double greatest = benefits[FirstChoice(benefits)];
        double sum = 0;
        for (int place = 0; place < benefits.Length; place++)
        {
            shares[place] = Math.Exp((benefits[place] - greatest) / scale);
            sum += shares[place];
        }

        for (int place = 0; place < benefits.Length; place++)
        {
            shares[place] /= sum;
        }
    }
}
