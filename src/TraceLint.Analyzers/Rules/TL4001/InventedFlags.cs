using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Engine;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Propagation;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>Hard-coded flags next to ids that are not constants.</summary>
/// <param name="Ids">The ids.</param>
/// <param name="Flags">The flags, or the text that ends in them.</param>
/// <param name="Value">The value of the flags, as a message shows it.</param>
internal sealed record InventedFlag(ParentIds Ids, SyntaxNode Flags, string Value)
{
    /// <summary>Whether the flags are part of a text.</summary>
    public bool IsText => Ids.Flags is null;
}

/// <summary>Finds hard-coded flags: in text, in contexts and in parents.</summary>
internal sealed class InventedFlags(INamedTypeSymbol activity, CompilationContext context)
{
    /// <summary>The names of the calls that may pass such flags.</summary>
    public static readonly string[] CalledNames = ["Append", "Concat", "Format", "Join", "SetParentId"];

    private readonly IdOrigins _origins = new(context);
    private readonly ContextUses _uses = new(context);
    private readonly CodeBodies _code = CodeBodies.In(context);

    /// <summary>Whether an expression may have such flags, judging by its syntax.</summary>
    public static bool MayBe(ExpressionSyntax node) => node switch
    {
        ObjectCreationExpressionSyntax { ArgumentList.Arguments: [_, _, _, ..], Type: var type }
            => type is SimpleNameSyntax { Identifier.ValueText: "ActivityContext" }
                or QualifiedNameSyntax { Right.Identifier.ValueText: "ActivityContext" },
        ImplicitObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: >= 3 and <= 5 } arguments }
            => arguments.Any(static argument => IsConstant(argument.Expression)),
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: 3 } call
            when call.CalledName() is { Identifier.ValueText: "SetParentId" }
            => true,
        _ => TraceParentText.MayBe(node),
    };

    /// <summary>The hard-coded flags in an expression.</summary>
    /// <returns>Null when there are none, or the origin of the ids is not visible.</returns>
    public InventedFlag? Find(ExpressionSyntax node, SemanticModel model, CancellationToken cancellation)
        => model.GetOperation(node, cancellation) switch
        {
            IObjectCreationOperation creation
                => ParentIds.Of(creation) is { Flags: { } flags } ids
                    && IsConstant(flags, cancellation)
                    && HaveArrived(ids, cancellation)
                    && IsContinued(creation, cancellation)
                    ? new InventedFlag(ids, flags.Syntax, flags.Syntax.ToString())
                    : null,
            IInvocationOperation call when ParentIds.Of(call, activity) is { Flags: { } flags } ids
                => IsConstant(flags, cancellation) && HaveArrived(ids, cancellation)
                    ? new InventedFlag(ids, flags.Syntax, flags.Syntax.ToString())
                    : null,
            var operation
                => TraceParentText.Of(node, _code, context, cancellation) is { } text
                    && HaveArrived(text.Ids, cancellation)
                    && !IsLogged(operation)
                    ? new InventedFlag(text.Ids, text.Flags, text.Text)
                    : null,
        };

    // The flags of a link have no effect on sampling.
    private bool IsContinued(IObjectCreationOperation creation, CancellationToken cancellation) => _uses.Of(creation, cancellation) switch
    {
        ContextUse.Parent => true,
        ContextUse.Returned
            => creation.Arguments.Any(
                static argument => argument is
                {
                    Parameter.Name: "isRemote",
                    ArgumentKind: ArgumentKind.Explicit,
                    Value.ConstantValue: not { HasValue: true, Value: false }
                }),
        _ => false,
    };

    private bool HaveArrived(ParentIds ids, CancellationToken cancellation)
    {
        var trace = _origins.Of(ids.TraceId, cancellation);
        var span = _origins.Of(ids.SpanId, cancellation);

        // A generated span id in an existing trace: the flags of that trace could have been read.
        return HasArrived(trace, "trace")
            && (HasArrived(span, "span", "parent")
                || (span.Origin is IdOrigin.MadeUp && trace is { Origin: IdOrigin.Context, Holder: not null }));
    }

    private static bool HasArrived(IdSource id, params string[] names) => id.Origin switch
    {
        IdOrigin.Context or IdOrigin.Text => true,
        // A text that is a member of another object: a message, a row.
        IdOrigin.Unknown => id is { Member.Name: var member, Holder: not null and not IInstanceReferenceOperation }
            && Array.Exists(names, name => member.IndexOf(name, StringComparison.OrdinalIgnoreCase) >= 0),
        _ => false,
    };

    private static bool IsConstant(IOperation flags, CancellationToken cancellation) => flags.Unconverted() switch
    {
        { ConstantValue.HasValue: true } or IDefaultValueOperation => true,
        ILocalReferenceOperation local
            => !LocalValues.IsAssigned(local.Local.Name, local.Syntax)
                && ComputedFrom.DeclaredValue(local, cancellation) is { } value
                && IsConstant(value, cancellation),
        _ => false,
    };

    private static bool IsConstant(ExpressionSyntax expression)
        => expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "None" or "Recorded" }
            or IdentifierNameSyntax
            or CastExpressionSyntax
            or LiteralExpressionSyntax
            or DefaultExpressionSyntax;

    private static bool IsLogged(IOperation? text)
    {
        for (var parent = text?.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IThrowOperation || (parent is IInvocationOperation { TargetMethod: var method } && LogCalls.Are(method)))
            {
                return true;
            }
        }

        return false;
    }
}
