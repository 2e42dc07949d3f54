using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace TraceLint.Engine;

/// <summary>
/// What an expression may evaluate to: which objects, null or not, which constant, and where it comes from. Immutable. The default of a
/// struct counts as null, since both mean that there is nothing.
/// </summary>
internal sealed record Value
{
    // More places than this are not told apart.
    private const int MaxSources = 12;

    public static readonly Value Unknown = new();
    public static readonly Value Null = new() { Nullness = Nullness.Null };
    public static readonly Value NotNull = new() { Nullness = Nullness.NotNull };
    public static readonly Value True = OfConstant(true);
    public static readonly Value False = OfConstant(false);

    private Value()
    {
    }

    /// <summary>The objects, ordered by <see cref="HeapObject.Ordinal"/>. There may be others where the list is empty.</summary>
    public ImmutableArray<HeapObject> Objects { get; private init; } = ImmutableArray<HeapObject>.Empty;

    public Nullness Nullness { get; private init; } = Nullness.Unknown;

    public Origin Origin { get; private init; }

    /// <summary>The constant; null when it may be another value as well, or null.</summary>
    public object? Constant { get; private init; }

    /// <summary>The operation that shows that the value comes from another process; null when it does not. The first one stays.</summary>
    public IOperation? Evidence { get; private init; }

    /// <summary>For a text that is composed here, what it is composed of; null when that is not known.</summary>
    public ComposedText? Text { get; private init; }

    /// <summary>
    /// The operations that yield it, or parts of its text, as far as they are followed: reads of members, calls and creations that are not
    /// interpreted, constants.
    /// </summary>
    public ImmutableArray<IOperation> Sources { get; private init; } = ImmutableArray<IOperation>.Empty;

    public bool IsNull => Nullness is Nullness.Null;

    /// <summary>The only object that it can be; null when there are several, or none is known.</summary>
    public HeapObject? OnlyObject => Objects.Length == 1 ? Objects[0] : null;

    public static Value Of(HeapObject one) => new() { Objects = ImmutableArray.Create(one), Nullness = Nullness.NotNull };

    /// <summary>The objects of a value, and nothing else of it.</summary>
    public static Value OfAll(Value value) => new() { Objects = value.Objects, Nullness = Nullness.NotNull };

    public static Value OfConstant(object constant) => new() { Nullness = Nullness.NotNull, Constant = constant };

    /// <summary>A text that is composed of others.</summary>
    public static Value Of(ComposedText text) => TextOf(text.Parts) with { Text = text };

    /// <summary>A text that is composed of values, and no more known about it than where they come from.</summary>
    public static Value TextOf(IEnumerable<Value> parts)
        => parts.Aggregate(NotNull, static (text, part) => text.From(part).WithSources(part.Sources));

    /// <summary>True, false, or a truth value that is not known.</summary>
    public static Value Of(bool? truth) => truth switch { true => True, false => False, null => NotNull };

    public bool Is(Origin origin) => (Origin & origin) != 0;

    public bool Contains(HeapObject one) => Objects.IndexOf(one) >= 0;

    /// <summary>The same value, with more origins.</summary>
    public Value From(Origin origin, IOperation? evidence = null)
        => (Origin | origin) == Origin && (Evidence is not null || evidence is null)
            ? this
            : this with { Origin = Origin | origin, Evidence = Evidence ?? evidence };

    /// <summary>The same value, with the origins of another one.</summary>
    public Value From(Value other) => From(other.Origin, other.Evidence);

    /// <summary>The same value, which becomes something that it does not come from itself.</summary>
    public Value WithoutOrigin() => Origin is Origin.None ? this : this with { Origin = Origin.None, Evidence = null };

    public Value With(Nullness nullness) => nullness == Nullness ? this : this with { Nullness = nullness };

    /// <summary>The same value, which is yielded by an operation, unless it is known what it comes from.</summary>
    public Value WithSource(IOperation source) => Sources.IsEmpty ? this with { Sources = ImmutableArray.Create(source) } : this;

    /// <summary>The same value, with more sources.</summary>
    public Value WithSources(ImmutableArray<IOperation> sources)
        => Union(Sources, sources) is var union && union == Sources ? this : this with { Sources = union };

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
        var text = ReferenceEquals(Text, other.Text) || (Text is not null && Text.Template == other.Text?.Template) ? Text : null;
        var sources = Union(Sources, other.Sources);
        return objects == Objects
            && nullness == Nullness
            && origin == Origin
            && ReferenceEquals(constant, Constant)
            && ReferenceEquals(text, Text)
            && sources == Sources
                ? this
                : new Value
                {
                    Objects = objects,
                    Nullness = nullness,
                    Origin = origin,
                    Constant = constant,
                    Evidence = Evidence ?? other.Evidence,
                    Text = text,
                    Sources = sources,
                };
    }

    /// <summary>What may be either value, where the first one may be missing.</summary>
    public static Value Join(Value? one, Value other) => one?.Join(other) ?? other;

    private static ImmutableArray<IOperation> Union(ImmutableArray<IOperation> one, ImmutableArray<IOperation> other)
    {
        if (other.IsEmpty || one == other)
        {
            return one;
        }

        var union = one;
        foreach (var source in other)
        {
            if (union.Length < MaxSources && union.IndexOf(source) < 0)
            {
                union = union.Add(source);
            }
        }

        return union;
    }

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
