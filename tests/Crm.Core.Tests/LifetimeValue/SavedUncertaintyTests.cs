using System.Text.Json.Nodes;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>Round trip and bad input: a saved fit gives the estimates of the fit to the bit, and refuses what is no covariance.</summary>
public sealed class SavedUncertaintyTests
{
    public static TheoryData<string, string> Broken => new()
    {
        { "[[1,0],[0,1]]", "logCovariance" },
        { "[[1,0,0,0],[0,1,0,0],[0,0,1,0],[0,0,0,-1]]", "logCovariance" },
        { "[[1,0.5,0,0],[0,1,0,0],[0,0,1,0],[0,0,0,1]]", "logCovariance" },
        { "[[1e300,0,0,0],[0,1,0,0],[0,0,1,0],[0,0,0,1]]", "logCovariance" },
        { "[[1,0,0,0],null,[0,0,1,0],[0,0,0,1]]", "logCovariance" },
    };

    [Theory]
    [InlineData("mbg-nbd")]
    [InlineData("pareto-nbd")]
    public void ToJson_AndBack_GivesTheSameEstimates(string model)
    {
        var fit = PurchaseModels.Fit(model, Golden.Base);

        FitDocument saved = FitDocument.FromJson(FitDocument.Of(fit, Golden.Base).ToJson());

        Assert.Equal(Golden.Base.Fingerprint, saved.Fingerprint);
        Assert.Equal(fit.Statistics!.Parameters.Select(p => p.SandwichError), saved.SandwichErrors!.Values);
        var fresh = PurchaseEstimates.Of(fit).ExpectedPurchases(Golden.Base, Horizon.Weeks(39));
        var again = PurchaseEstimates.Of(saved.ToPurchaseModel(), saved.ToCovariance()!).ExpectedPurchases(Golden.Base, Horizon.Weeks(39));
        Assert.Equal(fresh.Values.ToArray(), again.Values.ToArray());
        Assert.Equal(fresh.StandardErrors.ToArray(), again.StandardErrors.ToArray());
        Assert.Equal(fresh.Bends.ToArray(), again.Bends.ToArray());
    }

    [Fact]
    public void FromJson_DocumentOfBeforeTheCovariance_IsStillRead()
    {
        JsonObject json = Saved();
        foreach (string name in new[] { "sandwichErrors", "logCovariance", "logThirdDerivatives", "priorLogDeviation", "fingerprint", "holdout" })
        {
            json.Remove(name);
        }

        FitDocument old = FitDocument.FromJson(json.ToJsonString());

        Assert.Null(old.ToCovariance());
        Assert.Equal("mbg-nbd", old.ToPurchaseModel().Name);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void ToCovariance_WhatIsNone_IsRefusedByName(string matrix, string named)
    {
        JsonObject json = Saved();
        json["logCovariance"] = JsonNode.Parse(matrix);
        FitDocument document = FitDocument.FromJson(json.ToJsonString());

        // A covariance of another number of parameters is one, but not this model's.
        Exception refusal = Assert.ThrowsAny<Exception>(() => PurchaseEstimates.Of(document.ToPurchaseModel(), document.ToCovariance()!));

        Assert.True(refusal is FormatException or ArgumentException, refusal.ToString());
        Assert.True(refusal is ArgumentException || refusal.Message.Contains(named, StringComparison.Ordinal), refusal.Message);
    }

    [Theory]
    [InlineData("diagnostics", "null", "diagnostics is null")]
    [InlineData("diagnostics", "[null]", "an entry of diagnostics")]
    [InlineData("window", "\"soon\"", "window is 'soon'")]
    [InlineData("priorLogDeviation", "-1", "priorLogDeviation")]
    [InlineData("currency", "null", "currency is null")]
    [InlineData("schema", "0", "counted from 1")]
    public void FromJson_FieldThatIsWrong_IsRefusedByName(string field, string value, string said)
    {
        JsonObject json = Saved();
        json[field] = JsonNode.Parse(value);
        Assert.Contains(said, Assert.Throws<FormatException>(() => FitDocument.FromJson(json.ToJsonString())).Message, StringComparison.Ordinal);
    }

    private static JsonObject Saved() => JsonNode.Parse(FitDocument.Of(MbgNbd.Fit(Golden.Base), Golden.Base).ToJson())!.AsObject();
}
