using Microsoft.CodeAnalysis;

namespace TraceLint.Engine;

/// <content>Collections and LINQ. All elements of a collection are one member, entries with a known key are one each.</content>
internal sealed partial class Interpreter
{
    /// <summary>The member that stands for the elements of a collection.</summary>
    internal const string Element = "[]";

    private const int MaxNumbered = 6;

    private static readonly HashSet<string> s_adders = new(StringComparer.Ordinal)
    {
        "Add", "AddFirst", "AddLast", "AddOrUpdate", "AddRange", "Append", "Concat", "Enqueue", "Insert", "InsertRange", "Prepend", "Push",
        "Set", "SetItem", "TryAdd", "Union",
    };

    private static readonly HashSet<string> s_takers = new(StringComparer.Ordinal)
    {
        "Aggregate", "Dequeue", "ElementAt", "ElementAtOrDefault", "Find", "First", "FirstOrDefault", "Last", "LastOrDefault", "Max",
        "MaxBy", "Min", "MinBy", "Peek", "Pop", "Single", "SingleOrDefault",
    };

    private static readonly HashSet<string> s_projections = new(StringComparer.Ordinal) { "ConvertAll", "Select", "SelectMany" };

    private static bool IsCollection(ITypeSymbol? type)
        => type is IArrayTypeSymbol or { SpecialType: SpecialType.System_Array }
            || type?.ContainingNamespace is
            {
                Name: "Collections" or "Generic" or "Immutable" or "Concurrent" or "ObjectModel" or "Specialized" or "Linq",
                ContainingNamespace.Name: "System" or "Collections",
            };

    private Value CallCollection(CallSite site)
    {
        var method = site.Method;
        var source = method.IsStatic ? site[0] : site.Receiver;
        var isKeyed = !method.IsStatic && method.Parameters is [{ Type.SpecialType: SpecialType.System_String }, ..];
        if (isKeyed && method.Parameters.Length >= 2 && s_adders.Contains(method.Name))
        {
            WriteEntry(source, site[0], site[1]);
            return Value.NotNull;
        }

        if (isKeyed && method.Name is "Remove")
        {
            WriteEntry(source, site[0], Value.Null);
            return Value.NotNull;
        }

        var keyAt = method.IsStatic ? 1 : 0;
        if (method.Name is "TryGetValue" or "GetValueOrDefault" or "TryRemove" or "TryGetValues" or "GetValues")
        {
            var read = ReadEntry(site, source, site[keyAt]).With(Nullness.Unknown);
            StoreResults(site, read);
            return method.ReturnType.SpecialType is SpecialType.System_Boolean ? Value.NotNull : read;
        }

        var produced = RunDelegatesOf(site, source);
        if (s_adders.Contains(method.Name))
        {
            AddTo(source, site, keyAt);
        }

        return s_takers.Contains(method.Name) ? ElementOf(source, site)
            : s_projections.Contains(method.Name) ? Project(site, source, produced ?? Value.Unknown)
            : method.ReturnType.SpecialType is not (SpecialType.None or SpecialType.System_Object) ? Value.NotNull
            : source.Objects.IsEmpty ? MadeOf(site, _analysis.Opaque(site.Operation, method.ReturnType))
            : source;
    }

    // Selectors, predicates and actions run for each element.
    private Value? RunDelegatesOf(CallSite site, Value source)
    {
        Value? produced = null;
        foreach (var value in site.Values)
        {
            foreach (var one in value.Objects)
            {
                if (one.Kind is ObjectKind.Delegate)
                {
                    var element = ElementOf(source, site);
                    produced = Value.Join(
                        produced,
                        RunDelegate(one, site.Operation, (ordinal, opaque) => ordinal == 0 ? element : opaque, mayNotRun: true));
                }
            }
        }

        return produced;
    }

    private void AddTo(Value source, CallSite site, int first)
    {
        for (var ordinal = first; ordinal < site.Method.Parameters.Length; ordinal++)
        {
            var value = site[ordinal];
            var isSequence = site.Method.Parameters[ordinal].Type.Name is "IEnumerable";
            AddElement(source, isSequence ? ReadMember(value, Element, site.Operation) : value);
        }
    }

    private Value Project(CallSite site, Value source, Value produced)
    {
        var sequence = New(site.Operation, site.Method.ReturnType);
        WriteMember(sequence, Element, site.Method.Name == "SelectMany" ? ReadMember(produced, Element, site.Operation) : produced);
        return sequence.From(source);
    }

    private Value ElementOf(Value source, CallSite site)
    {
        Value? known = null;
        foreach (var one in source.Objects)
        {
            if (_state[one][Element] is { } element)
            {
                known = Value.Join(known, element);
            }
        }

        if (known is not null)
        {
            return known;
        }

        var type = source.OnlyObject?.Type switch
        {
            IArrayTypeSymbol { ElementType: var element } => element,
            INamedTypeSymbol { TypeArguments: [var element, ..] } => element,
            _ => null,
        };
        return _analysis.Opaque((site.Operation, Element), type).From(source);
    }

    // Which elements are taken out again is not known, and so not which spans are stopped.
    private void AddElement(Value collection, Value value)
    {
        GiveAwaySpans(value);
        foreach (var one in collection.Objects)
        {
            Number(one, value);
            _state = _state.With(one, Element, Value.Join(_state[one][Element], value));
            if (one.Kind is not ObjectKind.Created || _state[one].HasEscaped)
            {
                GiveAway(value);
            }
        }

        if (collection.Objects.IsEmpty)
        {
            GiveAway(value);
        }
    }

    /// <summary>The member that holds what was added to a collection at a place in the order.</summary>
    internal static string ElementAt(int index) => $"#{index}";

    // The first elements are also told apart.
    private void Number(HeapObject collection, Value value)
    {
        for (var index = 0; index < MaxNumbered; index++)
        {
            if (_state[collection][ElementAt(index)] is not { } known || ReferenceEquals(known, value))
            {
                _state = _state.With(collection, ElementAt(index), value);
                return;
            }
        }
    }

    private static string EntryOf(Value key) => key.Constant is { } constant ? $"[{constant}]" : Element;

    private void WriteEntry(Value collection, Value key, Value value)
    {
        if (key.Constant is null)
        {
            AddElement(collection, value);
            return;
        }

        WriteMember(collection, EntryOf(key), value);
    }

    // What was written with that key, or else with a key that is not known; where nothing was, it is as in any other collection.
    private Value ReadEntry(CallSite site, Value collection, Value key)
    {
        FailIfNull(collection, site.Operation);
        Value? written = null;
        foreach (var one in collection.Objects)
        {
            if ((_state[one][EntryOf(key)] ?? _state[one][Element]) is { } entry)
            {
                written = Value.Join(written, entry);
            }
        }

        if (written is not null)
        {
            return written;
        }

        var result = _analysis.Opaque(site.Operation, site.Operation.Type).From(collection);
        return ReadsHeader(site) ? result.From(Origin.OtherProcess, site.Operation) : result;
    }
}
