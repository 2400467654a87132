using Crm.Core.Cli.Output;
using Crm.Core.Cli.Report.Charts;
using Crm.Core.Pyramids;

namespace Crm.Core.Cli.Report;

/// <summary>The page of <c>crm pyramid</c>: where everybody stands, who moved, what a move is worth, and whether what is said of pyramids holds.</summary>
internal static class PyramidReport
{
    internal static string Of(PyramidDocument document, ReportNumbers numbers)
    {
        string title = $"The customer pyramid of {Path.GetFileName(document.Measured.File)}";
        var page = new ReportPage(title, ReportStyle.Css, numbers);
        page.Heading(title);
        page.Paragraph(Lead(document, numbers), "lead");
        AddStanding(page, document, numbers);
        if (document.Movement is { } movement)
        {
            MovementPart.AddTo(page, movement, numbers);
        }

        AddAhead(page, document, numbers);
        AddSelfCheck(page, document, numbers);
        AddWhatIf(page, document, numbers);
        AddFigures(page, "groups", "By group", document.Groups, numbers);
        AddData(page, document, numbers);
        return page.Close();
    }

    private static string Lead(PyramidDocument document, ReportNumbers numbers)
    {
        long ranked = document.Tiers.Where(IsRanked).Sum(tier => tier.Customers);
        string moved = document.Movement is { } movement ? $" Since {movement.Before}, {numbers.Count(movement.Up)} moved up and {numbers.Count(movement.Down)} down." : "";
        string top = document.Concentration.ShareOfTop20Percent is { } share ? $" The top 20 % of them hold {numbers.Percent(share)}." : "";
        return $"{numbers.Counted(ranked, "active customer")} by {document.RankedBy}, as of {document.Measured.Until}.{top}{moved}";
    }

    private static bool IsRanked(TierLine tier) => tier.Tier is not ("inactive" or "prospect" or "suspect");

    private static void AddStanding(ReportPage page, PyramidDocument document, ReportNumbers numbers)
    {
        const string says = "The tiers from the top down, with the part of the customers and of the value in each.";
        page.OpenSection("standing", $"Who stands where, by {document.RankedBy}");
        page.OpenPair();
        page.Figure(
            "The pyramid",
            says,
            frame => PyramidChart.Draw(frame, "tiers", "The customer pyramid", says, document.Tiers, numbers),
            new("The tiers", ["Tier", "Customers", "of all", "Value", "of all", "from", "to"], document.Tiers.Select(tier => (IReadOnlyList<string>)
            [
                tier.Tier, numbers.Count(tier.Customers), numbers.Percent(tier.ShareOfCustomers), numbers.Plain(tier.Value), numbers.Percent(tier.ShareOfValue), numbers.Number(tier.Least, 2), numbers.Number(tier.Greatest, 2),
            ])));
        ConcentrationPart.AddTo(page, ("now", document.Concentration), document.ConcentrationBefore is { } before ? (document.Movement!.Before, before) : null, numbers);
        page.ClosePair();
        AddFigures(page, "tiers", "What each tier brings and costs", document.Figures.Any(tier => tier.Contribution is not null || tier.Marketing is not null || tier.Satisfaction is not null) ? document.Figures : [], numbers);
        string[] words = [.. SharesInWords(document, numbers)];
        if (words.Length > 0)
        {
            page.List(words);
        }

        page.CloseSection();
    }

    private static IEnumerable<string> SharesInWords(PyramidDocument document, ReportNumbers numbers)
    {
        foreach (TopShares top in document.Top.Where(top => top.Revenue is not null && (top.Contribution ?? top.Marketing) is not null))
        {
            string profit = top.Contribution is { } contribution ? $", {numbers.Percent(contribution)} of what is left after the costs they cause" : "";
            string marketing = top.Marketing is { } spend ? $", {numbers.Percent(spend)} of marketing" : "";
            yield return $"The first {numbers.Counted(top.Customers, "customer")}: {numbers.Percent(top.Revenue)} of revenue{profit}{marketing}.";
        }

        if (document.RevenueShareOfNew is { } ofNew)
        {
            yield return $"New customers bring {numbers.Percent(ofNew)} of the revenue, existing ones {numbers.Percent(1 - ofNew)}.";
        }

        if (document.MarketingShareOfNonCustomers is { } others)
        {
            yield return $"{numbers.Percent(others)} of the marketing is spent on those who are no customers.";
        }
    }

    private static void AddFigures(ReportPage page, string id, string title, IReadOnlyList<GroupFigures> groups, ReportNumbers numbers)
    {
        if (groups.Count == 0)
        {
            return;
        }

        page.Add($"<h3 id=\"{id}-figures\">{ReportPage.Text(title)}</h3><div class=\"plain\">");
        bool hasProfit = groups.Any(group => group.Contribution is not null);
        bool hasMarketing = groups.Any(group => group.Marketing is not null);
        bool hasSatisfaction = groups.Any(group => group.Satisfaction is not null);
        page.Table(new(
            title,
            ["", "Customers", "Revenue", "of all", .. hasProfit ? (string[])["Profit", "of all"] : [], .. hasMarketing ? (string[])["Marketing", "of all"] : [], .. hasSatisfaction ? (string[])["Satisfaction", "asked"] : []],
            groups.Select(group => (IReadOnlyList<string>)
            [
                group.Name, numbers.Count(group.Customers), numbers.Plain(group.Revenue), numbers.Percent(group.ShareOfRevenue),
                .. hasProfit ? (string[])[Amount(group.Contribution, numbers), numbers.Percent(group.ShareOfContribution)] : [],
                .. hasMarketing ? (string[])[Amount(group.Marketing, numbers), numbers.Percent(group.ShareOfMarketing)] : [],
                .. hasSatisfaction ? (string[])[numbers.Number(group.Satisfaction, 2), numbers.Count(group.Asked)] : [],
            ])));
        page.Add("</div>");
    }

    private static string Amount(double? amount, ReportNumbers numbers) => amount is { } known ? numbers.Plain(known) : numbers.Number(null);

    private static void AddAhead(ReportPage page, PyramidDocument document, ReportNumbers numbers)
    {
        if (document.Ahead is not { } ahead)
        {
            return;
        }

        string[] tiers = [.. ahead.Moves.Select(move => move.From).Distinct()];
        page.OpenSection("ahead", $"What is expected of the next {numbers.Counted(ahead.Days, "day")}");
        page.Paragraph(
            $"By {ahead.Model} and gamma-gamma, and by what it takes to stand in a tier today: {numbers.Range(ahead.Up.Low, ahead.Up.High, inMoney: false)} will go up and "
            + $"{numbers.Range(ahead.Down.Low, ahead.Down.High, inMoney: false)} down, with {numbers.Level(ahead.Level)} probability if the model holds."
            + (document.Movement?.Expected is { } past && !(past.Up.Within && past.Down.Within) ? " It did not hold for the days before, as the table above shows." : ""));
        page.Add("<div class=\"plain\">");
        page.Table(new("Expected, and in brackets the interval", ["From", .. tiers.Select(tier => "to " + tier)], tiers.Select(from => (IReadOnlyList<string>)
        [
            from, .. ahead.Moves.Where(move => move.From == from).Select(move => $"{numbers.Number(move.Expected)} ({numbers.Number(move.Low)}–{numbers.Number(move.High)})"),
        ])));
        page.Add("</div>");
        page.CloseSection();
    }

    private static void AddSelfCheck(ReportPage page, PyramidDocument document, ReportNumbers numbers)
    {
        page.OpenSection("claims", "What is said of customer pyramids, and what holds here");
        page.Paragraph("Claims of Curry & Curry (2000), The Customer Marketing Method, held against this base. They were offered as experience, not as laws.", "small");
        page.Add("<dl class=\"claims plain\">");
        foreach (ClaimLine claim in document.SelfCheck)
        {
            string figure = claim.Value is null ? "" : claim.Low is null ? $"Here {numbers.Percent(claim.Value)}." : $"Here {numbers.Percent(claim.Value)}, between {numbers.Percent(claim.Low)} and {numbers.Percent(claim.High)}.";
            string kind = claim.Verdict switch { "holds" => " good", "does not hold" => " poor", _ => "" };
            page.Add($"<dt>{ReportPage.Text(numbers.Locale.Words(claim.Says))}</dt><dd><span class=\"grade{kind}\">{ReportPage.Text(claim.Verdict)}</span> {ReportPage.Text(figure)} {ReportPage.Text(numbers.Locale.Words(claim.Note ?? ""))}</dd>");
        }

        page.Add("</dl>");
        page.Paragraph(numbers.Locale.Words($"Intervals of {numbers.Level(document.Level)}: what other bases of customers like these would show. {document.Caution}"), "small");
        page.CloseSection();
    }

    private static void AddWhatIf(ReportPage page, PyramidDocument document, ReportNumbers numbers)
    {
        if (document.WhatIf.Count == 0)
        {
            return;
        }

        page.OpenSection("what-if", "What a move up would bring");
        page.Paragraph("Who moves would bring what those of the other tier bring on average today. It says what a move is worth, not what it takes, nor whether it can be had.", "small");
        page.Add("<div class=\"plain\">");
        page.Table(new("Moves", ["Move", "Customers", "Revenue", "Profit", "Lifetime value"], document.WhatIf.Select(line => (IReadOnlyList<string>)
            [line.Move, numbers.Number(line.Customers, line.Customers < 10 ? 2 : 0), numbers.Signed(line.Revenue), numbers.Signed(line.Profit), numbers.Signed(line.LifetimeValue)])));
        page.Add("</div>");
        if (document.Candidates.Count > 0)
        {
            bool hasProbability = document.Candidates.Any(candidate => candidate.Probability is not null);
            page.Subheading("Whose move is worth most");
            page.Add("<div class=\"plain\">");
            page.Table(new(
                "Candidates",
                ["Customer", "from", "to", $"would bring more{numbers.Unit}", .. hasProbability ? (string[])["probability to move up", "gain times probability"] : []],
                document.Candidates.Select(candidate => (IReadOnlyList<string>)
                [
                    candidate.Customer, candidate.From, candidate.To, numbers.Plain(candidate.Gain),
                    .. hasProbability ? (string[])[numbers.Percent(candidate.Probability), numbers.Plain(candidate.Worth)] : [],
                ])));
            page.Add("</div>");
        }

        if (document.Satisfaction is { } satisfaction)
        {
            page.Paragraph(numbers.Locale.Words(satisfaction.Words));
        }

        page.CloseSection();
    }

    private static void AddData(ReportPage page, PyramidDocument document, ReportNumbers numbers)
    {
        page.OpenSection("data", "How it was made");
        page.Add("<div class=\"plain\">");
        page.List([.. document.Notes, .. document.Measured.CountedInWords(), .. document.Measured.LeftOutInWords()]);
        page.Add("</div>");
        page.Paragraph(
            $"Read from {Path.GetFileName(document.Measured.File)}: {numbers.Counted(document.Measured.Rows, "row")}, {numbers.Counted(document.Measured.Customers, "customer")}, days in {document.Measured.Zone}, "
            + $"currency {(document.Measured.Currency == Currency.None.Code ? "not named" : document.Measured.Currency)}. Made by {document.Library} on the machine that read the file; nothing was sent anywhere. "
            + $"Numbers are written as in {numbers.Locale.Name}: {numbers.Number(1234.5, 1)}.", "small");
        page.CloseSection();
    }
}
