using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Flow;
using TraceLint.Spans;
using static TraceLint.Flow.TaskTypes;

namespace TraceLint.Rules;

/// <summary>Whether the work of a task is complete where the task is passed on.</summary>
internal enum Completion
{
    /// <summary>It is complete, or there is none.</summary>
    Complete,

    /// <summary>It may be complete, or was started elsewhere.</summary>
    Unknown,

    /// <summary>It continues.</summary>
    Pending,
}

/// <summary>The work of a task or an asynchronous sequence.</summary>
/// <param name="Completion">Whether it is complete.</param>
/// <param name="Call">The name of the call that does the work; null when the work is complete or may be.</param>
/// <param name="IsSequence">Whether the work is done when a sequence is read.</param>
internal readonly record struct WorkState(Completion Completion, string? Call = null, bool IsSequence = false);

/// <summary>
/// Finds the work of a value that is a task or a sequence. Calls to methods of the project are followed into their code; the work of any
/// other call is pending, unless its API says that it is complete.
/// </summary>
internal sealed class PendingWork(CompilationContext context)
{
    private const int MaxDepth = 6;

    private static readonly WorkState s_complete = new(Completion.Complete);
    private static readonly WorkState s_unknown = new(Completion.Unknown);

    // Members that wait for a task, or ask whether it is complete.
    private static readonly HashSet<string> s_waits = new(StringComparer.Ordinal)
    {
        "GetAwaiter", "IsCanceled", "IsCompleted", "IsCompletedSuccessfully", "IsFaulted", "Result", "Status", "Wait", "WaitAll", "WaitAny",
    };

    // Base classes whose methods do nothing, to be overridden.
    private static readonly string[] s_emptyBases = ["Attribute", "Base", "Events", "Hub", "Interceptor"];

    /// <summary>The work of a value.</summary>
    /// <param name="value">The value that is passed on.</param>
    /// <param name="scope">The code in the span: work that was started elsewhere does not count.</param>
    /// <param name="span">The variable that holds the span; null when none does.</param>
    public WorkState Of(IOperation value, TextSpan scope, string? span, CancellationToken cancellation)
        => new Search(context, value.Syntax.SyntaxTree, scope, span, cancellation).Of(value, MaxDepth);

    // Pending if one of them is; otherwise unknown if one of them is.
    private static WorkState All(IEnumerable<WorkState> states)
    {
        var all = s_complete;
        foreach (var state in states)
        {
            if (state.Completion is Completion.Pending)
            {
                return state;
            }

            all = state.Completion is Completion.Unknown ? state : all;
        }

        return all;
    }

    /// <summary>The search in one function.</summary>
    private sealed class Search(CompilationContext context, SyntaxTree tree, TextSpan scope, string? span, CancellationToken cancellation)
    {
        public WorkState Of(IOperation? value, int depth)
        {
            cancellation.ThrowIfCancellationRequested();
            return value switch
            {
                null => s_unknown,
                _ when depth == 0 => s_unknown,
                { ConstantValue: { HasValue: true, Value: null } } or IThrowOperation or IDefaultValueOperation => s_complete,
                IConversionOperation { OperatorMethod: null } conversion => Of(conversion.Operand, depth),
                ISimpleAssignmentOperation assignment => Of(assignment.Value, depth),
                IConditionalOperation { WhenTrue: var one, WhenFalse: var other } => All([one, other], depth),
                ICoalesceOperation { Value: var one, WhenNull: var other } => All([one, other], depth),
                ISwitchExpressionOperation choice => All(choice.Arms.Select(static arm => arm.Value), depth),
                IConditionalAccessOperation access => Of(access.WhenNotNull, depth),
                IObjectCreationOperation creation when IsTask(creation.Type) => OfCreation(creation, depth),
                IPropertyReferenceOperation { Property: { Name: "CompletedTask", IsStatic: true } } => s_complete,
                ILocalReferenceOperation local => OfLocal(local, depth - 1),
                IInvocationOperation call => OfCall(call, depth - 1),
                _ => s_unknown,
            };
        }

        private WorkState All(IEnumerable<IOperation?> values, int depth)
            => PendingWork.All(values.Select(value => Of(value, depth)));

        // new ValueTask<int>(7), new ValueTask<int>(task)
        private WorkState OfCreation(IObjectCreationOperation creation, int depth) => creation switch
        {
            { Type.Name: "Task" } => s_unknown,
            { Arguments.IsEmpty: true } => s_complete,
            { Arguments: [{ Value: var value }] } => IsTask(value.Unconverted().Type) ? Of(value, depth) : s_complete,
            _ => s_unknown,
        };

        private WorkState OfLocal(ILocalReferenceOperation reference, int depth)
        {
            if (reference.SemanticModel is not { } model
                || IsWaitedFor(reference.Local, model)
                || LocalValues.Of(reference.Local, model, cancellation) is not { Count: > 0 } values)
            {
                return s_unknown;
            }

            return All(values.Select(value => IsInScope(value.Syntax) ? value : null), depth);
        }

        private bool IsInScope(SyntaxNode node) => node.SyntaxTree == tree && scope.Contains(node.Span);

        private bool IsWaitedFor(ILocalSymbol local, SemanticModel model)
            => LocalValues.References(local, model, cancellation).Any(static name => name.Parent switch
            {
                MemberAccessExpressionSyntax { Name.Identifier.ValueText: var member } => s_waits.Contains(member),
                ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
                    => call.CalledName()?.Identifier.ValueText is { } called && s_waits.Contains(called),
                IsPatternExpressionSyntax => true,
                _ => false,
            });

        private WorkState OfCall(IInvocationOperation call, int depth)
        {
            var method = call.TargetMethod;
            if (!IsTask(call.Type) && !IsSequence(call.Type))
            {
                return s_unknown;
            }

            if (method.MethodKind is MethodKind.DelegateInvoke)
            {
                return call.Instance is not null && FunctionBody.Of(call.Instance, context, cancellation) is { } work
                    ? OfBody(work, call, depth)
                    : Pending(call);
            }

            if (IsTask(method.ContainingType))
            {
                return OfTaskApi(call, depth);
            }

            // task.WithTimeout(...), sequence.Where(...), StopAfter(activity, task)
            var receiver = call.Instance.OrAccessed() ?? (method.IsExtensionMethod ? call.Arguments[0].Value : null);
            if (IsTask(receiver?.Unconverted().Type) || IsSequence(receiver?.Unconverted().Type))
            {
                return OfWrapper(call, receiver!, depth);
            }

            if (call.Arguments.FirstOrDefault(static argument => IsTask(argument.Value.Unconverted().Type)) is { Value: var task })
            {
                return OfWrapper(call, task, depth);
            }

            if (method.OriginalDefinition.ReturnType is ITypeParameterSymbol
                || (method.IsStatic && SaysComplete(method.Name) && !context.Has(method)))
            {
                return s_unknown;
            }

            return IsSequence(call.Type) && method.Name is "Empty" or "ToAsyncEnumerable" && method.ContainingNamespace.Name is "Linq"
                ? s_unknown
                : OfMethod(call, depth);
        }

        // TaskUtil.Completed(), result.AsTask()
        private static bool SaysComplete(string name)
            => name.IndexOf("Complete", StringComparison.Ordinal) >= 0 || name is "Canceled" or "Cancelled" or "Faulted" or "FromResult"
                || (name.EndsWith("Task", StringComparison.Ordinal)
                    && (name.StartsWith("As", StringComparison.Ordinal) || name.StartsWith("To", StringComparison.Ordinal)));

        private WorkState OfTaskApi(IInvocationOperation call, int depth) => call.TargetMethod.Name switch
        {
            "FromResult" or "FromException" or "FromCanceled" => s_complete,
            "Delay" when call.Arguments is [{ Value.ConstantValue: { HasValue: true, Value: 0 } }, ..] => s_complete,
            "WhenAll" or "WhenAny"
                => OfItems(
                    call.Arguments.SelectMany(static argument => OperationFacts.ItemsOrSelf(argument.Value)), depth).Completion switch
                {
                    Completion.Pending => Pending(call),
                    var other => new WorkState(other),
                },
            "AsTask" or "ContinueWith" or "Preserve" or "WaitAsync" when call.Instance.OrAccessed() is { } task
                => OfWrapper(call, task, depth),
            "Run" or "Delay" => Pending(call),
            _ => s_unknown,
        };

        // A call that takes a task or a sequence is as pending as its argument. If it also takes the span, it may be the one that ends it.
        private WorkState OfWrapper(IInvocationOperation call, IOperation inner, int depth)
        {
            if (call.Arguments.Any(argument => argument.Value != inner && MentionsSpan(argument.Syntax)))
            {
                return s_unknown;
            }

            var state = Of(inner, depth);
            return state.Completion is Completion.Pending ? state with { IsSequence = IsSequence(call.Type) }
                : state.Completion is Completion.Complete && call.TargetMethod.Name is "AsTask" or "Preserve" or "WaitAsync" ? state
                : s_unknown;
        }

        private bool MentionsSpan(SyntaxNode node)
            => span is not null
                && node.DescendantNodes().Any(name => name is IdentifierNameSyntax { Identifier.ValueText: var text } && text == span);

        // Tasks, or collections of them.
        private WorkState OfItems(IEnumerable<IOperation> items, int depth)
            => PendingWork.All(items.Select(item
                => IsTask(item.Unconverted().Type) ? Of(item, depth) : OfCollection(item.Unconverted(), depth)));

        private WorkState OfCollection(IOperation items, int depth) => items switch
        {
            _ when depth <= 0 => s_unknown,
            _ when OperationFacts.ItemsOf(items) is { } elements => OfItems(elements, depth),
            IInvocationOperation { TargetMethod: { Name: "Select", IsExtensionMethod: true }, Arguments: [_, { Value: var each }] }
                => FunctionBody.Of(each, context, cancellation) is { } body
                    && OfBody(body, call: null, depth - 1) is { Completion: Completion.Pending } work
                    ? work
                    : s_unknown,
            IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments: [{ Value: var inner }, ..] }
                => OfCollection(inner.Unconverted(), depth - 1),
            ILocalReferenceOperation { Local: var local, SemanticModel: { } model } => OfList(local, model, depth - 1),
            _ => s_unknown,
        };

        // The initial elements of a list, and the elements that are added to it.
        private WorkState OfList(ILocalSymbol local, SemanticModel model, int depth)
        {
            if (IsWaitedFor(local, model))
            {
                return s_unknown;
            }

            foreach (var value in LocalValues.Of(local, model, cancellation) ?? [])
            {
                if (IsInScope(value.Syntax) && OfCollection(value.Unconverted(), depth) is { Completion: Completion.Pending } pending)
                {
                    return pending;
                }
            }

            foreach (var name in LocalValues.References(local, model, cancellation))
            {
                if (name.Parent is MemberAccessExpressionSyntax
                    {
                        Name.Identifier.ValueText: "Add",
                        Parent: InvocationExpressionSyntax { ArgumentList.Arguments: [var added] }
                    }
                    && IsInScope(name)
                    && Of(model.GetOperation(added.Expression, cancellation), depth) is { Completion: Completion.Pending } pending)
                {
                    return pending;
                }
            }

            return s_unknown;
        }

        private WorkState OfMethod(IInvocationOperation call, int depth)
        {
            var method = call.TargetMethod;
            if (method.MethodKind is MethodKind.LocalFunction)
            {
                return FunctionBody.Of(method, isVirtual: false, context, cancellation) is { } body
                    ? OfBody(body, call, depth)
                    : Pending(call);
            }

            if (call.Instance is IInstanceReferenceOperation
                && call.Syntax is InvocationExpressionSyntax
                {
                    Expression: MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax }
                }
                && (method.Name.StartsWith("On", StringComparison.Ordinal)
                    || Array.Exists(s_emptyBases, end => method.ContainingType.Name.EndsWith(end, StringComparison.Ordinal)))
                && !context.Has(method))
            {
                return s_unknown;
            }

            var methods = context.MethodsOf(method, call.IsVirtual);
            var isClosed = !methods.IsEmpty;
            if (!isClosed && !method.IsAbstract && context.Has(method))
            {
                methods = context.MethodsThatMayRun(method, call.IsVirtual).ToImmutableArray();
            }

            var all = PendingWork.All(methods.Select(one => FunctionBody.Of(one, isVirtual: false, context, cancellation) is { } body
                ? OfBody(body, call, depth)
                : Pending(call)));
            return all.Completion is Completion.Pending ? all
                : methods.IsEmpty ? Pending(call)
                : isClosed ? all
                : s_unknown;
        }

        // An async function is pending if it awaits something that is; another function, if it returns something that is.
        private WorkState OfBody(FunctionBody function, IInvocationOperation? call, int depth)
        {
            var model = context.Of(function.Body.SyntaxTree);
            var inner = new Search(context, function.Function.SyntaxTree, function.Function.Span, span: null, cancellation);
            if (FunctionGraphs.IsAsync(function.Function))
            {
                return depth <= 0
                    || function.Nodes().Any(node => SuppressedAwait.KeywordOf(node).RawKind != 0 && !inner.IsComplete(node, model, depth))
                    ? Pending(call)
                    : s_complete;
            }

            var returned = function.Body is ExpressionSyntax expression
                ? [expression]
                : function.Nodes()
                    .OfType<ReturnStatementSyntax>()
                    .Select(static statement => statement.Expression)
                    .OfType<ExpressionSyntax>();
            var state = inner.All(returned.Select(value => model.GetOperation(value, cancellation)), depth);
            return state.Completion is Completion.Pending && call is not null ? Pending(call) : state;
        }

        private bool IsComplete(SyntaxNode awaiting, SemanticModel model, int depth)
            => awaiting is AwaitExpressionSyntax { Expression: var awaited }
                && Of(model.GetOperation(Unconfigured(awaited), cancellation), depth).Completion is Completion.Complete;

        private static ExpressionSyntax Unconfigured(ExpressionSyntax awaited)
            => awaited is InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Expression: var task }
            }
                ? task
                : awaited;

        private static WorkState Pending(IInvocationOperation? call) => new(Completion.Pending, NameOf(call), IsSequence(call?.Type));

        private static string? NameOf(IInvocationOperation? call) => call switch
        {
            { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: { Syntax: var work } } => work switch
            {
                SimpleNameSyntax name => name.Identifier.ValueText,
                MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
                _ => "Invoke",
            },
            _ => call?.TargetMethod.Name,
        };
    }
}
