using Crm.Core.Customers;
using Crm.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Customers;

/// <summary>Properties: what was known on a day can be asked on every later one.</summary>
public sealed class CustomerAsOfTests
{
    // What is done on a day: 0 and 1 add, 2 ends, 3 retracts; to which fact; from when it is true and until when, if ever.
    private static readonly Gen<(int What, int Which, int Kind, int From, int Until)[]> _lives =
        from what in Gen.Choose(0, 3).ArrayOf(14)
        from which in Gen.Choose(0, 99).ArrayOf(14)
        from kind in Gen.Choose(0, 3).ArrayOf(14)
        from start in Gen.Choose(-3, 14).ArrayOf(14)
        from until in Gen.Choose(-3, 25).ArrayOf(14)
        select Enumerable.Range(0, 14).Select(i => (what[i], which[i], kind[i], start[i], until[i])).ToArray();

    [Fact]
    public void FactsAndConsent_AsOfAnyDay_AreThoseOfTheStateOfThatDay() => FixedSeed.ForAll(_lives, life =>
    {
        Customer[] states = States(life);
        for (int day = 0; day < states.Length; day++)
        {
            foreach (int trueAt in new[] { day, day - 2, day + 3 })
            {
                var asOf = new AsOf(Facts.Day(trueAt), Facts.Day(day));
                Assert.Equal(View(states[day], asOf), View(states[^1], asOf));
            }
        }
    });

    [Fact]
    public void FactsAndConsent_AsOfAnyDay_AreThoseOfTheRecordsThenKnown() => FixedSeed.ForAll(_lives, life =>
    {
        Customer all = States(life)[^1];
        for (int day = 0; day < life.Length; day++)
        {
            AsOf asOf = AsOf.At(Facts.Day(day));
            Customer known = all with { Facts = [.. all.Facts.Where(fact => fact.Dates.RecordedAt <= asOf.KnownAt).Select(fact => Forget(fact, asOf))] };
            Assert.Equal(View(known, asOf), View(all, asOf));
        }
    });

    [Fact]
    public void States_OfOneLife_ContinueOneAnother() => FixedSeed.ForAll(_lives, life =>
        Assert.All(States(life).Zip(States(life).Skip(1)), pair => Assert.True(pair.Second.Continues(pair.First))));

    [Fact]
    public void Json_OfAnyLife_BringsItBack() => FixedSeed.ForAll(_lives, life =>
    {
        Customer customer = States(life)[^1];
        Assert.Equal(customer, CustomerJson.Read(CustomerJson.Write(customer)));
    });

    private static Customer[] States((int What, int Which, int Kind, int From, int Until)[] life)
    {
        Customer customer = Facts.Ada();
        var states = new List<Customer>();
        foreach (var ((what, which, kind, from, until), day) in life.Select((one, i) => (one, i)))
        {
            CustomerFact[] believed = [.. customer.Facts.Where(fact => fact.Dates.RetractedAt is null)];
            CustomerFact? fact = believed.Length == 0 ? null : believed[which % believed.Length];
            customer = what switch
            {
                2 when fact is not null && !(fact.Dates.EffectiveFrom > Facts.Day(until)) => customer.End(fact, Facts.Day(until), Facts.Day(day)),
                3 when fact is not null and not ConsentRecord => customer.Retract(fact, Facts.Day(day)),
                _ => customer.With(Fact(kind, Facts.Dates(day, from < 0 ? null : from, until <= Math.Max(from, 0) ? null : until), which)),
            };
            states.Add(customer);
        }

        return [.. states];
    }

    private static CustomerFact Fact(int kind, FactDates dates, int which) => kind switch
    {
        0 => CustomerName.Of($"{which % 3}", dates),
        1 => AttributeFact.Of(AttributeId.Of("a"), AttributeValue.Of(which), dates),
        2 => Facts.Consent(which % 2 == 0 ? ConsentDecision.Given : ConsentDecision.Refused, dates, which % 3 == 0 ? Channel.Email : Channel.None),
        _ => new StageReached { Stage = LifecycleStage.All[which % 6], Dates = dates },
    };

    // Everything that can be asked of a customer, without what was only known later.
    private static string View(Customer customer, AsOf asOf) => string.Join(Environment.NewLine,
    [
        .. customer.FactsOf<CustomerFact>(asOf).Select(fact => Words(fact, asOf)),
        Words(customer.LatestOf<CustomerName>(asOf), asOf),
        Words(customer.LatestOf<StageReached>(asOf), asOf),
        Words(customer.Attribute(AttributeId.Of("a"), asOf), asOf),
        $"{customer.Consent(ConsentPurpose.Marketing, Channel.Email, asOf)}",
        $"{customer.Consent(ConsentPurpose.Marketing, Channel.None, asOf)}",
    ]);

    private static string Words(CustomerFact? fact, AsOf asOf) => fact is null ? "none" : CustomerJson.Write(Facts.Ada(Forget(fact, asOf)));

    private static CustomerFact Forget(CustomerFact fact, AsOf asOf) =>
        fact.Dates.RetractedAt > asOf.KnownAt ? fact with { Dates = fact.Dates with { RetractedAt = null } } : fact;
}
