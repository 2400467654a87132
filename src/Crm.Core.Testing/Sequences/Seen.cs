namespace Crm.Core.Testing.Sequences;

/// <summary>Which version a drawn save names.</summary>
internal enum Seen
{
    Held,
    Old,
    None,
}
