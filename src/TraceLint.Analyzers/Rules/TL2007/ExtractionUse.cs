using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Propagation;

namespace TraceLint.Rules;

/// <summary>
/// Extractions that have nothing to do with a message's trace: from a request, for the baggage alone, or by a custom propagator.
/// </summary>
internal static class ExtractionUse
{
    // The server has extracted the context before any code of the project runs: the current span is already a child.
    private static readonly HashSet<string> s_servers = new(StringComparer.Ordinal)
    {
        "Grpc.Core", "Microsoft.AspNetCore.Http", "Microsoft.Azure.Functions.Worker.Http", "Microsoft.Owin", "System.Net",
        "System.Net.Http", "System.Net.Http.Headers", "System.Web",
    };

    /// <summary>Whether the carrier belongs to an HTTP or gRPC request.</summary>
    public static bool IsOfRequest(Extraction extraction, CancellationToken cancellation)
    {
        foreach (var operation in ComputedFrom.Of(extraction.Carrier, cancellation))
        {
            if (operation.Type is { ContainingNamespace: { IsGlobalNamespace: false } home } && s_servers.Contains(home.ToDisplayString()))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the propagator is only for baggage, or the project's own.</summary>
    public static bool IsByOtherPropagator(Extraction extraction, CancellationToken cancellation)
    {
        foreach (var operation in extraction.Call.Instance is { } propagator ? ComputedFrom.Of(propagator, cancellation) : [])
        {
            if (operation.Type is { } type && (type.Name == "BaggagePropagator" || IsOwnPropagator(type)))
            {
                return true;
            }

            if (operation is IFieldReferenceOperation { Field.DeclaringSyntaxReferences: [var declaration] }
                && declaration.GetSyntax(cancellation)
                    is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax made }
                && made.ToString().Contains("BaggagePropagator"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether only the baggage of the extracted context is used.</summary>
    public static bool IsForBaggage(Extraction extraction, CancellationToken cancellation)
    {
        switch (extraction.Call.Syntax.Parent)
        {
            case MemberAccessExpressionSyntax access:
                return IsBaggage(access);
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable }
                when extraction.Call.SemanticModel is { } model && model.GetDeclaredSymbol(variable, cancellation) is ILocalSymbol local:
                var references = LocalValues.References(local, model, cancellation).ToList();
                return references.Count > 0
                    && references.TrueForAll(static reference => reference.Parent is MemberAccessExpressionSyntax access
                        && access.Expression == reference
                        && IsBaggage(access));
            default:
                return false;
        }
    }

    private static bool IsOwnPropagator(ITypeSymbol type)
    {
        for (var current = type.Locations is [{ IsInSource: true }, ..] ? type.BaseType : null;
            current is not null;
            current = current.BaseType)
        {
            if (current.Name == "TextMapPropagator")
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBaggage(MemberAccessExpressionSyntax access) => access.Name.Identifier.ValueText == "Baggage";
}
