using Crm.Core.Studies;

if (args is ["claims"])
{
    ClaimCoverage.Write(Console.Out);
    return 0;
}

if (StudyArguments.Parse(args) is not { } arguments)
{
    Console.Error.WriteLine(StudyArguments.Usage);
    return 2;
}

List<BaseSummary> summaries = [];
foreach (StudySize size in arguments.Sizes)
{
    foreach (Truth truth in Truth.All)
    {
        summaries.Add(CoverageStudy.Run(truth, size, arguments.Seed));
    }
}

CoverageReport.Write(Console.Out, arguments, summaries);
return 0;
