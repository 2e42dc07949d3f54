using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Propagation;

namespace TraceLint.Spans;

/// <summary>A place that writes a context to a carrier.</summary>
/// <param name="Name">Where it is reported: <c>Inject</c>, <c>Add</c>, or the operand that names the header.</param>
/// <param name="Carrier">What it writes to; null when that cannot be named.</param>
/// <param name="Setter">The delegate that writes; it may know the carrier where the call does not say.</param>
/// <param name="NameOperand">The operand that names the header, which says nothing of its value; null for a propagator.</param>
/// <param name="Header">The name of the header; null for a propagator.</param>
internal sealed record Injection(SyntaxNode Name, IOperation? Carrier, IOperation? Setter = null, SyntaxNode? NameOperand = null, string? Header = null)
{
    /// <summary>Whether it is a header written by hand, not a propagator.</summary>
    public bool IsHeader => NameOperand is not null;

    /// <summary>The names of the calls that may inject.</summary>
    public static readonly string[] CalledNames = ["Inject", "Add", "TryAdd"];

    /// <summary>Whether a node may be an injection, going by the names in it alone.</summary>
    public static bool IsCandidate(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax call when call.CalledName()?.Identifier.ValueText is { } name
            => name == "Inject" || (name is "Add" or "TryAdd" && call.ArgumentList.Arguments is [var first, ..] && MayNameHeader(first.Expression)),
        _ => FileIndex.KeyOf(node) is { } key && MayNameHeader(key),
    };

    /// <summary>The injection that a node is; null when it is none.</summary>
    public static Injection? Of(SyntaxNode node, IReadOnlyList<PropagationApi> apis, SemanticModel model, CancellationToken cancellation)
        => !IsCandidate(node) ? null : model.OperationOf(node, cancellation) switch
        {
            IInvocationOperation { TargetMethod.Name: "Inject" } call => OfPropagator(call, apis),
            IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments: [var carrier, var entry, ..] } add
                => OfHeader(node, carrier.Value, entry.Value, add.Arguments.Length > 2, model),
            IInvocationOperation { Instance: { } carrier, Arguments: [var entry, ..] } add => OfHeader(node, carrier, entry.Value, add.Arguments.Length > 1, model),
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } carrier, Arguments: [var key] } }
                => OfHeader(node, carrier, key.Value, hasValue: true, model),
            _ => null,
        };

    private static Injection? OfPropagator(IInvocationOperation call, IReadOnlyList<PropagationApi> apis)
    {
        foreach (var api in apis)
        {
            if (api.TryGetInjection(call, out var carrier) && call.Syntax is InvocationExpressionSyntax syntax && syntax.CalledName() is { } name)
            {
                return new Injection(name, carrier, call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "setter")?.Value);
            }
        }

        return null;
    }

    private static Injection? OfHeader(SyntaxNode node, IOperation carrier, IOperation entry, bool hasValue, SemanticModel model)
    {
        entry = entry.Unconverted();
        if (entry is IObjectCreationOperation { Arguments: [var first, _, ..] } && !hasValue)
        {
            (entry, hasValue) = (first.Value.Unconverted(), true);
        }

        if (!hasValue || HandwrittenHeader.MeaningOf(entry, model.Compilation.Assembly, out var header) is not EntryMeaning.Context)
        {
            return null;
        }

        var name = node is InvocationExpressionSyntax call && call.CalledName() is { } called ? called : entry.Syntax;
        return new Injection(name, carrier, NameOperand: entry.Syntax, Header: header);
    }

    private static bool MayNameHeader(ExpressionSyntax key)
        => FileIndex.NameOf(key) is { } name && (key is LiteralExpressionSyntax ? TraceVocabulary.IsContextHeader(name) : TraceVocabulary.MayNameContextHeader(name));
}
