namespace Crm.Core.Cli.Files;

/// <summary>What is wrong with a row, in the few words by which rows that are left out are counted.</summary>
internal static class FaultReason
{
    internal const string Fields = "another number of fields than the header";
    internal const string NoId = "no id";
    internal const string NoDay = "no day";
    internal const string OtherForm = "a day in another form";
    internal const string TooEarly = "a day before --not-before";
    internal const string TooLate = "a day after --not-after";
    internal const string NoAmount = "no amount";
    internal const string NoNumber = "no number";
    internal const string NoCount = "no whole number";
    internal const string NoName = "no name";
    internal const string Repeated = "came before";
    internal const string Impossible = "impossible beside the other columns";
    internal const string TooLarge = "beyond the range of numbers";
}
