namespace Crm.Core.Cli;

/// <summary>The command line is wrong in a way that only shows once it is read. The message is for the user.</summary>
internal sealed class UsageException(string message) : Exception(message);
