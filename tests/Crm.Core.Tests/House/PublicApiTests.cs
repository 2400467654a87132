namespace Crm.Core.Tests.House;

/// <summary>The public face of the library is a committed text, so that a review sees every change to it.</summary>
public sealed class PublicApiTests
{
    private const string Update = "CRM_UPDATE_PUBLIC_API";

    [Theory]
    [InlineData("Crm.Core", "tests/Crm.Core.Tests/House/PublicApi.txt")]
    [InlineData("Crm.Core.Testing", "tests/Crm.Core.Tests/House/PublicApi.Testing.txt")]
    public void PublicApi_OfTheLibrary_IsTheCommittedText(string library, string file)
    {
        IReadOnlyList<string> now = ApiText.Of(House.PublicTypesOf(House.Libraries.Single(assembly => assembly.GetName().Name == library)));
        string path = Path.Combine(SourceTree.Root, file);
        string[] committed = System.IO.File.Exists(path) ? System.IO.File.ReadAllLines(path) : [];
        bool updates = Environment.GetEnvironmentVariable(Update) == "1";
        if (updates)
        {
            System.IO.File.WriteAllText(path, string.Join('\n', now) + "\n");
        }

        // An updating run fails too: no build may pass by writing down what it found.
        Assert.False(updates, $"{file} is rewritten. Read the difference, commit it, and run again without {Update}.");
        House.Holds(Difference(committed, now), $"The public API differs from {file}. If it is meant, run this test once with {Update}=1 and commit the file.");
    }

    [Fact]
    public void Difference_OfTwoTexts_NamesWhatWasAddedAndRemoved() =>
        Assert.Equal(["removed  b", "added    c"], Difference(["a", "b"], ["a", "c"]));

    [Fact]
    public void Difference_OfTheSameLinesInAnotherOrder_IsNamed() =>
        Assert.Equal(["The lines are the same, and not in this order."], Difference(["b", "a"], ["a", "b"]));

    private static string[] Difference(IReadOnlyList<string> committed, IReadOnlyList<string> now)
    {
        string[] changes = [.. committed.Except(now).Select(line => "removed  " + line), .. now.Except(committed).Select(line => "added    " + line)];
        return changes.Length > 0 || committed.SequenceEqual(now) ? changes : ["The lines are the same, and not in this order."];
    }
}
