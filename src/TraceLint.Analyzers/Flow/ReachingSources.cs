using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Flow;

/// <summary>
/// What a local or a parameter may have got its value from, as seen from one place where it is read: a value that was certainly
/// overwritten on the way there does not count. Branches and loops are told apart by syntax; where a lambda or a local function writes the
/// variable, or reads it, all that is ever written counts.
/// </summary>
internal static class ReachingSources
{
    private readonly record struct Write(SyntaxNode Place, SyntaxNode Source, bool IsDeclaration)
    {
        public int End => Place.Span.End;
    }

    /// <summary>The sources that may reach a read.</summary>
    /// <param name="variable">A local or a parameter.</param>
    /// <param name="read">Where it is read.</param>
    /// <param name="mayBeGiven">Whether a parameter may still have what the caller gave.</param>
    public static IReadOnlyList<IOperation> Of(
        ISymbol variable, SyntaxNode read, SemanticModel model, out bool mayBeGiven, CancellationToken cancellation)
    {
        var writes = WritesOf(variable, read, model, cancellation);
        var function = FunctionGraphs.FunctionAround(read);
        mayBeGiven = true;
        if (writes.TrueForAll(write => FunctionGraphs.FunctionAround(write.Place) == function))
        {
            Write? last = null;
            foreach (var write in writes)
            {
                if (write.End <= read.SpanStart && !(write.End < last?.End) && (write.IsDeclaration || AlwaysRunsBefore(write.Place, read)))
                {
                    last = write;
                }
            }

            mayBeGiven = last is null;
            writes = writes.FindAll(write => MayReach(write, last, read));
        }

        return writes.Select(write => model.GetOperation(write.Source, cancellation)).OfType<IOperation>().ToList();
    }

    private static List<Write> WritesOf(ISymbol variable, SyntaxNode read, SemanticModel model, CancellationToken cancellation)
    {
        var writes = new List<Write>();
        if (variable is ILocalSymbol { DeclaringSyntaxReferences: [var declaration] }
            && declaration.GetSyntax(cancellation) is var declared && SourceOf(declared) is { } initial)
        {
            writes.Add(new Write(declared, initial, IsDeclaration: true));
        }

        foreach (var node in EnclosingBody.Of(read)?.DescendantNodes() ?? [])
        {
            if (node is not IdentifierNameSyntax { Identifier.ValueText: var text } name || text != variable.Name)
            {
                continue;
            }

            var place = name.Parent switch
            {
                AssignmentExpressionSyntax assignment when assignment.Left == name => (SyntaxNode)assignment,
                ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword or (int)SyntaxKind.RefKeyword, Parent.Parent: { } call }
                    => call,
                _ => null,
            };
            if (place is not null && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, variable))
            {
                writes.Add(new Write(place, (place as AssignmentExpressionSyntax)?.Right ?? place, IsDeclaration: false));
            }
        }

        return writes;
    }

    // What a local is declared from: its initializer, or what a loop, a pattern, a call or a deconstruction takes it from.
    private static SyntaxNode? SourceOf(SyntaxNode declaration)
    {
        switch (declaration)
        {
            case VariableDeclaratorSyntax variable:
                return variable.Initializer?.Value;
            case CommonForEachStatementSyntax loop:
                return loop.Expression;
        }

        foreach (var ancestor in declaration.Ancestors())
        {
            switch (ancestor)
            {
                case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }:
                    return call;
                case IsPatternExpressionSyntax test:
                    return test.Expression;
                case AssignmentExpressionSyntax deconstruction:
                    return deconstruction.Right;
                case CommonForEachStatementSyntax loop:
                    return loop.Expression;
                case SwitchStatementSyntax choice:
                    return choice.Expression;
                case SwitchExpressionSyntax choice:
                    return choice.GoverningExpression;
                case StatementSyntax:
                    return null;
            }
        }

        return null;
    }

    // A statement of its own, in a list that the read stands in, too.
    private static bool AlwaysRunsBefore(SyntaxNode place, SyntaxNode read)
        => place is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } or InvocationExpressionSyntax
            && !IsPassedByReference(place, read)
            && place.Parent is ExpressionStatementSyntax { Parent: { } list }
            && (list is GlobalStatementSyntax ? list.Parent! : list) is BlockSyntax or SwitchSectionSyntax or CompilationUnitSyntax
            && (list is GlobalStatementSyntax ? list.Parent! : list).Contains(read);

    // A ref argument may leave the variable as it was.
    private static bool IsPassedByReference(SyntaxNode place, SyntaxNode read)
        => place is InvocationExpressionSyntax { ArgumentList.Arguments: var arguments }
            && arguments.Any(argument
                => argument.RefKindKeyword.IsKind(SyntaxKind.RefKeyword) && argument.Expression.IsEquivalentTo(read));

    private static bool MayReach(Write write, Write? last, SyntaxNode read)
        => write == last
            || (write.End <= read.SpanStart && !(write.End < last?.End) && !AreExclusive(write.Place, read))
            || read.Ancestors().Any(loop
                => IsLoop(loop) && loop.Contains(write.Place) && !(last is { } overwriting && loop.Contains(overwriting.Place)));

    // The two branches of one condition; or a branch that leaves before it gets to the read.
    private static bool AreExclusive(SyntaxNode place, SyntaxNode read)
    {
        for (var (node, parent) = (place, place.Parent); parent is not null && !node.Contains(read); (node, parent) = (parent, parent.Parent))
        {
            if (parent is BlockSyntax
                {
                    Statements: [.., ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax],
                }
                && !parent.Contains(read))
            {
                return true;
            }

            if (parent.Contains(read))
            {
                return parent switch
                {
                    IfStatementSyntax choice => node == choice.Statement,
                    SwitchStatementSyntax => node is SwitchSectionSyntax,
                    ConditionalExpressionSyntax choice => node != choice.Condition,
                    _ => false,
                };
            }
        }

        return false;
    }

    private static bool IsLoop(SyntaxNode node) => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax;
}
