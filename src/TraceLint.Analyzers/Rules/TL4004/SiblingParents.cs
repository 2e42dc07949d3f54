using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Engine;
using TraceLint.Flow;
using TraceLint.Propagation;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>A parent that is not the running span but the parent of that span.</summary>
/// <param name="Read">Where <c>ParentId</c> or <c>ParentSpanId</c> is read.</param>
/// <param name="Operand">The value that is passed as the parent.</param>
/// <param name="Span">The running span.</param>
internal sealed record SiblingParent(IPropertyReferenceOperation Read, IOperation Operand, IOperation Span)
{
    /// <summary>The name of the property.</summary>
    public SimpleNameSyntax Name => Read.Syntax switch
    {
        MemberAccessExpressionSyntax { Name: var name } => name,
        MemberBindingExpressionSyntax { Name: var name } => name,
        var other => (SimpleNameSyntax)other,
    };
}

/// <summary>Finds spans that are started as siblings of the running span.</summary>
internal sealed class SiblingParents(SpanStarts starts, CompilationContext context)
{
    /// <summary>The names of the calls that take a parent.</summary>
    public static readonly string[] CalledNames = ["CreateActivity", "SetParentId", "StartActivity"];

    // Members that are read to copy a span, or to decide which parent is meant.
    private static readonly HashSet<string> s_deliberate =
        new(StringComparer.Ordinal) { "HasRemoteParent", "OperationName", "StartTimeUtc", "TagObjects" };

    private readonly LiveSpans _live = LiveSpans.In(context)!;
    private readonly ContextUses _uses = new(context);
    private readonly CodeBodies _code = CodeBodies.In(context);

    /// <summary>Whether a call or an object creation may take a parent, judging by its name.</summary>
    public static bool MayBe(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax call
            => call.CalledName() is { Identifier.ValueText: "StartActivity" or "CreateActivity" or "SetParentId" },
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [_, _, _, ..] arguments }
            => arguments.Any(static argument => IsParentSpanId(argument.Expression)),
        _ => false,
    };

    /// <summary>The parent that a call or an object creation takes, if it is the parent of a running span.</summary>
    public SiblingParent? Find(ExpressionSyntax node, SemanticModel model, CancellationToken cancellation)
    {
        var operand = model.GetOperation(node, cancellation) switch
        {
            IInvocationOperation call when starts.Of(call) is { } start => start.ParentId,
            IInvocationOperation { TargetMethod: { Name: "SetParentId", Parameters.Length: 1 } method } call
                when IsActivity(method.ContainingType)
                => call.Arguments[0].Value,
            IInvocationOperation call => ParentIds.Of(call, starts.Activity)?.SpanId,
            IObjectCreationOperation creation when _uses.Of(creation, cancellation) is ContextUse.Parent => ParentIds.Of(creation)?.SpanId,
            _ => null,
        };

        foreach (var read in operand is null ? [] : ReadsIn(operand, cancellation))
        {
            if (read.Instance is { } instance
                && IdSource.HolderOf(instance) is var span
                && IsRunning(span, node, cancellation)
                && !IsDeliberate(node))
            {
                return new SiblingParent(read, operand!, span);
            }
        }

        return null;
    }

    // The reads of ParentId and ParentSpanId that a value comes from.
    private IEnumerable<IPropertyReferenceOperation> ReadsIn(IOperation operand, CancellationToken cancellation)
        => _code.ValueOf(operand.Syntax, cancellation).Sources
            .OfType<IPropertyReferenceOperation>()
            .Where(read => read.Property is { Name: "ParentId" or "ParentSpanId", ContainingType: var type } && IsActivity(type))
            .Select(read => context.Of(read.Syntax.SyntaxTree).GetOperation(read.Syntax, cancellation))
            .OfType<IPropertyReferenceOperation>();

    // The current span is running, and so is one that a using around the call has started.
    private bool IsRunning(IOperation span, SyntaxNode node, CancellationToken cancellation) => span.Unconverted() switch
    {
        IPropertyReferenceOperation { Property: { Name: "Current", IsStatic: true, ContainingType: var type } } => IsActivity(type),
        ILocalReferenceOperation { Local: var local } reference
            => SymbolEqualityComparer.Default.Equals(_live.At(node, acrossFunctions: true, cancellation)?.Variable, local)
                || (ComputedFrom.DeclaredValue(reference, cancellation) is IPropertyReferenceOperation value
                    && IsRunning(value, node, cancellation)),
        _ => false,
    };

    private static bool IsDeliberate(SyntaxNode node)
    {
        foreach (var inner in EnclosingBody.Of(node)?.DescendantNodes() ?? [])
        {
            if (inner is SimpleNameSyntax { Parent: MemberAccessExpressionSyntax or MemberBindingExpressionSyntax } name
                && s_deliberate.Contains(name.Identifier.ValueText))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsActivity(ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type, starts.Activity);

    private static bool IsParentSpanId(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ParentSpanId" } => true,
        ConditionalAccessExpressionSyntax { WhenNotNull: var value } => IsParentSpanId(value),
        MemberBindingExpressionSyntax { Name.Identifier.ValueText: "ParentSpanId" } => true,
        BinaryExpressionSyntax { Left: var left } => IsParentSpanId(left),
        _ => false,
    };
}
