using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Tests.Interactions;

public sealed class InteractionTests
{
    private static readonly Instant _noon = Instant.FromUtc(2026, 3, 1, 12, 0);

    private static readonly Interaction _note = new()
    {
        Id = InteractionId.Of("i"),
        Customer = CustomerId.Of("ada"),
        At = _noon,
        RecordedAt = _noon,
        Source = SourceId.Of("till"),
        Detail = new NoteDetail { Text = "secret" },
    };

    [Fact]
    public void Supersedes_OfACorrection_TheOriginalWheneverThatComes()
    {
        Interaction late = _note with { RecordedAt = _noon + Duration.FromDays(9) };
        Interaction right = Correction("right", 0);
        Assert.True(right.Supersedes(late));
        Assert.False(late.Supersedes(right));
        Assert.False(_note.Supersedes(late));
    }

    [Theory]
    [InlineData("a", 1, "b", 2)]
    [InlineData("b", 1, "a", 2)]
    [InlineData("a", 1, "b", 1)]
    [InlineData("B", 1, "a", 1)]
    [InlineData("10", 1, "9", 1)]
    [InlineData("\uFF01", 1, "𝔘", 1)]
    [InlineData("a", 1, "aa", 1)]
    public void Supersedes_OfTwoCorrections_TheOneRecordedLastOrOfTheGreaterId(string earlier, int recorded, string later, int recordedLater)
    {
        Interaction first = Correction(earlier, recorded);
        Interaction second = Correction(later, recordedLater);
        Assert.True(second.Supersedes(first));
        Assert.False(first.Supersedes(second));
        Assert.False(first.Supersedes(first));
    }

    [Fact]
    public void SaysTheSameAs_DifferentOnlyInItsRecord_IsTheSame()
    {
        Assert.True(_note.SaysTheSameAs(_note with { RecordedAt = Instant.MaxValue }));
        Assert.False(_note.SaysTheSameAs(_note with { Detail = new NoteDetail { Text = "Secret" } }));
        Assert.False(_note.SaysTheSameAs(_note with { Cost = Money.Of(0, Currency.Eur) }));
        Assert.False(_note.SaysTheSameAs(_note with { At = _noon + Duration.Epsilon }));
    }

    [Fact]
    public void Original_IsWhatIsCorrected_OrItself()
    {
        Assert.Equal(_note.Id, _note.Original);
        Assert.Equal(_note.Id, Correction("c", 1).Original);
    }

    [Fact]
    public void WithoutMentionOf_WhoBroughtTheBuyer_LeavesTheRest()
    {
        Interaction purchase = _note with { Detail = new PurchaseDetail { Amount = Money.Of(9, Currency.Eur), ReferredBy = CustomerId.Of("bob") } };
        Assert.Equal(CustomerId.Of("bob"), purchase.Detail.NamedCustomer);
        Interaction without = purchase.WithoutMentionOf(CustomerId.Of("bob"));
        Assert.Equal(_note with { Detail = new PurchaseDetail { Amount = Money.Of(9, Currency.Eur) }, IsMentionErased = true }, without);
        Assert.Equal(without, InteractionJson.Read(InteractionJson.Write(without)));

        // The source goes on naming whom we have forgotten: that is no other content.
        Assert.True(without.SaysTheSameAs(purchase) && purchase.SaysTheSameAs(without));
        Assert.False(without.SaysTheSameAs(purchase with { Detail = new PurchaseDetail { Amount = Money.Of(8, Currency.Eur), ReferredBy = CustomerId.Of("bob") } }));
        Assert.True(without.SaysTheSameAs(without with { IsMentionErased = false }), "the source has forgotten whom it named, too");
        Assert.Same(purchase, purchase.WithoutMentionOf(CustomerId.Of("eve")));
        Assert.Same(_note, _note.WithoutMentionOf(CustomerId.None));
    }

    [Fact]
    public void ToString_OfAnInteraction_HoldsNoContent() => Assert.Equal("Note i of customer ada at 2026-03-01T12:00:00Z", _note.ToString());

    [Fact]
    public void Properties_OutOfTheirRange_AreRefusedByName()
    {
        Assert.Equal("Cost", Assert.Throws<ArgumentOutOfRangeException>(() => _note with { Cost = Money.Of(-1, Currency.Eur) }).ParamName);
        Assert.Equal("Length", Assert.Throws<ArgumentOutOfRangeException>(() => _note with { Length = -Duration.Epsilon }).ParamName);
        Assert.Equal("Sentiment", Assert.Throws<ArgumentOutOfRangeException>(() => _note with { Sentiment = double.NaN }).ParamName);
        Assert.Equal("Customer", Assert.Throws<ArgumentException>(() => _note with { Customer = CustomerId.None }).ParamName);
        Assert.Equal("Detail", Assert.Throws<ArgumentNullException>(() => _note with { Detail = null! }).ParamName);
        Assert.Equal("Offer", Assert.Throws<ArgumentException>(() => _note with { Offer = OfferId.Of("\ud800") }).ParamName);
        Assert.Equal("Limit", Assert.Throws<ArgumentOutOfRangeException>(() => new InteractionQuery { Customer = _note.Customer, AsOf = AsOf.At(_noon), Limit = 1_001 }).ParamName);
        Assert.Equal("Limit", Assert.Throws<ArgumentOutOfRangeException>(() => new InteractionQuery { Customer = _note.Customer, AsOf = AsOf.At(_noon), Limit = 0 }).ParamName);
    }

    [Fact]
    public void Conflict_OfManyIds_NamesTheFirstAndHowManyMore()
    {
        InteractionId[] many = [.. Enumerable.Range(1, 25).Select(i => InteractionId.Of($"{i}"))];
        var conflict = new InteractionConflictException(many, [InteractionId.Of("c")]);
        Assert.Equal(many, conflict.SaysOtherwise);
        Assert.Contains(" 1, 2, 3,", conflict.Message, StringComparison.Ordinal);
        Assert.Contains("20 and 5 more are there already with another content", conflict.Message, StringComparison.Ordinal);
        Assert.Contains(" c correct a correction", conflict.Message, StringComparison.Ordinal);
    }

    private static Interaction Correction(string id, int recorded) =>
        _note with { Id = InteractionId.Of(id), Corrects = _note.Id, RecordedAt = _noon + Duration.FromHours(recorded) };
}
