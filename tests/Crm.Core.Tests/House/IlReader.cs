using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace Crm.Core.Tests.House;

/// <summary>Reads the instructions of a method body, as far as they name a type, a method or a field.</summary>
internal static class IlReader
{
    private const byte TwoByteCode = 0xFE;

    private static readonly Dictionary<short, OpCode> _codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    internal static IEnumerable<(OpCode Code, MemberInfo Member)> MembersNamedBy(MethodBase method)
    {
        byte[] il = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        int at = 0;
        while (at < il.Length)
        {
            OpCode code = CodeAt(il, at);
            at += code.Size;
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                yield return (code, Resolve(method, BinaryPrimitives.ReadInt32LittleEndian(il.AsSpan(at))));
            }

            at += OperandSize(code, il.AsSpan(at));
        }
    }

    private static OpCode CodeAt(byte[] il, int at) =>
        _codes[il[at] == TwoByteCode ? unchecked((short)((TwoByteCode << 8) | il[at + 1])) : il[at]];

    private static int OperandSize(OpCode code, ReadOnlySpan<byte> operand) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(operand)),
        // Calls through function pointers carry a bare signature. The library has none; should one come, do not look past it.
        OperandType.InlineSig => throw new NotSupportedException("A call through a function pointer: teach the reader its signature first."),
        _ => 4,
    };

    private static MemberInfo Resolve(MethodBase method, int token) => method.Module.ResolveMember(
        token,
        method.DeclaringType?.GetGenericArguments(),
        method.IsGenericMethod ? method.GetGenericArguments() : null)!;
}
