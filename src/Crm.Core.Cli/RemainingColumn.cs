using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Crm.Core.Cli;

/// <summary>How long a stage will still take, once that is known; nothing before, and nothing where it cannot be known.</summary>
internal sealed class RemainingColumn : ProgressColumn
{
    private static readonly TimeSpan _most = TimeSpan.FromDays(1);

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(
        !task.IsIndeterminate && task.RemainingTime is { } left && left >= TimeSpan.Zero && left < _most
            ? string.Create(CultureInfo.InvariantCulture, $"{left:hh\\:mm\\:ss} left") : "");
}
