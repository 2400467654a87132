namespace Crm.Core.Tests.Support;

/// <summary>Real data and reference fits that are not part of this repository.</summary>
/// <remarks>
/// They are looked for in the folder named by the environment variable CRM_TEST_DATA, or else in ../shared beside the checkout.
/// Tests that need them are marked <see cref="SharedDataFactAttribute"/> and are skipped, with the reason, where they are absent.
/// </remarks>
internal static class SharedData
{
    internal static string Folder { get; } = Environment.GetEnvironmentVariable("CRM_TEST_DATA") is { Length: > 0 } named
        ? Path.GetFullPath(named)
        : Path.GetFullPath(Path.Combine(RepositoryRoot(), "..", "shared"));

    /// <summary>Gets why the data cannot be used, or null where they can.</summary>
    internal static string? WhyAbsent { get; } = Directory.Exists(Path.Combine(Folder, "data")) && Directory.Exists(Path.Combine(Folder, "reference"))
        ? null
        : $"The shared test data are not at '{Folder}'. Set CRM_TEST_DATA to a folder with 'data' and 'reference' in it.";

    /// <summary>The path of a data set: "cdnow_sample.csv".</summary>
    internal static string Data(string file) => Path.Combine(Folder, "data", file);

    /// <summary>The path of a reference fit: "bgnbd_cdnow_summary.json".</summary>
    internal static string Reference(string file) => Path.Combine(Folder, "reference", file);

    /// <summary>The folder of the checkout: the nearest one above the test assembly that holds the solution.</summary>
    internal static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Crm.Core.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException($"There is no Crm.Core.sln above {AppContext.BaseDirectory}.");
    }
}
