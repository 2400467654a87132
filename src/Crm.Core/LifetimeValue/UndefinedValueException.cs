namespace Crm.Core.LifetimeValue;

/// <summary>A value was asked for that does not exist under a model with these parameters: it is infinite or has no mean.</summary>
public sealed class UndefinedValueException : InvalidOperationException
{
    internal UndefinedValueException(string message)
        : base(message)
    {
    }
}
