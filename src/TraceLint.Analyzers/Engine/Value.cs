using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace TraceLint.Engine;

/// <summary>
/// What an expression may evaluate to: which objects, null or not, which constant, and where it comes from. Immutable. The default of a
/// struct counts as null, since both mean that there is nothing.
/// </summary>
internal sealed class Value
{
    public static readonly Value Null = new(ImmutableArray<HeapObject>.Empty, Nullness.Null, Origin.None, null, null);
    public static readonly Value Unknown = new(ImmutableArray<HeapObject>.Empty, Nullness.Unknown, Origin.None, null, null);
    public static readonly Value NotNull = new(ImmutableArray<HeapObject>.Empty, Nullness.NotNull, Origin.None, null, null);
    public static readonly Value True = OfConstant(true);
    public static readonly Value False = OfConstant(false);

    private Value(ImmutableArray<HeapObject> objects, Nullness nullness, Origin origin, object? constant, IOperation? evidence)
        => (Objects, Nullness, Origin, Constant, Evidence) = (objects, nullness, origin, constant, evidence);

    /// <summary>The objects, ordered by <see cref="HeapObject.Ordinal"/>. There may be others where the list is empty.</summary>
    public ImmutableArray<HeapObject> Objects { get; }

    public Nullness Nullness { get; }

    public Origin Origin { get; }

    /// <summary>The constant; null when it may be another value as well, or null.</summary>
    public object? Constant { get; }

    /// <summary>The operation that shows that the value comes from another process; null when it does not. The first one stays.</summary>
    public IOperation? Evidence { get; }

    public bool IsNull => Nullness is Nullness.Null;

    /// <summary>The only object that it can be; null when there are several, or none is known.</summary>
    public HeapObject? OnlyObject => Objects.Length == 1 ? Objects[0] : null;

    public static Value Of(HeapObject one) => new(ImmutableArray.Create(one), Nullness.NotNull, Origin.None, null, null);

    /// <summary>The objects of a value, and nothing else of it.</summary>
    public static Value OfAll(Value value) => new(value.Objects, Nullness.NotNull, Origin.None, null, null);

    public static Value OfConstant(object constant)
        => new(ImmutableArray<HeapObject>.Empty, Nullness.NotNull, Origin.None, constant, null);

    /// <summary>True, false, or a truth value that is not known.</summary>
    public static Value Of(bool? truth) => truth switch { true => True, false => False, null => NotNull };

    public bool Is(Origin origin) => (Origin & origin) != 0;

    public bool Contains(HeapObject one) => Objects.IndexOf(one) >= 0;

    /// <summary>The same value, with more origins.</summary>
    public Value From(Origin origin, IOperation? evidence = null)
        => (Origin | origin) == Origin && (Evidence is not null || evidence is null)
            ? this
            : new Value(Objects, Nullness, Origin | origin, Constant, Evidence ?? evidence);

    /// <summary>The same value, with the origins of another one.</summary>
    public Value From(Value other) => From(other.Origin, other.Evidence);

    /// <summary>The same value, which becomes something that it does not come from itself.</summary>
    public Value WithoutOrigin() => Origin is Origin.None ? this : new Value(Objects, Nullness, Origin.None, Constant, null);

    public Value With(Nullness nullness) => nullness == Nullness ? this : new Value(Objects, nullness, Origin, Constant, Evidence);

    /// <summary>The value after a comparison with null.</summary>
    /// <returns>Null when the comparison cannot have this result.</returns>
    public Value? Assume(bool isNull)
    {
        if ((Nullness & (isNull ? Nullness.Null : Nullness.NotNull)) == 0)
        {
            return null;
        }

        return isNull ? Null.From(this) : With(Nullness.NotNull);
    }

    /// <summary>What may be either value.</summary>
    /// <returns>This instance when the other value adds nothing.</returns>
    public Value Join(Value other)
    {
        if (ReferenceEquals(this, other))
        {
            return this;
        }

        var objects = Union(Objects, other.Objects);
        var nullness = Nullness | other.Nullness;
        var origin = Origin | other.Origin;
        var constant = Equals(Constant, other.Constant) ? Constant : null;
        return objects == Objects && nullness == Nullness && origin == Origin && ReferenceEquals(constant, Constant)
            ? this
            : new Value(objects, nullness, origin, constant, Evidence ?? other.Evidence);
    }

    /// <summary>What may be either value, where the first one may be missing.</summary>
    public static Value Join(Value? one, Value other) => one?.Join(other) ?? other;

    private static ImmutableArray<HeapObject> Union(ImmutableArray<HeapObject> one, ImmutableArray<HeapObject> other)
    {
        if (other.IsEmpty || one == other)
        {
            return one;
        }

        if (one.IsEmpty)
        {
            return other;
        }

        var union = ImmutableArray.CreateBuilder<HeapObject>(one.Length + other.Length);
        int i = 0, j = 0;
        while (i < one.Length || j < other.Length)
        {
            if (j == other.Length || (i < one.Length && one[i].Ordinal < other[j].Ordinal))
            {
                union.Add(one[i++]);
            }
            else
            {
                i += i < one.Length && one[i].Ordinal == other[j].Ordinal ? 1 : 0;
                union.Add(other[j++]);
            }
        }

        return union.Count == one.Length ? one : union.ToImmutable();
    }

    public override string ToString() => $"{{{string.Join(", ", Objects)}}} {Nullness} {Origin} {Constant}";
}
