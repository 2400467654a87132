using Crm.Core.Pyramids;

namespace Crm.Core.Cli.Files;

/// <summary>The scheme that an option names: a usual one, or one of a file.</summary>
internal static class PyramidSchemeFile
{
    internal static IReadOnlyList<string> Usual { get; } = ["curry", "zeithaml"];

    /// <summary>Finds it.</summary>
    /// <exception cref="InputException">The file cannot be read or holds no scheme; the message names everything that is wrong, and where.</exception>
    internal static PyramidScheme Read(string given)
    {
        switch (given)
        {
            case "curry":
                return PyramidScheme.Curry;
            case "zeithaml":
                return PyramidScheme.ZeithamlRustLemon;
            default:
                string text = WholeText.Read(given, "a scheme");
                try
                {
                    return PyramidScheme.FromJson(text);
                }
                catch (FormatException fault)
                {
                    throw new InputException($"{given}: {fault.Message}", fault);
                }
        }
    }
}
