namespace Crm.Core.Segments;

/// <summary>That a customer came to a rung or a stage on a day, and by what.</summary>
/// <param name="Day">The day, counted from 1970-01-01.</param>
/// <param name="Code">The value of the rung, 0 for none; or that of the stage.</param>
/// <param name="IsStated">Whether the host said so.</param>
/// <param name="Figures">The figures of that day.</param>
internal readonly record struct LadderMove(int Day, byte Code, bool IsStated, LadderFigures Figures);
