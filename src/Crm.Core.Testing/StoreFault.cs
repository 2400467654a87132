namespace Crm.Core.Testing;

/// <summary>A way in which a store, or the wire to it, fails.</summary>
public enum StoreFault
{
    /// <summary>None: the call is passed on and answered.</summary>
    None,

    /// <summary>Throws <see cref="StoreFaultException"/> before anything is done.</summary>
    ThrowsBefore,

    /// <summary>Does the work, all of it, and throws <see cref="StoreFaultException"/>: the line broke before the answer.</summary>
    ThrowsAfter,

    /// <summary>Does nothing and answers nothing until the caller's token is cancelled.</summary>
    TimesOut,

    /// <summary>Does the work, and then once more what was asked, as a wire that repeats a request does. A reading gives each item twice.</summary>
    AnswersTwice,

    /// <summary>Gives some of the items of a reading and throws <see cref="StoreFaultException"/>; of other calls, as <see cref="ThrowsBefore"/>.</summary>
    BreaksOff,

    /// <summary>
    /// Does the work, all of it, and answers nothing until the caller's token is cancelled: the caller waited no longer, and the store has it.
    /// A reading gives all its items and does not end.
    /// </summary>
    AnswersLate,
}
