using Crm.Core.Customers;
using NodaTime;
using static Crm.Core.Tests.Customers.Facts;

namespace Crm.Core.Tests.Customers;

public sealed class FactDatesTests
{
    [Theory]
    [InlineData(1, 5, true)]
    [InlineData(5, 5, true)]
    [InlineData(5, 4, false)]
    [InlineData(4, 9, false)]
    public void Holds_FromItsFirstMoment_OnceKnown(int trueAt, int knownAt, bool holds)
    {
        FactDates dates = Dates(recorded: 5, from: trueAt == 1 ? 1 : 5);
        Assert.Equal(holds, dates.Holds(new(Day(trueAt), Day(knownAt))));
    }

    [Fact]
    public void Holds_ToItsEndWithoutIt_ByTheNanosecond()
    {
        FactDates dates = Dates(recorded: 0, from: 1, until: 3, retracted: 9);
        Assert.True(dates.Holds(new(Day(1), Day(0))));
        Assert.False(dates.Holds(new(Day(1) - Duration.Epsilon, Day(0))));
        Assert.True(dates.Holds(new(Day(3) - Duration.Epsilon, Day(0))));
        Assert.False(dates.Holds(new(Day(3), Day(0))));
        Assert.True(dates.Holds(new(Day(2), Day(9) - Duration.Epsilon)));
        Assert.False(dates.Holds(new(Day(2), Day(9))));
        Assert.False(dates.Holds(new(Day(2), Day(0) - Duration.Epsilon)));
    }

    [Fact]
    public void Holds_WithoutAnyEnd_AlwaysOnceKnown()
    {
        FactDates dates = Dates(recorded: 2);
        Assert.True(dates.Holds(AsOf.Hindsight(Instant.MinValue)));
        Assert.True(dates.Holds(AsOf.Hindsight(Instant.MaxValue)));
        Assert.False(dates.Holds(AsOf.At(Day(1))));
    }

    [Fact]
    public void IsKnown_OfWhatIsTrueLater_CountsTheRecordOnly()
    {
        FactDates dates = Dates(recorded: 2, from: 8, retracted: 5);
        Assert.True(dates.IsKnown(AsOf.At(Day(2))));
        Assert.False(dates.Holds(AsOf.At(Day(2))));
        Assert.False(dates.IsKnown(AsOf.At(Day(5))));
    }

    [Fact]
    public void EffectiveFrom_IsTheFirstMomentItHolds_OrElseItsRecord()
    {
        Assert.Equal(Day(1), Dates(recorded: 5, from: 1).EffectiveFrom);
        Assert.Equal(Day(5), Dates(recorded: 5).EffectiveFrom);
    }

    [Theory]
    [InlineData(3, 2, null, "A fact does not end")]
    [InlineData(null, null, 4, "A fact is not retracted")]
    public void Dates_ThatEndBeforeTheyBegin_AreRefused(int? from, int? until, int? retracted, string words)
    {
        FactDates dates = Dates(5, from, until, retracted);
        var wrong = Assert.Throws<ArgumentException>(() => CustomerName.Of("Ada", dates));
        Assert.Equal("Dates", wrong.ParamName);
        Assert.StartsWith(words, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dates_OfNoLength_AreTaken() => Assert.NotNull(CustomerName.Of("Ada", Dates(5, from: 3, until: 3, retracted: 5)));

    [Fact]
    public void Dates_WithoutASource_AreRefused() => Assert.Contains(
        "where it comes from", Assert.Throws<ArgumentException>(() => CustomerName.Of("Ada", default)).Message, StringComparison.Ordinal);
}
