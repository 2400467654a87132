namespace Crm.Core.Testing.Rules;

/// <summary>Texts that careless storage changes, each at most as long as an id may be.</summary>
internal static class HostileText
{
    internal static IReadOnlyList<(string Name, string Text)> All { get; } =
    [
        ("quotes", "O'Neill \"the\" `Boss` ''; \\' \\\" \\\\"),
        ("SQL", "'); DROP TABLE customers; --"),
        ("scripts", "<script>alert(1)</script>&amp;&lt;%00"),
        ("wildcards", "%_[a-z]*?\\%$1{0}{{name}}"),
        ("control characters", string.Concat(Enumerable.Range(1, 31).Select(code => (char)code)) + "\u007F\u0085\u009F"),
        ("line ends", "a\rb\nc\r\nd\u2028e\u2029f"),
        ("white space around", " \t\u00A0\u3000 x \u2003\n"),
        ("right-to-left marks", "\u200Fשלום\u202Egnp.exe\u202C\u2066x\u2069"),
        ("emoji", "👩‍💻 🏳️‍🌈 👍🏽 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𠮷"),
        ("combining marks", "e\u0301 é Å Å Z\u0351\u036B\u0343 가 가"),
        ("letters that fold", "İıIi ß ẞ ss ſ Ω Ω K K ﬁ Ⅷ"),
        ("invisible characters", "\uFEFFa\u200Bb\u00ADc\u2060d\uFFFD\uFFFE\uFFFF"),
        ("words with a meaning", "NULL"),
        ("numbers as text", "0042.10e1"),
        ("escapes", "\\u0041 \\x41 &#65; %41 \\n =CMD()"),
        ("a path", "../../etc/passwd C:\\x"),
        ("JSON", "{\"$type\":\"x\",\"a\":[null]}"),
    ];

    /// <summary>A text of a length that wraps each of the others.</summary>
    internal static string OfLength(int length)
    {
        string all = string.Join('|', All.Select(one => one.Text));
        string text = string.Concat(Enumerable.Repeat(all, (length / all.Length) + 1))[..length];

        // Cut between the halves of a pair, it would be no text a store has to keep.
        return char.IsHighSurrogate(text[^1]) ? text[..^1] + "." : text;
    }
}
