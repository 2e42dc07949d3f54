using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace TraceLint.Spans;

/// <summary>What the variables of a body hold at one point: locals, parameters and flow captures.</summary>
internal sealed class SpanState
{
    public static readonly SpanState Empty = new(ImmutableDictionary.Create<object, SpanValue>(VariableComparer.Instance));
    private readonly ImmutableDictionary<object, SpanValue> _values;

    private SpanState(ImmutableDictionary<object, SpanValue> values) => _values = values;

    /// <summary>What a variable holds; null when it was not assigned.</summary>
    public SpanValue? this[object variable] => _values.TryGetValue(variable, out var value) ? value : null;

    public SpanState With(object variable, SpanValue value)
        => _values.TryGetValue(variable, out var known) && known == value ? this : new SpanState(_values.SetItem(variable, value));

    /// <summary>What holds where two paths meet.</summary>
    /// <returns>This very state when the other adds nothing.</returns>
    public SpanState Join(SpanState other)
    {
        var values = _values;
        foreach (var pair in other._values)
        {
            if (!values.TryGetValue(pair.Key, out var mine))
            {
                values = values.Add(pair.Key, pair.Value);
            }
            else if (mine.Join(pair.Value) is var joined && joined.Held != mine.Held)
            {
                values = values.SetItem(pair.Key, joined);
            }
        }

        return ReferenceEquals(values, _values) ? this : new SpanState(values);
    }

    private sealed class VariableComparer : IEqualityComparer<object>
    {
        public static readonly VariableComparer Instance = new();

        public new bool Equals(object x, object y)
            => x is ISymbol symbol ? SymbolEqualityComparer.Default.Equals(symbol, y as ISymbol) : x.Equals(y);

        public int GetHashCode(object variable)
            => variable is ISymbol symbol ? SymbolEqualityComparer.Default.GetHashCode(symbol) : variable.GetHashCode();
    }
}
