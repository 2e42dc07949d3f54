using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>
/// A span that is current at a place in the code, because it was started there before, and is ended later: by a <c>using</c> around the
/// place, in a <c>finally</c> block, or by hand.
/// </summary>
/// <param name="Start">The call that starts it; in the helper, where it is a helper of the project that does.</param>
/// <param name="Value">The expression in the <c>using</c>, or that the variable is declared with.</param>
/// <param name="Variable">The variable that holds it; null when there is none.</param>
/// <param name="Scope">The using statement, or what declares the variable: the span ends in it.</param>
/// <param name="IsOutside">Whether it was started outside the lambda or local function that the place is in.</param>
internal sealed record LiveSpan(SpanStart Start, ExpressionSyntax Value, ILocalSymbol? Variable, SyntaxNode Scope, bool IsOutside);

/// <summary>Finds the spans that are current for sure.</summary>
/// <param name="starts">What starts spans.</param>
/// <param name="context">Where the code of helpers is found.</param>
internal sealed class LiveSpans(SpanStarts starts, CompilationContext context)
{
    private const int MaxHelpers = 3;

    /// <summary>The innermost span of the same member that is live at a node.</summary>
    /// <param name="node">Any node.</param>
    /// <param name="acrossFunctions">Whether a span counts that was started outside the lambda or local function the node is in.</param>
    /// <returns>Null when there is none that is certain; a caller may have one.</returns>
    public LiveSpan? At(SyntaxNode node, bool acrossFunctions, CancellationToken cancellation)
    {
        var isOutside = false;
        for (var (current, parent) = (node, node.Parent); parent is not null; (current, parent) = (parent, parent.Parent))
        {
            if (parent is MemberDeclarationSyntax and not GlobalStatementSyntax)
            {
                return null;
            }

            if (InScope(current, parent, node, cancellation) is { } live)
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
    public SpanStart? StartedBy(IOperation? value, CancellationToken cancellation) => MadeBy(value, isStarted: true, depth: 0, cancellation);

    /// <summary>The call of <c>CreateActivity</c> whose span an expression yields, itself or by calling a helper of the project.</summary>
    public SpanStart? CreatedBy(IOperation? value, CancellationToken cancellation) => MadeBy(value, isStarted: false, depth: 0, cancellation);

    private LiveSpan? InScope(SyntaxNode current, SyntaxNode parent, SyntaxNode place, CancellationToken cancellation) => parent switch
    {
        UsingStatementSyntax { Expression: { } value } statement when current == statement.Statement => Used(value, variable: null, statement, cancellation),
        UsingStatementSyntax { Declaration: { } declaration } statement when current == statement.Statement => Declared(declaration, statement, place: null, cancellation),
        BlockSyntax block => DeclaredBefore(current, block.Statements, block, place, cancellation),
        SwitchSectionSyntax section => DeclaredBefore(current, section.Statements, section, place, cancellation),
        CompilationUnitSyntax program => DeclaredBefore(current, program.Members, program, place, cancellation),
        _ => null,
    };

    private LiveSpan? DeclaredBefore(
        SyntaxNode current, IEnumerable<SyntaxNode> siblings, SyntaxNode scope, SyntaxNode place, CancellationToken cancellation)
    {
        LiveSpan? last = null;
        foreach (var sibling in siblings)
        {
            if (sibling == current)
            {
                break;
            }

            var statement = sibling is GlobalStatementSyntax { Statement: var global } ? global : sibling;
            if (statement is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: var keyword, Declaration: var declaration })
            {
                last = Declared(declaration, scope, place: keyword == 0 ? place : null, cancellation) ?? last;
            }
        }

        return last;
    }

    // Without a using, it depends on what happens to the variable until the place.
    private LiveSpan? Declared(VariableDeclarationSyntax declaration, SyntaxNode scope, SyntaxNode? place, CancellationToken cancellation)
    {
        LiveSpan? last = null;
        foreach (var variable in declaration.Variables)
        {
            if (variable.Initializer is { Value: var value } && (place is null || HeldSpan.IsLiveAt(variable, scope, place, cancellation)))
            {
                last = Used(value, variable, scope, cancellation) ?? last;
            }
        }

        return last;
    }

    private LiveSpan? Used(ExpressionSyntax value, VariableDeclaratorSyntax? variable, SyntaxNode scope, CancellationToken cancellation)
    {
        var model = context.Of(value.SyntaxTree);
        return StartedBy(Held(model.GetOperation(value, cancellation), value, cancellation), cancellation) is { } start
            ? new LiveSpan(start, value, variable is null ? null : model.GetDeclaredSymbol(variable, cancellation) as ILocalSymbol, scope, IsOutside: false)
            : null;
    }

    // using (span): what the variable was declared with, if it still holds that.
    private IOperation? Held(IOperation? value, SyntaxNode place, CancellationToken cancellation)
        => value is ILocalReferenceOperation { Local.DeclaringSyntaxReferences: [var declaration] }
            && declaration.GetSyntax(cancellation) is VariableDeclaratorSyntax { Parent.Parent.Parent: { } scope } variable
            && HeldSpan.HoldsUntil(variable, scope, place)
                ? ValueOf(value, cancellation)
                : value;

    private SpanStart? MadeBy(IOperation? value, bool isStarted, int depth, CancellationToken cancellation)
    {
        return value switch
        {
            IConversionOperation conversion => Made(conversion.Operand),
            ISimpleAssignmentOperation assignment => Made(assignment.Value),
            IConditionalAccessInstanceOperation instance => Made(instance.Accessed()),
            IConditionalAccessOperation access when starts.IsSpan(access.Type) => Made(access.Operation),
            IConditionalOperation { WhenTrue: { } one, WhenFalse: { } other }
                => one.IsNull() ? Made(other) : other.IsNull() ? Made(one) : null,
            IInvocationOperation call when starts.Of(call) is { } start
                => (isStarted ? start.BecomesCurrent : !start.IsStarted) ? start : null,
            IInvocationOperation { Instance: { } span } call when starts.IsSpan(span.Type) && starts.IsSpan(call.Type) => Made(span),
            IInvocationOperation { TargetMethod: { IsAsync: false } method } call when depth < MaxHelpers && starts.IsSpan(call.Type)
                => MadeIn(method, isStarted, depth + 1, cancellation),
            _ => null,
        };

        SpanStart? Made(IOperation? operand) => MadeBy(operand, isStarted, depth, cancellation);
    }

    // Every return of a helper has to be a span that it starts or creates, or null.
    private SpanStart? MadeIn(IMethodSymbol helper, bool isStarted, int depth, CancellationToken cancellation)
    {
        SpanStart? started = null;
        foreach (var (_, graph) in context.BodiesOf(helper, isVirtual: false, cancellation))
        {
            foreach (var value in Returns(graph.OriginalOperation))
            {
                if (value.IsNull())
                {
                    continue;
                }

                if (MadeBy(ValueOf(value, cancellation), isStarted, depth, cancellation) is not { } start)
                {
                    return null;
                }

                started = start;
            }
        }

        return started;
    }

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

    // A local stands for what it was declared with.
    private IOperation? ValueOf(IOperation value, CancellationToken cancellation)
        => value.Unconverted() is ILocalReferenceOperation { Local.DeclaringSyntaxReferences: [var declaration] }
            && declaration.GetSyntax(cancellation) is VariableDeclaratorSyntax { Initializer.Value: var initial }
                ? context.Of(initial.SyntaxTree).GetOperation(initial, cancellation)
                : value;
}
