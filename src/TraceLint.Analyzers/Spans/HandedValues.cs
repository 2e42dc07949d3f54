using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Propagation;

namespace TraceLint.Spans;

/// <summary>
/// The parameters that are handed something of a received message, such as its value, by callers in the project. The message itself
/// is out of sight there.
/// </summary>
internal sealed class HandedValues(ReceivedMessages messages, CompilationContext context)
{
    private const int MaxCalls = 3;

    /// <summary>Those of the method around a place.</summary>
    public ImmutableArray<ReceivedMessage> At(SyntaxNode place, CancellationToken cancellation)
        => EnclosingBody.Of(place) is MethodDeclarationSyntax declaration
            && context.Of(declaration.SyntaxTree).GetDeclaredSymbol(declaration, cancellation) is IMethodSymbol method
                ? method.Parameters.Select(parameter => Of(parameter, method, MaxCalls, cancellation)).OfType<ReceivedMessage>().ToImmutableArray()
                : ImmutableArray<ReceivedMessage>.Empty;

    private ReceivedMessage? Of(IParameterSymbol parameter, IMethodSymbol method, int depth, CancellationToken cancellation)
    {
        foreach (var call in depth > 0 ? CallIndex.CallsOf(method.Name, context, cancellation) : [])
        {
            if (Callers.Calls(call, method)
                && call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal) is { Value: var given }
                && (messages.In(given, cancellation) ?? Passed(given, depth - 1, cancellation)) is { } received)
            {
                return received with { Variable = parameter, Type = parameter.Type, Since = parameter.Locations[0].SourceSpan.Start };
            }
        }

        return null;
    }

    // What a caller was handed itself.
    private ReceivedMessage? Passed(IOperation given, int depth, CancellationToken cancellation)
    {
        foreach (var inner in ComputedFrom.Of(given, cancellation))
        {
            if (inner is IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary } method } parameter }
                && Of(parameter, method, depth, cancellation) is { } received)
            {
                return received;
            }
        }

        return null;
    }
}
