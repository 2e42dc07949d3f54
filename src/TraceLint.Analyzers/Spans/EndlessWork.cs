using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Spans;

/// <summary>Whether work that is started goes on for ever, and out of reach of who starts it.</summary>
internal static class EndlessWork
{
    private static readonly HashSet<string> s_owners = new(StringComparer.Ordinal)
    {
        "BlockingCollection", "CancellationToken", "CancellationTokenSource", "Channel", "ChannelReader", "ManualResetEvent", "ManualResetEventSlim", "PeriodicTimer",
    };

    /// <summary>The names of the calls that hand over work which may go on for ever: callbacks, and what is waited for, do not.</summary>
    public static readonly HashSet<string> CalledNames = new(StringComparer.Ordinal)
    {
        "ContinueWith", "QueueUserWorkItem", "Run", "Start", "StartNew",
    };

    /// <summary>Where the work that is handed over loops for ever: the loop, or the timer itself; null when it ends, or its end is the method's to say.</summary>
    public static SyntaxNode? In(HandOff handOff, CompilationContext context, CancellationToken cancellation)
    {
        if (handOff.Fact.Sees is not Seen.Caller || (handOff.Fact.Type == FlowTable.Names.EventTimer && IsOneShot(handOff.Operation.Syntax)))
        {
            return null;
        }

        var model = context.Of(handOff.Operation.Syntax.SyntaxTree);
        var endless = handOff.IsPeriodic ? handOff.Name
            : FunctionBody.Of(handOff.Work, context, cancellation) is { } work ? LoopOf(work, handOff.Operation.Syntax, context, cancellation)
            : null;
        return endless is null || FateOf(handOff, model, cancellation) is Fate.Kept || IsEndedByLocal(handOff.Operation.Syntax, model, cancellation) ? null : endless;
    }

    /// <summary>Where an async method of the project loops for ever that is called and not awaited.</summary>
    public static SyntaxNode? In(IInvocationOperation call, CompilationContext context, CancellationToken cancellation)
    {
        var model = context.Of(call.Syntax.SyntaxTree);
        return call.TargetMethod.IsAsync
            && FunctionBody.Of(call.TargetMethod, call.IsVirtual, context, cancellation) is { } body
            && LoopOf(body, call.Syntax, context, cancellation) is { } endless
            && Fates.Of((ExpressionSyntax)call.Syntax, model, cancellation) is not Fate.Kept
            && !IsEndedByLocal(call.Syntax, model, cancellation)
                ? endless
                : null;
    }

    private static StatementSyntax? LoopOf(FunctionBody work, SyntaxNode start, CompilationContext context, CancellationToken cancellation)
        => EndlessLoops.In(work, context, cancellation) is { } loop && !CompletedQueue.IsOf(loop, start) ? loop : null;

    /// <summary>What becomes of what stands for the work.</summary>
    public static Fate FateOf(HandOff handOff, SemanticModel model, CancellationToken cancellation)
    {
        if (handOff is not { Operation: IInvocationOperation { Instance: { } made }, Fact.Type: FlowTable.Names.Thread or FlowTable.Names.EventTimer })
        {
            return handOff.Fact.Type is FlowTable.Names.ThreadPool ? Fate.Discarded : Fates.Of((ExpressionSyntax)handOff.Operation.Syntax, model, cancellation);
        }

        return made switch
        {
            ILocalReferenceOperation { Local: var local } => IsDisposed(local, cancellation) ? Fate.Kept : Fates.OfVariable(local, (ExpressionSyntax)handOff.Operation.Syntax, model, cancellation) ?? Fate.Discarded,
            IMemberReferenceOperation { Member: var member } => Fates.OfVariable(member, (ExpressionSyntax)handOff.Operation.Syntax, model, cancellation) ?? Fate.Stored,
            IObjectCreationOperation => Fate.Discarded,
            _ => Fate.Kept,
        };
    }

    private static bool IsDisposed(ILocalSymbol local, CancellationToken cancellation)
        => local.DeclaringSyntaxReferences is [var declaration]
            && declaration.GetSyntax(cancellation).Parent?.Parent is UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 };

    // A timer that runs once, and is armed again or not by who gets the event.
    private static bool IsOneShot(SyntaxNode start)
    {
        foreach (var node in start.SyntaxTree.GetRoot().DescendantNodes())
        {
            if (node is AssignmentExpressionSyntax { Left: var left, Right: LiteralExpressionSyntax value } && value.IsKind(SyntaxKind.FalseLiteralExpression)
                && left is IdentifierNameSyntax { Identifier.ValueText: "AutoReset" } or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AutoReset" })
            {
                return true;
            }
        }

        return false;
    }

    // A source, a timer or a queue that the method has made itself: it may well end the work, too.
    private static bool IsEndedByLocal(SyntaxNode call, SemanticModel model, CancellationToken cancellation)
    {
        foreach (var name in call.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (model.GetSymbolInfo(name, cancellation).Symbol is ILocalSymbol { DeclaringSyntaxReferences: [var declaration], Type.Name: var type } local
                && s_owners.Contains(type) && !call.Span.Contains(declaration.Span)
                && !IsOfTheObject(declaration.GetSyntax(cancellation), local, model, cancellation))
            {
                return true;
            }
        }

        return false;
    }

    // var token = _stopping.Token; var source = _source = new(); _source = source;
    private static bool IsOfTheObject(SyntaxNode declaration, ILocalSymbol local, SemanticModel model, CancellationToken cancellation)
    {
        if (declaration is VariableDeclaratorSyntax { Initializer.Value: var value })
        {
            var root = value;
            while (root is MemberAccessExpressionSyntax { Expression: var inner } and not { Expression: ThisExpressionSyntax })
            {
                root = inner;
            }

            if (value is AssignmentExpressionSyntax || model.GetSymbolInfo(root, cancellation).Symbol is IFieldSymbol or IPropertySymbol or IParameterSymbol)
            {
                return true;
            }
        }

        foreach (var assignment in (EnclosingBody.Of(declaration) ?? declaration).DescendantNodes().OfType<AssignmentExpressionSyntax>())
        {
            if (assignment.Right is IdentifierNameSyntax { Identifier.ValueText: var name } && name == local.Name
                && model.GetSymbolInfo(assignment.Left, cancellation).Symbol is IFieldSymbol or IPropertySymbol)
            {
                return true;
            }
        }

        return false;
    }
}
