namespace Crm.Core.Testing.Rules;

/// <summary>Texts that differ ordinally, and that one collation or another takes for the same.</summary>
internal static class Alike
{
    internal static IReadOnlyList<string> Texts { get; } =
    [
        "ada", "Ada", "ADA", "ada ", " ada", "ada\u00A0", "ada\t", "adá", "ada\u0301", "ada\u200B", "ａｄａ", "ada\uFE0F", "i", "ı", "İ", "I",
        "ss", "ß", "1", "01", "1.0", "𝔘", "𝔙", "\uFF01", "\uE000", "ada%", "ada_", "oe", "œ", "ﬁ", "fi",
    ];
}
