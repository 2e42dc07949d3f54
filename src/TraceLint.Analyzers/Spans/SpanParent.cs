using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Engine;
using TraceLint.Flow;
using TraceLint.Propagation;

namespace TraceLint.Spans;

/// <summary>What a span is given as its parent, or as links.</summary>
internal enum SpanParent
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Something that is empty for all to see: null, default, an empty list.</summary>
    Empty,

    /// <summary>The context that is current anyway.</summary>
    Ambient,

    /// <summary>Anything else.</summary>
    Given,
}

/// <summary>Tells what a start is given.</summary>
internal sealed class SpanParents(CompilationContext context)
{
    private readonly CodeBodies _code = CodeBodies.In(context);

    /// <summary>The most that a start is given.</summary>
    public SpanParent Of(SpanStart start, CancellationToken cancellation)
        => (SpanParent)Math.Max(
            Math.Max((int)Of(start.Parent, cancellation), (int)Of(start.ParentId, cancellation)), (int)Of(start.Links, cancellation));

    private SpanParent Of(IOperation? argument, CancellationToken cancellation)
        => AtSight(argument, cancellation) is var sight && sight is SpanParent.Given
            ? OfValue(_code.ValueOf(argument!.Syntax, cancellation), cancellation)
            : sight;

    private SpanParent OfValue(Value value, CancellationToken cancellation)
        => value.IsNull ? SpanParent.Empty
            : value.Sources.RemoveAll(static source => source is IDefaultValueOperation) is { IsEmpty: false } sources
                && sources.All(source => IsAmbientAt(source.Syntax, cancellation))
                    ? SpanParent.Ambient
            : SpanParent.Given;

    private bool IsAmbientAt(SyntaxNode read, CancellationToken cancellation)
        => context.Of(read.SyntaxTree).GetOperation(read.WholeAccess(), cancellation) is { } operation && IsAmbient(operation);

    private static SpanParent AtSight(IOperation? argument, CancellationToken cancellation) => argument?.Unconverted() switch
    {
        null => SpanParent.None,
        { ConstantValue: { HasValue: true, Value: null or "" } } or IDefaultValueOperation or IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: null } => SpanParent.Empty,
        IArrayCreationOperation { Initializer: null or { ElementValues.IsEmpty: true } } => SpanParent.Empty,
        IInvocationOperation { TargetMethod.Name: "Empty", Arguments.IsEmpty: true } => SpanParent.Empty,
        ICoalesceOperation coalesce when IsAmbient(coalesce.Value) && AtSight(coalesce.WhenNull, cancellation) is not SpanParent.Given => SpanParent.Ambient,
        ILocalReferenceOperation local => OfLocal(local, cancellation),
        var other => IsAmbient(other) ? SpanParent.Ambient : SpanParent.Given,
    };

    // Activity.Current, its context or its id.
    private static bool IsAmbient(IOperation operation) => operation.Unconverted() switch
    {
        IPropertyReferenceOperation { Property: { Name: "Current", IsStatic: true } current } => ExtractionSigns.IsSpanType(current.ContainingType),
        IPropertyReferenceOperation { Property.Name: "CurrentSpan" } => true,
        IPropertyReferenceOperation { Property.Name: "Context" or "Id", Instance: { } span } => IsAmbient(span),
        IConditionalAccessOperation { Operation: var span, WhenNotNull: IPropertyReferenceOperation { Property.Name: "Context" or "Id" } } => IsAmbient(span),
        _ => false,
    };

    // Only what it is declared with, and only if that is all it ever holds.
    private static SpanParent OfLocal(ILocalReferenceOperation reference, CancellationToken cancellation)
        => reference is { Local.DeclaringSyntaxReferences: [var declaration], SemanticModel: { } model }
            && declaration.GetSyntax(cancellation) is VariableDeclaratorSyntax { Initializer.Value: var initial } variable
            && !IsWrittenElsewhere(variable) && model.GetOperation(initial, cancellation) is { } value and not ILocalReferenceOperation
                ? AtSight(value, cancellation)
                : SpanParent.Given;

    private static bool IsWrittenElsewhere(VariableDeclaratorSyntax variable)
    {
        var name = variable.Identifier.ValueText;
        foreach (var node in EnclosingBody.Of(variable)?.DescendantNodes() ?? [])
        {
            if (node is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name
                && (identifier.Parent is AssignmentExpressionSyntax assignment && assignment.Left == identifier || identifier.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 }
                    || identifier.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" or "AddRange" or "Insert" } } }))
            {
                return true;
            }
        }

        return false;
    }
}
