using System.ComponentModel;
using Crm.Core.Tests.House.Planted.Lower;

namespace Crm.Core.Tests.House.Planted.Upper;

/// <summary>Every way in which one type can name another, one for each nested type.</summary>
internal static class Upper
{
    internal sealed class Innocent
    {
        internal static IEnumerable<int> Member(int? of) => Enumerable.Range(0, of ?? 1).Select(x => x + 1);
    }

    internal sealed class AsBase : Thing;

    internal sealed class AsBaseArgument : List<Thing>;

    internal sealed class AsInterface : IThing;

    internal sealed class AsConstraint<T>
        where T : Thing;

    [Thing]
    internal sealed class AsAttribute;

    [TypeConverter(typeof(Thing))]
    internal sealed class AsAttributeArgument;

    internal sealed class AsField
    {
#pragma warning disable CS0649 // Nothing sets the field: an assignment would name the type a second time, in a body.
        internal Thing[]? Member;
#pragma warning restore CS0649
    }

    internal sealed class AsStatic
    {
        internal static readonly object Member = new Thing();
    }

    internal sealed class AsProperty
    {
        internal Thing? Member { get; init; }
    }

    internal sealed class AsEvent
    {
        internal event Action<Thing>? Member
        {
            add { }
            remove { }
        }
    }

    internal sealed class AsParameter
    {
        internal static void Member(in Thing thing) => GC.KeepAlive(thing);
    }

    internal sealed class AsParameterAttribute
    {
        internal static void Member([Thing] int thing) => GC.KeepAlive(thing);
    }

    internal sealed class AsReturn
    {
        internal static (int, Thing?) Member() => default;
    }

    internal sealed class AsMethodConstraint
    {
        internal static void Member<T>()
            where T : IThing
        {
        }
    }

    internal sealed class AsConstructor(Thing? thing)
    {
        internal bool Member => thing is null;
    }

    internal sealed class AsCall
    {
        internal static int Member() => Thing.Count();
    }

    internal sealed class AsValue
    {
        internal static void Member() => GC.KeepAlive(Thing.One);
    }

    internal sealed class AsNew
    {
        internal static object Member() => new Thing();
    }

    internal sealed class AsCast
    {
        internal static bool Member(object thing) => thing is IThing;
    }

    internal sealed class AsTypeof
    {
        internal static Type Member() => typeof(Thing);
    }

    internal sealed class AsGenericCall
    {
        internal static object Member() => Array.Empty<Thing>();
    }

    internal sealed class AsCatch
    {
        internal static void Member(Action action)
        {
            try
            {
                action();
            }
            catch (ThingException)
            {
            }
        }
    }

    internal sealed class AsLambda
    {
        internal static Func<int, int> Member(int of) => x => of + x + Thing.Count();
    }

    internal sealed class AsLocalFunction
    {
        internal static int Member()
        {
            return Local();

            static int Local() => Thing.Count();
        }
    }

    internal sealed class AsIterator
    {
        internal static IEnumerable<int> Member()
        {
            yield return Thing.Count();
        }
    }

    internal sealed class AsAsync
    {
        internal static async Task<int> Member()
        {
            await Task.Yield();
            return Thing.Count();
        }
    }

    internal sealed class AsCallAfterATable
    {
        internal static double Member(int of) => of switch
        {
            0 => 1.5,
            1 => 2.5f,
            2 => long.MaxValue,
            3 => 4.25,
            4 => of,
            5 => 6.125,
            _ => Thing.Count(),
        };
    }

    internal sealed class AsNested
    {
        internal sealed class Inner
        {
            internal static int Member() => Thing.Count();
        }
    }

    internal sealed class AsGenericMember<T>
        where T : class
    {
        internal static Dictionary<T, List<int>> Member(IEnumerable<T> of) => of.ToDictionary(x => x, _ => new List<int> { Thing.Count() });
    }
}
