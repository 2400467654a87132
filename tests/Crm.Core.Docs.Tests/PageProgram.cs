using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Crm.Core.Docs.Tests;

/// <summary>The C# of a page as one program: its blocks one after another, as a reader would type them.</summary>
internal sealed class PageProgram
{
    private const string Usual = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions _language = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14);

    private static readonly MetadataReference[] _references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetExtension(path) == ".dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly string _source;

    internal PageProgram(Page page)
    {
        string[] lines = [.. page.Blocks("csharp").SelectMany(block => block.Split('\n'))];
        bool IsUsing(string line) => line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';') && !line.Contains('=', StringComparison.Ordinal);
        _source = string.Join('\n', lines.Where(IsUsing).Distinct().Concat(lines.Where(line => !IsUsing(line))));
        Promised = [.. lines.Where(line => line.TrimStart().StartsWith("Console.WriteLine(", StringComparison.Ordinal) && line.Contains(");", StringComparison.Ordinal))
            .Select(line => line[(line.LastIndexOf(");", StringComparison.Ordinal) + 2)..].Trim())
            .Where(comment => comment.StartsWith("// ", StringComparison.Ordinal))
            .Select(comment => comment[3..])];
    }

    /// <summary>Gets what the comments behind the lines that print say they print, in order.</summary>
    internal IReadOnlyList<string> Promised { get; }

    /// <summary>Compiles the program and gives what the compiler has against it.</summary>
    internal IReadOnlyList<string> Compile(out byte[] assembly)
    {
        var compilation = CSharpCompilation.Create(
            "Page",
            [CSharpSyntaxTree.ParseText(Usual, _language), CSharpSyntaxTree.ParseText(_source, _language)],
            _references,
            new(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        using var bytes = new MemoryStream();
        var result = compilation.Emit(bytes);
        assembly = bytes.ToArray();
        return [.. result.Diagnostics.Where(found => found.Severity >= DiagnosticSeverity.Warning).Select(found => found.ToString())];
    }

    /// <summary>Runs a compiled program and gives the lines it printed.</summary>
    internal static IReadOnlyList<string> Run(byte[] assembly)
    {
        var context = new AssemblyLoadContext("page", isCollectible: true);
        MethodInfo main = context.LoadFromStream(new MemoryStream(assembly)).EntryPoint!;
        TextWriter console = Console.Out;
        using var written = new StringWriter();
        try
        {
            Console.SetOut(written);
            main.Invoke(null, main.GetParameters().Length == 0 ? [] : [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(console);
            context.Unload();
        }

        return written.ToString().Split(Environment.NewLine);
    }
}
