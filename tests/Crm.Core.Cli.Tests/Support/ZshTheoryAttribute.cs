namespace Crm.Core.Cli.Tests.Support;

/// <summary>A theory of what happens in zsh, on machines that have one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ZshTheoryAttribute : TheoryAttribute
{
    public ZshTheoryAttribute() => Skip = IsThere ? null : "There is no zsh on this machine.";

    private static bool IsThere => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "zsh")));
}
