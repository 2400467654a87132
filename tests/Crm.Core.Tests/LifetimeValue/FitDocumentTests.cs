using Crm.Core.Histories;
using Crm.Core.LifetimeValue;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>Saved fits: what is written is read again, and what is no fit is refused by name (examples).</summary>
public sealed class FitDocumentTests
{
    private static readonly BgNbd _model = new(0.243, 4.414, 0.793, 2.426, TimeUnit.Week);

    [Fact]
    public void Of_ModelFromPlainParameters_RoundTrips()
    {
        var again = FitDocument.FromJson(FitDocument.Of(_model).ToJson()).ToPurchaseModel();
        Assert.IsType<BgNbd>(again);
        Assert.Equal(_model.Parameters, again.Parameters);
        var spend = FitDocument.FromJson(FitDocument.Of(new GammaGamma(6.25, 3.74, 15.44, Currency.Usd)).ToJson()).ToSpendModel();
        Assert.Equal((Currency.Usd, 15.44), (spend.Currency, spend.Parameters[2].Value));
    }

    [Fact]
    public void Of_Fit_TakesTheNameOfTheModel()
    {
        var histories = PurchaseHistories.FromColumns(
            new() { Frequency = [0, 0], Recency = [0, 0], Age = [1, 2] }, new() { Unit = TimeUnit.Week });
        var document = FitDocument.Of(MbgNbd.Fit(histories), histories);
        Assert.Equal(("mbg-nbd", false), (document.Model, document.Converged));
        Assert.Contains("did not converge", Assert.Throws<FormatException>(document.ToPurchaseModel).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null", "null")]
    [InlineData("{", "JSON is wrong")]
    [InlineData("[]", "JSON is wrong")]
    [InlineData("{\"schema\":1,\"model\":\"bg-nbd\",\"unit\":\"week\",\"currency\":\"USD\"}", "library")]
    [InlineData("{\"schema\":99,\"library\":\"x\",\"model\":\"bg-nbd\",\"unit\":\"week\",\"currency\":\"USD\",\"converged\":true,\"diagnostics\":[]}", "schema 99")]
    public void FromJson_NoFit_IsRefusedSayingWhy(string json, string said) =>
        Assert.Contains(said, Assert.Throws<FormatException>(() => FitDocument.FromJson(json)).Message, StringComparison.Ordinal);

    // The words are those of the file, and not of the types it is read into.
    [Theory]
    [InlineData("\"schema\": 1", "\"schema\": null", "$.schema: the value is null, or of another kind")]
    [InlineData("3.74", "null", "$.parameters.q: the value is null, or of another kind")]
    [InlineData("\"converged\": true", "\"converged\": null", "$.converged: the value is null, or of another kind")]
    [InlineData("\"converged\": true", "\"merged\": true", "it lacks 'converged'.")]
    [InlineData("\"diagnostics\": []", "\"diagnostics\": [null]", "an entry of diagnostics")]
    public void FromJson_WrongField_IsNamedInTheWordsOfTheFile(string from, string to, string said)
    {
        string json = FitDocument.Of(new GammaGamma(6.25, 3.74, 15.44, Currency.Usd)).ToJson();
        Assert.Contains(from, json, StringComparison.Ordinal);
        string message = Assert.Throws<FormatException>(() => FitDocument.FromJson(json.Replace(from, to, StringComparison.Ordinal))).Message;
        Assert.Contains(said, message, StringComparison.Ordinal);
        Assert.All(["System.", "Crm.Core.LifetimeValue", "LineNumber"], noise => Assert.DoesNotContain(noise, message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"q\"", "\"v\"", "no parameter 'q'")]
    [InlineData("3.74", "-3.74", "1e-30")]
    [InlineData("\"converged\": true", "\"converged\": false", "did not converge")]
    [InlineData("\"USD\"", "\"DOLLAR\"", "ISO 4217")]
    public void ToSpendModel_TamperedDocument_IsRefusedSayingWhy(string from, string to, string said)
    {
        string json = FitDocument.Of(new GammaGamma(6.25, 3.74, 15.44, Currency.Usd)).ToJson().Replace(from, to, StringComparison.Ordinal);
        string message = Assert.Throws<FormatException>(() => FitDocument.FromJson(json).ToSpendModel()).Message;
        Assert.Contains(said, message.Replace("1E-30", "1e-30", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
