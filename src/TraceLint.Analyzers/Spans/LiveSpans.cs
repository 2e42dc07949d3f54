using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>A span that is current at a place in the code, because a <c>using</c> around that place started it.</summary>
/// <param name="Start">The call that starts it; in the helper, where it is a helper of the project that does.</param>
/// <param name="Value">The expression in the <c>using</c>.</param>
/// <param name="Variable">The variable that holds it; null when there is none.</param>
/// <param name="Scope">The using statement, or what the using declaration stands in: the span ends where it does.</param>
/// <param name="IsOutside">Whether it was started outside the lambda or local function that the place is in.</param>
internal sealed record LiveSpan(SpanStart Start, ExpressionSyntax Value, ILocalSymbol? Variable, SyntaxNode Scope, bool IsOutside);

/// <summary>Finds the spans that are current for sure.</summary>
/// <param name="starts">What starts spans.</param>
/// <param name="context">Where the code of helpers is found.</param>
internal sealed class LiveSpans(SpanStarts starts, CompilationContext context)
{
    private const int MaxHelpers = 3;

    /// <summary>The innermost span that is live at a node by a <c>using</c> in the same member.</summary>
    /// <param name="node">Any node.</param>
    /// <param name="acrossFunctions">Whether a span counts that was started outside the lambda or local function the node is in.</param>
    /// <returns>Null when there is none; one may be live by other means: a try and finally, a caller.</returns>
    public LiveSpan? At(SyntaxNode node, bool acrossFunctions, CancellationToken cancellation)
    {
        var isOutside = false;
        for (var (current, parent) = (node, node.Parent); parent is not null; (current, parent) = (parent, parent.Parent))
        {
            if (parent is MemberDeclarationSyntax and not GlobalStatementSyntax)
            {
                return null;
            }

            if (InScope(current, parent, cancellation) is { } live)
            {
                return live with { IsOutside = isOutside };
            }

            if (parent is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
            {
                if (!acrossFunctions)
                {
                    return null;
                }

                isOutside = true;
            }
        }

        return null;
    }

    /// <summary>The span that an expression starts, itself or by calling a helper of the project that returns it.</summary>
    /// <returns>Null when it starts none, or the caller does not find it current: an async helper's.</returns>
    public SpanStart? StartedBy(IOperation? value, CancellationToken cancellation) => StartedBy(value, depth: 0, cancellation);

    private LiveSpan? InScope(SyntaxNode current, SyntaxNode parent, CancellationToken cancellation) => parent switch
    {
        UsingStatementSyntax { Expression: { } value } statement when current == statement.Statement => Used(value, variable: null, statement, cancellation),
        UsingStatementSyntax { Declaration: { } declaration } statement when current == statement.Statement => Declared(declaration, statement, cancellation),
        BlockSyntax block => DeclaredBefore(current, block.Statements, block, cancellation),
        SwitchSectionSyntax section => DeclaredBefore(current, section.Statements, section, cancellation),
        CompilationUnitSyntax program => DeclaredBefore(current, program.Members, program, cancellation),
        _ => null,
    };

    private LiveSpan? DeclaredBefore(SyntaxNode current, IEnumerable<SyntaxNode> siblings, SyntaxNode scope, CancellationToken cancellation)
    {
        LiveSpan? last = null;
        foreach (var sibling in siblings)
        {
            if (sibling == current)
            {
                break;
            }

            var statement = sibling is GlobalStatementSyntax { Statement: var global } ? global : sibling;
            if (statement is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0, Declaration: var declaration })
            {
                last = Declared(declaration, scope, cancellation) ?? last;
            }
        }

        return last;
    }

    private LiveSpan? Declared(VariableDeclarationSyntax declaration, SyntaxNode scope, CancellationToken cancellation)
    {
        LiveSpan? last = null;
        foreach (var variable in declaration.Variables)
        {
            if (variable.Initializer is { Value: var value })
            {
                last = Used(value, variable, scope, cancellation) ?? last;
            }
        }

        return last;
    }

    private LiveSpan? Used(ExpressionSyntax value, VariableDeclaratorSyntax? variable, SyntaxNode scope, CancellationToken cancellation)
    {
        var model = context.Of(value.SyntaxTree);
        return StartedBy(model.GetOperation(value, cancellation), cancellation) is { } start
            ? new LiveSpan(start, value, variable is null ? null : model.GetDeclaredSymbol(variable, cancellation) as ILocalSymbol, scope, IsOutside: false)
            : null;
    }

    private SpanStart? StartedBy(IOperation? value, int depth, CancellationToken cancellation) => value switch
    {
        IConversionOperation conversion => StartedBy(conversion.Operand, depth, cancellation),
        ISimpleAssignmentOperation assignment => StartedBy(assignment.Value, depth, cancellation),
        IConditionalAccessOperation access when starts.IsSpan(access.Type) => StartedBy(access.Operation, depth, cancellation),
        IConditionalOperation { WhenTrue: { } one, WhenFalse: { } other } => IsNull(one) ? StartedBy(other, depth, cancellation) : IsNull(other) ? StartedBy(one, depth, cancellation) : null,
        IInvocationOperation call when starts.Of(call) is { } start => start is { BecomesCurrent: true } ? start : null,
        IInvocationOperation { Instance: { } span } call when starts.IsSpan(span.Type) && starts.IsSpan(call.Type) => StartedBy(span, depth, cancellation),
        IInvocationOperation { TargetMethod: { IsAsync: false } method } call when depth < MaxHelpers && starts.IsSpan(call.Type) => StartedIn(method, depth + 1, cancellation),
        _ => null,
    };

    // Every return of a helper has to be a span that it starts, or null.
    private SpanStart? StartedIn(IMethodSymbol helper, int depth, CancellationToken cancellation)
    {
        SpanStart? started = null;
        foreach (var (_, graph) in context.BodiesOf(helper, isVirtual: false, cancellation))
        {
            foreach (var value in Returns(graph.OriginalOperation))
            {
                if (IsNull(value))
                {
                    continue;
                }

                if (StartedBy(ValueOf(value, cancellation), depth, cancellation) is not { } start)
                {
                    return null;
                }

                started = start;
            }
        }

        return started;
    }

    private static bool IsNull(IOperation value) => value.ConstantValue is { HasValue: true, Value: null };

    private static IEnumerable<IOperation> Returns(IOperation body)
    {
        foreach (var operation in body.Descendants())
        {
            if (operation is IReturnOperation { ReturnedValue: { } value } && !OperationFacts.IsNested(operation, body))
            {
                yield return value;
            }
        }
    }

    // A local that is returned stands for what it was declared with.
    private IOperation? ValueOf(IOperation value, CancellationToken cancellation)
        => value.Unconverted() is ILocalReferenceOperation { Local.DeclaringSyntaxReferences: [var declaration] }
            && declaration.GetSyntax(cancellation) is VariableDeclaratorSyntax { Initializer.Value: var initial }
                ? context.Of(initial.SyntaxTree).GetOperation(initial, cancellation)
                : value;
}
