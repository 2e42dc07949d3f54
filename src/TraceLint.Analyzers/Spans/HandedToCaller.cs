using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>How an async function leaves a running span to its caller, who never finds it current.</summary>
internal enum Handover
{
    /// <summary>It returns the span, or an object that holds it and ends it.</summary>
    Returned,

    /// <summary>It keeps the span in a member that another method of the type stops.</summary>
    Kept,

    /// <summary>It leaves the span to whoever stops the current one.</summary>
    LeftRunning,
}

/// <summary>Finds spans that async functions start for their callers.</summary>
internal sealed class HandedToCaller(SpanStarts starts, CompilationContext context)
{
    private readonly AmbientStops _ambient = new(context);

    /// <summary>How the span that a call starts is left to the caller of the function around it.</summary>
    /// <returns>Null when it is not, or the caller is seen to make it current itself.</returns>
    public (Handover Kind, string Member)? Of(IInvocationOperation call, CancellationToken cancellation)
    {
        if (FunctionGraphs.FunctionAround(call.Syntax) is not { } function || !FunctionGraphs.IsAsync(function)
            || starts.Of(call) is not { BecomesCurrent: true, Api: SpanApi.ActivitySource or SpanApi.Activity }
            || EnclosingBody.IsIterator(function) || SetsCurrent(function))
        {
            return null;
        }

        foreach (var place in PlacesOf(call, function, cancellation))
        {
            switch (place)
            {
                case IReturnOperation when function is AnonymousFunctionExpressionSyntax lambda:
                    return IsHandedOver(lambda, cancellation) ? (Handover.Returned, "") : null;
                case IReturnOperation when Method(function, cancellation) is { } method && !AreCallersPrepared(method, cancellation):
                    return (Handover.Returned, method.Name);
                case IMemberReferenceOperation when function is AnonymousFunctionExpressionSyntax:
                    return null;
                case IMemberReferenceOperation { Member: var member, Instance: IInstanceReferenceOperation } when IsLast(call.Syntax, function) && IsStoppedElsewhere(member, function, cancellation):
                    return (Handover.Kept, member.Name);
                case IExpressionStatementOperation or IVariableDeclaratorOperation
                    when function is MethodDeclarationSyntax && IsLast(call.Syntax, function) && _ambient.Reach(call.Syntax, cancellation):
                    return (Handover.LeftRunning, "");
            }
        }

        return null;
    }

    /// <summary>Whether code gives <c>Activity.Current</c> another value.</summary>
    public static bool SetsCurrent(SyntaxNode code)
    {
        foreach (var node in code.DescendantNodes())
        {
            if (node is AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Current", Expression: var type } } && type.ToString().EndsWith("Activity", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    // Where the span ends up: itself, by the local that holds it, or by the object that is made with it.
    private IEnumerable<IOperation> PlacesOf(IInvocationOperation call, SyntaxNode function, CancellationToken cancellation)
    {
        var way = SpanWay.Of(call, out var place);
        yield return OwnerOf(place);
        if (way is not { Use: SpanUse.Held, Local: { } local })
        {
            yield break;
        }

        var isLeft = true;
        var model = context.Of(function.SyntaxTree);
        foreach (var node in function.DescendantNodes())
        {
            if (node is IdentifierNameSyntax { Identifier.ValueText: var name } && name == local.Name
                && model.GetOperation(node, cancellation) is ILocalReferenceOperation { Local: var referenced } reference && SymbolEqualityComparer.Default.Equals(referenced, local))
            {
                var use = SpanWay.Of(reference, out place);
                isLeft &= use.Use is SpanUse.Nothing;
                if (use.Use is SpanUse.Leaves)
                {
                    yield return OwnerOf(place);
                }
            }
        }

        if (isLeft && local.DeclaringSyntaxReferences is [var declaration] && model.GetOperation(declaration.GetSyntax(cancellation), cancellation) is { } declarator)
        {
            yield return declarator;
        }
    }

    // return new Scope(activity) hands the span on like return activity.
    private static IOperation OwnerOf(IOperation place) => place switch
    {
        ISimpleAssignmentOperation { Target: var target } => target,
        IArgumentOperation { Parent: IObjectCreationOperation { Type: { } type } made } when made.Unconverted() == made && IsDisposable(type) => OutOfConversions(made),
        _ => place,
    };

    private static IOperation OutOfConversions(IOperation operation)
    {
        var parent = operation.Parent;
        while (parent is IConversionOperation)
        {
            parent = parent.Parent;
        }

        return parent ?? operation;
    }

    private static bool IsDisposable(ITypeSymbol type)
        => type.DeclaringSyntaxReferences.Length > 0 && type.AllInterfaces.Any(static contract => contract.Name is "IDisposable" or "IAsyncDisposable");

    // Nothing of the function's own comes after it: no loop, and nothing that is awaited.
    private static bool IsLast(SyntaxNode call, SyntaxNode function)
    {
        foreach (var node in function.DescendantNodes())
        {
            if ((node is AwaitExpressionSyntax && node.SpanStart > call.SpanStart)
                || (node is StatementSyntax && IsLoop(node) && node.Span.Contains(call.Span))
                || (node is CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } && node.SpanStart > call.SpanStart))
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsLoop(SyntaxNode node)
        => node is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax;

    private IMethodSymbol? Method(SyntaxNode function, CancellationToken cancellation)
        => context.Of(function.SyntaxTree).GetDeclaredSymbol(function, cancellation) as IMethodSymbol;

    // A lambda that is an argument is called by the method that gets it, which hands the span to another one, or back. None of them sets
    // Activity.Current, or hands the span on as a parent.
    private bool IsHandedOver(AnonymousFunctionExpressionSyntax lambda, CancellationToken cancellation)
        => lambda.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
            && context.Of(call.SyntaxTree).GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method
            && (EnclosingBody.Of(call) is not { } body
                || !(SetsCurrent(body) || (HolderOf(call) is { } holder && ReadsContext(holder, body))))
            && !call.ArgumentList.Arguments.Any(static argument
                => ParametersOf(argument.Expression).Any(name => ReadsContext(name, argument.Expression)))
            && (context.Has(method.OriginalDefinition)
                ? !method.OriginalDefinition.DeclaringSyntaxReferences.Any(declaration => SetsCurrent(declaration.GetSyntax(cancellation)))
                : !TraceVocabulary.MayStartSpan(method.Name) && !TraceVocabulary.MayInject(method.Name));

    private static IEnumerable<string> ParametersOf(ExpressionSyntax function) => function switch
    {
        SimpleLambdaExpressionSyntax { Parameter.Identifier.ValueText: var name } => [name],
        ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: var parameters }
            => parameters.Select(static one => one.Identifier.ValueText),
        _ => [],
    };

    // A caller that sets Activity.Current, or hands the span on as a parent, does not rely on finding it there.
    private bool AreCallersPrepared(IMethodSymbol method, CancellationToken cancellation)
    {
        var prepared = false;
        foreach (var call in CallIndex.CallsOf(method.Name, context, cancellation))
        {
            if (SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, method) && FunctionGraphs.FunctionAround(call.Syntax) is { } caller)
            {
                if (!SetsCurrent(caller) && !(HolderOf(call.Syntax) is { } holder && ReadsContext(holder, caller)))
                {
                    return false;
                }

                prepared = true;
            }
        }

        return prepared;
    }

    // var activity = await StartAsync();
    private static string? HolderOf(SyntaxNode call)
        => call.FirstAncestorOrSelf<StatementSyntax>()?.DescendantNodes().OfType<VariableDeclaratorSyntax>().FirstOrDefault(variable => variable.Initializer?.Span.Contains(call.Span) is true)?.Identifier.ValueText;

    private static bool ReadsContext(string holder, SyntaxNode code)
    {
        foreach (var node in code.DescendantNodes())
        {
            var read = node switch
            {
                MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var name }, Name: var member } when name == holder => member,
                ConditionalAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var name }, WhenNotNull: MemberBindingExpressionSyntax { Name: var member } } when name == holder => member,
                _ => null,
            };
            if (read?.Identifier.ValueText is "Context" or "Id" or "TraceId" or "SpanId")
            {
                return true;
            }
        }

        return false;
    }

    // The member is stopped by another method and otherwise at most tagged: nobody makes it current, or a parent.
    private bool IsStoppedElsewhere(ISymbol member, SyntaxNode function, CancellationToken cancellation)
    {
        if (!context.Has(member.ContainingType))
        {
            return false;
        }

        var stopped = false;
        foreach (var declaration in member.ContainingType.DeclaringSyntaxReferences)
        {
            var type = declaration.GetSyntax(cancellation);
            var model = context.Of(type.SyntaxTree);
            foreach (var node in type.DescendantNodes())
            {
                if (node is not IdentifierNameSyntax { Identifier.ValueText: var name } || name != member.Name
                    || model.GetOperation(node.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access ? access : node, cancellation) is not IMemberReferenceOperation reference
                    || !SymbolEqualityComparer.Default.Equals(reference.Member, member)
                    || (reference.Parent is ISimpleAssignmentOperation assignment && assignment.Target == reference))
                {
                    continue;
                }

                if (SpanWay.Of(reference, out var place) is not { Use: SpanUse.Nothing or SpanUse.Stops } way || place is IPropertyReferenceOperation { Property.Name: not ("IsAllDataRequested" or "DisplayName" or "Duration") })
                {
                    return false;
                }

                if (way.Use is SpanUse.Stops)
                {
                    if (function.Span.Contains(node.Span) && function.SyntaxTree == node.SyntaxTree)
                    {
                        return false;
                    }

                    stopped = true;
                }
            }

            if (SetsCurrent(type))
            {
                return false;
            }
        }

        return stopped;
    }
}
