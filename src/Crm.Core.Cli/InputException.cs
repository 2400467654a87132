namespace Crm.Core.Cli;

/// <summary>The data, the files or the fit are at fault. The message is for the user: what, where, and what to do.</summary>
internal sealed class InputException(string message, Exception? inner = null) : Exception(message, inner);
