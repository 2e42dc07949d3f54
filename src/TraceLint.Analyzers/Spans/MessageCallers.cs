using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Propagation;

namespace TraceLint.Spans;

/// <summary>What is known of those who hand over a message.</summary>
internal enum CallerContext
{
    /// <summary>Nobody is seen to.</summary>
    Unseen,

    /// <summary>They are seen, and none of them has taken the context off it.</summary>
    None,

    /// <summary>One of them has, or may have: in a span of its own, by extracting, or out of sight.</summary>
    MayHave,
}

/// <summary>
/// Whether the callers of a function that is handed a message may have seen to its context already. Callers are found by name,
/// through interfaces and base classes of the project too; a function that is handed to foreign code may be called by anybody.
/// </summary>
internal sealed class MessageCallers(ReceivedMessages messages, SpanWrappers wrappers, SpansAround around, CompilationContext context)
{
    private const int MaxDepth = 3;
    private const int MaxCallers = 30;

    private readonly MessageReach _spans = new(context, (operation, _) => operation is IInvocationOperation call && wrappers.LeavesSpan(call, default), static _ => true);

    /// <summary>What the callers know of a message.</summary>
    /// <param name="place">A place in the function, or in one inside it, where the message is used.</param>
    public CallerContext Of(ReceivedMessage message, SyntaxNode place, MessageReach extractions, CancellationToken cancellation)
        => InLambdas(message, place, extractions, cancellation) is CallerContext.MayHave
            ? CallerContext.MayHave
            : OfParameter(message.Variable, extractions, MaxDepth, cancellation);

    private CallerContext OfParameter(ISymbol variable, MessageReach extractions, int depth, CancellationToken cancellation) => variable switch
    {
        not IParameterSymbol => CallerContext.None,
        { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction, DeclaringSyntaxReferences: [var lambda] } } => OfDelegate(lambda.GetSyntax(cancellation), extractions, cancellation),
        { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation or MethodKind.LocalFunction } method }
            => OfMethod(method, (IParameterSymbol)variable, extractions, depth, cancellation),
        _ => CallerContext.MayHave,
    };

    private CallerContext OfMethod(IMethodSymbol method, IParameterSymbol parameter, MessageReach extractions, int depth, CancellationToken cancellation)
    {
        var contracts = ContractsOf(method).ToList();
        if (contracts.Exists(contract => !IsHere(contract) && !IsOfTransport(contract)))
        {
            return CallerContext.MayHave;
        }

        var known = CallerContext.Unseen;
        var count = 0;
        foreach (var call in CallIndex.CallsOf(method.Name, context, cancellation))
        {
            var target = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
            if (!SymbolEqualityComparer.Default.Equals(target, method.OriginalDefinition) && !contracts.Contains(target, SymbolEqualityComparer.Default))
            {
                continue;
            }

            known = CallerContext.None;
            if (++count > MaxCallers || OfCall(call, method, parameter, extractions, depth, cancellation) is CallerContext.MayHave)
            {
                return CallerContext.MayHave;
            }
        }

        foreach (var group in CallIndex.MentionsOf(method.Name, context, cancellation))
        {
            if (context.Of(group.SyntaxTree).GetSymbolInfo(group, cancellation).Symbol?.OriginalDefinition is IMethodSymbol target
                && (SymbolEqualityComparer.Default.Equals(target, method.OriginalDefinition) || contracts.Contains(target, SymbolEqualityComparer.Default)))
            {
                known = CallerContext.None;
                if (OfDelegate(group.Parent is MemberAccessExpressionSyntax access && access.Name == group ? access : group, extractions, cancellation) is CallerContext.MayHave)
                {
                    return CallerContext.MayHave;
                }
            }
        }

        return known;
    }

    private CallerContext OfCall(IInvocationOperation call, IMethodSymbol method, IParameterSymbol parameter, MessageReach extractions, int depth, CancellationToken cancellation)
    {
        if (EnclosingBody.Of(call.Syntax) is not { } body || call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal) is not { Value: var given })
        {
            return CallerContext.MayHave;
        }

        var message = messages.In(given, cancellation);
        var since = message?.Variable.Locations[0].SourceSpan.Start ?? -1;
        if (around.Any(call.Syntax, since, cancellation) || ExtractsBefore(call, body, message, method, extractions, cancellation))
        {
            return CallerContext.MayHave;
        }

        return message is null ? OfValue(given, extractions, depth, cancellation)
            : InLambdas(message, call.Syntax, extractions, cancellation) is CallerContext.MayHave ? CallerContext.MayHave
            : depth > 1 && OfParameter(message.Variable, extractions, depth - 1, cancellation) is CallerContext.MayHave ? CallerContext.MayHave
            : CallerContext.None;
    }

    // A value that the caller was handed itself.
    private CallerContext OfValue(IOperation given, MessageReach extractions, int depth, CancellationToken cancellation)
        => depth > 1 && ComputedFrom.Of(given, cancellation).Any(inner => inner is IParameterReferenceOperation { Parameter: var parameter }
            && OfParameter(parameter, extractions, depth - 1, cancellation) is CallerContext.MayHave)
                ? CallerContext.MayHave
                : CallerContext.None;

    // What other methods of the same contract do is about other messages.
    private static bool ExtractsBefore(IInvocationOperation call, SyntaxNode body, ReceivedMessage? message, IMethodSymbol method, MessageReach extractions, CancellationToken cancellation)
    {
        foreach (var operation in extractions.In(body, message is null ? null : [message.Variable], cancellation))
        {
            if (operation.Syntax != call.Syntax && operation.Syntax.SpanStart < call.Syntax.Span.End && !(operation is IInvocationOperation other && other.TargetMethod.Name == method.Name))
            {
                return true;
            }
        }

        return false;
    }

    // Lambdas around a place, up to where the message comes from: whoever runs one may do it in a span.
    private CallerContext InLambdas(ReceivedMessage message, SyntaxNode place, MessageReach extractions, CancellationToken cancellation)
    {
        var declared = message.Variable.DeclaringSyntaxReferences is [var declaration] ? declaration.Span : default;
        foreach (var ancestor in place.Ancestors())
        {
            if (ancestor is MemberDeclarationSyntax and not GlobalStatementSyntax || (ancestor is AnonymousFunctionExpressionSyntax && ancestor.Span.Contains(declared)))
            {
                break;
            }

            if (ancestor is AnonymousFunctionExpressionSyntax && OfRunner(ancestor, extractions, cancellation) is CallerContext.MayHave)
            {
                return CallerContext.MayHave;
            }
        }

        return CallerContext.None;
    }

    // A delegate that takes no message: only a method of the project, or one that sounds like tracing, would make a span for it.
    private CallerContext OfRunner(SyntaxNode lambda, MessageReach extractions, CancellationToken cancellation)
        => MethodHanded(lambda, cancellation) is { } method && (IsHere(method) ? TracesIn(method, extractions, cancellation) : TraceVocabulary.MayInject(method.Name) && !IsSystem(method))
            ? CallerContext.MayHave
            : CallerContext.None;

    // A delegate that takes the message: foreign code may have opened it.
    private CallerContext OfDelegate(SyntaxNode value, MessageReach extractions, CancellationToken cancellation)
    {
        if (MethodHanded(value, cancellation) is { } method)
        {
            return (IsHere(method) ? TracesIn(method, extractions, cancellation) : !IsSystem(method) && !IsOfTransport(method)) ? CallerContext.MayHave : CallerContext.None;
        }

        // The event of a client.
        return value.Parent is AssignmentExpressionSyntax { Left: var target } && context.Of(value.SyntaxTree).GetSymbolInfo(target, cancellation).Symbol is { } member && IsOfTransport(member)
            ? CallerContext.None
            : CallerContext.MayHave;
    }

    private IMethodSymbol? MethodHanded(SyntaxNode value, CancellationToken cancellation)
    {
        var node = value;
        while (node.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax)
        {
            node = node.Parent;
        }

        return node.Parent is ArgumentSyntax { Parent.Parent: ExpressionSyntax call } ? context.Of(call.SyntaxTree).GetSymbolInfo(call, cancellation).Symbol as IMethodSymbol : null;
    }

    private bool TracesIn(IMethodSymbol method, MessageReach extractions, CancellationToken cancellation)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        var bodies = context.MethodsThatMayRun(method, isVirtual: method.IsAbstract || method.IsVirtual).ToList();
        return bodies.Count == 0 || bodies.Exists(body => (Keeps(body, cancellation) ? body.ContainingType.GetMembers().OfType<IMethodSymbol>() : [body])
            .Any(one => _spans.IsIn(one, isVirtual: false, cancellation) || extractions.IsIn(one, isVirtual: false, cancellation)));
    }

    // A delegate that is kept may be called by any method of its keeper.
    private static bool Keeps(IMethodSymbol method, CancellationToken cancellation)
    {
        if (method.MethodKind is MethodKind.Constructor)
        {
            return true;
        }

        foreach (var node in method.DeclaringSyntaxReferences is [var declaration] ? declaration.GetSyntax(cancellation).DescendantNodes() : [])
        {
            if (node is AssignmentExpressionSyntax { Left: not IdentifierNameSyntax { Identifier.ValueText: "_" }, Right: IdentifierNameSyntax { Identifier.ValueText: var name } }
                && method.Parameters.Any(parameter => parameter.Name == name))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<IMethodSymbol> ContractsOf(IMethodSymbol method)
    {
        for (var overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            yield return overridden.OriginalDefinition;
        }

        foreach (var contract in method.ContainingType?.AllInterfaces ?? ImmutableArray<INamedTypeSymbol>.Empty)
        {
            foreach (var member in contract.GetMembers(method.ExplicitInterfaceImplementations is [var implemented, ..] ? implemented.Name : method.Name))
            {
                if (member is IMethodSymbol declared && SymbolEqualityComparer.Default.Equals(method.ContainingType!.FindImplementationForInterfaceMember(declared), method))
                {
                    yield return declared.OriginalDefinition;
                }
            }
        }
    }

    private bool IsHere(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, context.Compilation.Assembly);

    private bool IsOfTransport(ISymbol symbol) => messages.IsOfTransport(symbol);

    private static bool IsSystem(ISymbol symbol)
        => symbol.ContainingNamespace?.ToDisplayString() is { } name && (name == "System" || name.StartsWith("System.", StringComparison.Ordinal));
}
