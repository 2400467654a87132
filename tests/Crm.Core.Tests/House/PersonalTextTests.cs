using System.Collections;
using System.Reflection;
using Crm.Core.Customers;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Segments;
using NodaTime;

namespace Crm.Core.Tests.House;

/// <summary>What is known of a person stands in no text that ends up in a log: neither in ToString nor in the message of an exception.</summary>
public sealed class PersonalTextTests
{
    private const string Marker = "Zz9Lovelace";

    // Texts that the library or the maker of a store writes, never about a person.
    private static readonly (Type Type, string Name)[] _plain =
    [
        (typeof(HeldData), nameof(HeldData.Kind)),
        (typeof(ErasureStatement), nameof(ErasureStatement.Store)), (typeof(ErasureStatement), nameof(ErasureStatement.Remaining)),
        (typeof(StoreErasure), nameof(StoreErasure.Store)), (typeof(StoreErasure), nameof(StoreErasure.Fault)),
        (typeof(SharingResult), nameof(SharingResult.Why)),
        (typeof(ModelCandidate), nameof(ModelCandidate.Name)), (typeof(RunArtefact), nameof(RunArtefact.Name)), (typeof(RefreshResult), nameof(RefreshResult.WhyNot)),
        (typeof(RowFault), nameof(RowFault.Column)), (typeof(RowFault), nameof(RowFault.Found)), (typeof(RowFault), nameof(RowFault.Expected)), // masked before
    ];

    // Rules are written about everybody, and say nothing of anybody.
    private static readonly Type[] _ofNobody = [typeof(Signal), typeof(SignalTest), typeof(SegmentRule), typeof(EventFilter), typeof(ColumnDefinition), typeof(RuleFault)];

    private static readonly string[] _folders = ["Crm.Core", "Crm.Core.Customers", "Crm.Core.Interactions", "Crm.Core.Hosting", "Crm.Core.Segments"];

    public static TheoryData<Type> Records => [.. House.PublicTypes.Where(type => _folders.Contains(type.Namespace) && PublicMembers.IsRecord(type) && !type.IsAbstract
        && !Array.Exists(_ofNobody, one => one.IsAssignableFrom(type)) && !type.IsGenericTypeDefinition && (type.IsValueType || type.GetConstructors().Length > 0))];

    [Theory]
    [MemberData(nameof(Records))]
    public void ToString_WithAMarkInEveryText_DoesNotHoldIt(Type type)
    {
        int texts = 0;
        object marked = Marked(type, ref texts)!;
        Assert.DoesNotContain(Marker, marked.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Records_OfThisTest_HaveTextsToHide()
    {
        int texts = 0;
        foreach (object[] row in (IEnumerable<object[]>)Records)
        {
            Marked((Type)row[0], ref texts);
        }

        Assert.InRange(texts, 60, 1_000); // else the test looks at nothing
    }

    // NUL and half a pair, which no store keeps; a text longer than any.
    [Theory]
    [MemberData(nameof(Records))]
    public void Texts_ThatNoStoreKeeps_AreRefusedByNameOrKeptAsTheyAre(Type type)
    {
        object made = Any(type);
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.PropertyType == typeof(string) && property.SetMethod is { IsPublic: true }))
        {
            foreach (string hostile in new[] { Marker + '\0', Marker + '\ud800', string.Concat(Enumerable.Repeat(Marker, 100_000)) })
            {
                try
                {
                    property.SetValue(made, hostile);
                    Assert.Equal(hostile, property.GetValue(made));
                }
                catch (TargetInvocationException wrong)
                {
                    var refusal = Assert.IsAssignableFrom<ArgumentException>(wrong.InnerException);
                    Assert.Equal(property.Name, refusal.ParamName);
                    Assert.DoesNotContain(Marker, refusal.ToString(), StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public void ToString_OfARecordThatPrintsItself_IsFound()
    {
        int texts = 0;
        Assert.Contains(Marker, Marked(typeof(Printing), ref texts)!.ToString(), StringComparison.Ordinal);
    }

    public static TheoryData<string, Action<string>> Readers => new()
    {
        { CustomerJson.Write((Customer)Any(typeof(Customer))), json => CustomerJson.Read(json) },
        { InteractionJson.Write((Interaction)Any(typeof(Interaction))), json => InteractionJson.Read(json) },
        { SegmentMoveJson.Write((SegmentMove)Any(typeof(SegmentMove))), json => SegmentMoveJson.Read(json) },
        { ((CustomerProfile)Any(typeof(CustomerProfile))).ToJson(), json => CustomerProfile.FromJson(json) },
    };

    // Every place of a text with the mark is spoilt: cut there, a control character there, a number, an object, NUL, half of a pair.
    [Theory]
    [MemberData(nameof(Readers))]
    public void Read_OfATextThatIsSpoiltAnywhere_SaysSoWithoutIt(string json, Action<string> read)
    {
        Assert.Contains(Marker, json, StringComparison.Ordinal);
        read(json);
        int refused = 0;
        for (int place = 0; place < json.Length; place += 3)
        {
            foreach (string spoilt in new[] { json[..place], json.Insert(place, "\u0001"), json.Insert(place, "\\u0000"), json.Insert(place, "\\ud800"), json.Insert(place, Marker) })
            {
                try
                {
                    read(spoilt);
                }
                catch (FormatException wrong)
                {
                    refused++;
                    Assert.DoesNotContain(Marker, wrong.ToString(), StringComparison.Ordinal);
                }
            }
        }

        Assert.InRange(refused, json.Length / 3, 5 * ((json.Length / 3) + 1)); // a cut text at least is none
    }

    private static object Any(Type type)
    {
        int texts = 0;
        return Marked(type, ref texts)!;
    }

    private static object? Marked(Type type, ref int texts)
    {
        if (Value(type, ref texts) is { } simple)
        {
            return simple;
        }

        if (type == typeof(AttributeValue))
        {
            texts++;
            return AttributeValue.Of(Marker);
        }

        // What has no constructor of its own is made by the library alone, and holds no text of a caller.
        ConstructorInfo? constructor = type.GetConstructors().Where(each => each.GetParameters() is not [{ ParameterType: var only }] || only != type)
            .MaxBy(each => each.GetParameters().Length);
        if (constructor is null || type.IsAbstract || type.IsInterface)
        {
            return null;
        }

        var arguments = new List<object?>();
        foreach (ParameterInfo parameter in constructor.GetParameters())
        {
            arguments.Add(IsPlain(type, parameter.Name!) ? "plain" : MarkedProperty(parameter.ParameterType, ref texts));
        }

        object made = constructor.Invoke([.. arguments]);
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0))
        {
            try
            {
                object? value = property.Name == nameof(ContactPoint.CountryCode) ? "44" : IsPlain(type, property.Name) ? "plain" : MarkedProperty(property.PropertyType, ref texts);
                property.SetValue(made, value);
            }
            catch (TargetInvocationException wrong)
            {
                // A number out of its range keeps its default; a refusal does not show the text either.
                Assert.DoesNotContain(Marker, wrong.InnerException!.Message, StringComparison.Ordinal);
            }
        }

        return made;
    }

    private static bool IsPlain(Type type, string name) => _plain.Contains((type, name));

    private static object? MarkedProperty(Type type, ref int texts)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare.IsGenericType && bare.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            Type item = bare.GetGenericArguments()[0];
            var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
            if (item != typeof(RuleTrace)) // which has parts of its own kind, and so without end
            {
                list.Add(MarkedProperty(item, ref texts));
            }

            return list;
        }

        return bare == typeof(CustomerFact) ? Marked(typeof(CustomerName), ref texts)
            : bare == typeof(InteractionDetail) ? Marked(typeof(NoteDetail), ref texts)
            : Marked(bare, ref texts);
    }

    private static object? Value(Type type, ref int texts)
    {
        if (type == typeof(string))
        {
            texts++;
            return Marker;
        }

        // Ids may be shown, so they hold another text.
        return type == typeof(Instant) ? Instant.FromUtc(2026, 3, 1, 0, 0)
            : type == typeof(Duration) ? Duration.FromHours(1)
            : type == typeof(LocalDate) ? new LocalDate(2026, 3, 1)
            : type == typeof(DateTimeZone) ? DateTimeZone.Utc
            : type == typeof(Money) ? Money.Of(1, Currency.Eur)
            : type == typeof(Currency) ? Currency.Eur
            : type == typeof(TimeUnit) ? TimeUnit.Week
            : type == typeof(LifecycleStage) ? LifecycleStage.Repeat
            : type == typeof(SharedField) ? SharedField.Name
            : type == typeof(FactDates) ? FactDates.Of(SourceId.Of("s"), Instant.FromUtc(2026, 3, 1, 0, 0))
            : type == typeof(AsOf) ? AsOf.At(Instant.FromUtc(2026, 3, 1, 0, 0))
            : type.IsEnum || type.IsPrimitive || type == typeof(decimal) ? Activator.CreateInstance(type)
            : type.GetMethod("Of", [typeof(string)]) is { IsStatic: true } of && of.ReturnType == type ? of.Invoke(null, ["i"])
            : type.IsValueType && type.GetProperties().All(property => property.SetMethod is null) ? Activator.CreateInstance(type)
            : null;
    }

    private sealed record Printing
    {
        public string? Text { get; init; }
    }
}
