using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>What a function does with the span in one of its locals or parameters.</summary>
/// <param name="Stops">The references at which the span is stopped.</param>
/// <param name="Writes">The references to which another value is assigned.</param>
/// <param name="Leaves">Whether the span may be stopped elsewhere, because it is returned, stored, passed on or captured.</param>
internal sealed record SpanUses(ImmutableHashSet<SyntaxNode> Stops, ImmutableHashSet<SyntaxNode> Writes, bool Leaves)
{
    private const int MaxDepth = 4;

    /// <summary>The uses of a span that nothing holds.</summary>
    public static readonly SpanUses None = new(ImmutableHashSet<SyntaxNode>.Empty, ImmutableHashSet<SyntaxNode>.Empty, Leaves: false);

    /// <summary>Inspects all references to a local or parameter.</summary>
    /// <param name="holder">The local or parameter.</param>
    /// <param name="function">The function to which it belongs.</param>
    public static SpanUses Of(ISymbol holder, SyntaxNode function, CompilationContext context, CancellationToken cancellation)
        => Of(holder, function, context, depth: 0, cancellation);

    private static SpanUses Of(ISymbol holder, SyntaxNode function, CompilationContext context, int depth, CancellationToken cancellation)
    {
        var model = context.Of(function.SyntaxTree);
        var stops = ImmutableHashSet.CreateBuilder<SyntaxNode>();
        var writes = ImmutableHashSet.CreateBuilder<SyntaxNode>();
        foreach (var node in function.DescendantNodes())
        {
            if (node is not IdentifierNameSyntax { Identifier.ValueText: var name } || name != holder.Name
                || model.GetOperation(node, cancellation) is not { } reference || !IsOf(holder, reference))
            {
                continue;
            }

            if (FunctionGraphs.FunctionAround(node) != function)
            {
                return new SpanUses(stops.ToImmutable(), writes.ToImmutable(), Leaves: true);
            }

            if (reference.Parent is ISimpleAssignmentOperation assignment && assignment.Target == reference)
            {
                if (!IsOwn(holder, assignment.Value))
                {
                    writes.Add(node);
                }

                continue;
            }

            switch (UseOf(reference, holder, context, depth, cancellation))
            {
                case SpanUse.Stops:
                    stops.Add(node);
                    break;
                case SpanUse.Leaves or SpanUse.Held:
                    return new SpanUses(stops.ToImmutable(), writes.ToImmutable(), Leaves: true);
            }
        }

        return new SpanUses(stops.ToImmutable(), writes.ToImmutable(), Leaves: false);
    }

    private static SpanUse UseOf(
        IOperation reference, ISymbol holder, CompilationContext context, int depth, CancellationToken cancellation)
    {
        var way = SpanWay.Of(reference);
        return way.Use switch
        {
            SpanUse.Held when SymbolEqualityComparer.Default.Equals(way.Local, holder) => SpanUse.Nothing,
            SpanUse.Leaves
                when reference.Parent is IArgumentOperation
                {
                    Parent: IInvocationOperation call,
                    Parameter: { RefKind: RefKind.None } parameter
                }
                && OnlyReads(call, parameter, context, depth, cancellation) => SpanUse.Nothing,
            var use => use,
        };
    }

    // A helper of the project that only tags the span leaves the stop to its caller.
    private static bool OnlyReads(
        IInvocationOperation call, IParameterSymbol parameter, CompilationContext context, int depth, CancellationToken cancellation)
    {
        var method = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
        if (depth >= MaxDepth || call.IsVirtual || !call.TargetMethod.ReturnsVoid
            || method.DeclaringSyntaxReferences is not [var declaration] || !context.Compilation.ContainsSyntaxTree(declaration.SyntaxTree)
            || declaration.GetSyntax(cancellation) is not BaseMethodDeclarationSyntax { Body: var body, ExpressionBody: var arrow } helper
            || (body is null && arrow is null))
        {
            return false;
        }

        var uses = Of(method.Parameters[parameter.Ordinal], helper, context, depth + 1, cancellation);
        return !uses.Leaves && uses.Stops.IsEmpty && uses.Writes.IsEmpty;
    }

    private static bool IsOf(ISymbol holder, IOperation reference) => reference switch
    {
        ILocalReferenceOperation { Local: var local } => SymbolEqualityComparer.Default.Equals(local, holder),
        IParameterReferenceOperation { Parameter: var parameter } => SymbolEqualityComparer.Default.Equals(parameter, holder),
        _ => false,
    };

    // activity = activity.SetTag(...)
    private static bool IsOwn(ISymbol holder, IOperation value)
        => value.DescendantsAndSelf()
            .FirstOrDefault(static inner => inner is ILocalReferenceOperation or IInvocationOperation { Instance: null }) is { } first
            && IsOf(holder, first);
}
