using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Engine;

namespace TraceLint.Spans;

/// <summary>A value that is another one every time.</summary>
/// <param name="What">Its name in a message.</param>
/// <param name="IsOfSpan">Whether the current span has it anyway.</param>
internal sealed record UnboundedValue(string What, bool IsOfSpan)
{
    /// <summary>The exception whose text it is; null when it is no such text.</summary>
    public IOperation? Exception { get; init; }

    /// <summary>What is unbounded in a value: it, a part of its text, or what it is in one of two cases.</summary>
    /// <returns>Null when nothing is, for certain.</returns>
    public static UnboundedValue? In(Value value)
    {
        foreach (var source in value.Sources)
        {
            if (OfType(source) is { } known)
            {
                return known;
            }

            var found = source switch
            {
                IPropertyReferenceOperation property => OfProperty(property),
                IInvocationOperation call => OfCall(call),
                _ => null,
            };
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    private static UnboundedValue? OfType(IOperation value) => value.Type is { Name: var name } type && IdSource.IsId(type)
        ? new UnboundedValue(name is "ActivityTraceId" ? "a trace id" : "a span id", IsOfSpan: true)
        : null;

    private static UnboundedValue? OfProperty(IPropertyReferenceOperation read) => read.Property switch
    {
        { Name: "Id" or "ParentId" or "RootId", ContainingType: { Name: "Activity" } type } when IsIn(type, "Diagnostics") => new("the id of a span", IsOfSpan: true),
        { Name: "Now" or "UtcNow", IsStatic: true, ContainingType: { Name: "DateTime" or "DateTimeOffset", ContainingNamespace.Name: "System" } } => new("the current time", IsOfSpan: false),
        { Name: "Message" or "StackTrace" } when IsException(read.Instance?.Type) => new("the text of an exception", IsOfSpan: false) { Exception = read.Instance },
        _ => null,
    };

    private static UnboundedValue? OfCall(IInvocationOperation call) => call.TargetMethod switch
    {
        { Name: "NewGuid" or "CreateVersion7", ContainingType: { Name: "Guid", ContainingNamespace.Name: "System" } }
            => new("a new Guid", IsOfSpan: false),
        { Name: "ToString" } when IsException(call.Instance?.Type)
            => new("the text of an exception", IsOfSpan: false) { Exception = call.Instance },
        _ => null,
    };

    private static bool IsException(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type is { Name: "Exception", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsIn(INamedTypeSymbol type, string home) => type.ContainingNamespace is { Name: var name } && name == home;
}
