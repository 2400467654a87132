namespace Crm.Core.Segments;

/// <summary>What a search for segments found wrong or noteworthy in the data.</summary>
public enum DiscoveryDiagnosis
{
    /// <summary>There are fewer customers than the model has parameters, or than it has segments.</summary>
    TooFewCustomers,

    /// <summary>Customers differ in no feature, or in fewer ways than there are to be segments.</summary>
    FewDistinctCustomers,

    /// <summary>A feature is the same for all customers and was left out.</summary>
    ConstantFeature,

    /// <summary>A feature says what others say already: together they lie in fewer dimensions than they are.</summary>
    CollinearFeatures,

    /// <summary>A segment is flat in a direction: its customers have one value there, and the likelihood has no bound but the floor that was set.</summary>
    CollapsedSegment,

    /// <summary>A segment lost its customers on the way, or is nobody's most likely one.</summary>
    EmptySegment,

    /// <summary>The steps allowed were used up before the end.</summary>
    NotConverged,

    /// <summary>The segments lie so close that their borders are a convenience.</summary>
    WeakStructure,

    /// <summary>The choice was made on a sample of the customers; the segments were then fitted to all.</summary>
    ChosenOnSample,

    /// <summary>A feature has few different values: its values could be taken for segments, and mixtures may collapse on them.</summary>
    FewValues,
}
