namespace Crm.Core.Cli.Report.Charts;

/// <summary>A point of a course: a week, what was done and expected through or in it, and the ends of what may happen.</summary>
internal readonly record struct CoursePoint(string LastDay, double Actual, double Expected, double? Low, double? High, bool IsHeldOut);
