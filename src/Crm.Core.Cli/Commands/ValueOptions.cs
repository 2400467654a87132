using System.CommandLine;
using Crm.Core.LifetimeValue;

namespace Crm.Core.Cli.Commands;

/// <summary>The options of every command that puts a value on customers.</summary>
internal sealed class ValueOptions
{
    private readonly Option<double> _margin = CommonOptions.Margin();
    private readonly Option<DiscountRate?> _discount = CommonOptions.Discount();
    private readonly Option<Horizon?> _horizon = CommonOptions.Horizon("How far ahead value is counted: 12m, 5y; without end unless given.");

    /// <summary>Gets all of them.</summary>
    internal IReadOnlyList<Option> All => [_margin, _discount, _horizon];

    internal void AddTo(Command command)
    {
        _discount.Description += " 10%/y unless given.";
        command.Add(_margin);
        command.Add(_discount);
        command.Add(_horizon);
    }

    /// <summary>Whether the margin was stated, and is not the one that counts unless it is.</summary>
    internal bool HasMargin(ParseResult parsed) => parsed.GetResult(_margin) is { Implicit: false };

    /// <summary>The terms; a bare horizon counts in the unit of the model.</summary>
    internal ClvTerms Terms(ParseResult parsed, TimeUnit unit) => new()
    {
        Margin = parsed.GetValue(_margin),
        Discount = parsed.GetValue(_discount) ?? DiscountRate.PerYear(0.10),
        Horizon = CommonOptions.InUnit(parsed.GetValue(_horizon) ?? Horizon.Unlimited, unit),
    };
}
