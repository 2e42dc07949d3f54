using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>A call or creation that passes work to an API of .NET.</summary>
/// <param name="Operation">The call or the creation that captures the context.</param>
/// <param name="Fact">How the API treats the context.</param>
/// <param name="Work">The delegate or the item that is passed.</param>
/// <param name="Name">The name at which a diagnostic is reported.</param>
internal sealed record HandOff(IOperation Operation, FlowFact Fact, IOperation Work, SyntaxNode Name)
{
    /// <summary>Whether the work runs repeatedly, as that of a timer with a period does.</summary>
    public bool IsPeriodic { get; init; }
}

/// <summary>Finds the places where code passes work to an API of <see cref="FlowTable"/>.</summary>
internal static class HandOffs
{
    private static readonly ILookup<string, FlowFact> s_facts = FlowTable.Rows.ToLookup(static row => row.Type, StringComparer.Ordinal);

    /// <summary>The names of the methods: a cheap check before the semantic one.</summary>
    public static readonly HashSet<string> CalledNames = new(FlowTable.Rows.Select(static row => row.Member), StringComparer.Ordinal);

    /// <summary>
    /// The names of the types whose constructors capture the context; empty for <c>new(a, b)</c>. A thread is not among them: it captures
    /// the context when it is started.
    /// </summary>
    public static readonly HashSet<string> CreatedNames = new(StringComparer.Ordinal) { "Task", "Timer", "" };

    /// <summary>The work that a node passes on.</summary>
    /// <param name="node">A call or a creation.</param>
    /// <returns>Null when the node passes no work, or none that can be found.</returns>
    public static HandOff? At(SyntaxNode node, SemanticModel model, CancellationToken cancellation) => node switch
    {
        InvocationExpressionSyntax call when call.CalledName() is { } name && CalledNames.Contains(name.Identifier.ValueText)
            && model.GetOperation(call, cancellation) is IInvocationOperation operation
            && FactOf(operation.TargetMethod) is { } fact && WorkOf(operation, fact, cancellation) is { } work
            => new HandOff(operation, fact, work, name) { IsPeriodic = fact.Type == FlowTable.Names.EventTimer },
        BaseObjectCreationExpressionSyntax creation when MayHandOver(creation)
            && model.GetOperation(creation, cancellation) is IObjectCreationOperation { Constructor: { } constructor } operation
            && FactOf(constructor) is { } fact && FirstDelegate(operation.Arguments) is { } work
            => new HandOff(operation, fact, work, NameOf(creation))
            {
                IsPeriodic = fact.Type == FlowTable.Names.Timer && HasPeriod(operation),
            },
        _ => null,
    };

    // A type name is missing in new(callback, state, due, period).
    private static bool MayHandOver(BaseObjectCreationExpressionSyntax creation)
        => FileIndex.TypeNameOf(creation) is { } name
            && CreatedNames.Contains(name)
            && (name.Length > 0 || creation.ArgumentList?.Arguments.Count == 4);

    private static SyntaxNode NameOf(BaseObjectCreationExpressionSyntax creation)
        => creation is ObjectCreationExpressionSyntax { Type: var type } ? type : creation;

    // Comparing the full name of the method's type costs less than looking up all the types in advance.
    private static FlowFact? FactOf(IMethodSymbol method)
    {
        foreach (var fact in s_facts[$"{method.ContainingType.ContainingNamespace.ToDisplayString()}.{method.ContainingType.MetadataName}"])
        {
            if (fact.Member == method.Name)
            {
                return fact;
            }
        }

        return null;
    }

    private static IOperation? WorkOf(IInvocationOperation call, FlowFact fact, CancellationToken cancellation) => fact.Type switch
    {
        FlowTable.Names.Thread => call.Instance is { } thread ? WorkOfThread(thread, cancellation) : null,
        FlowTable.Names.EventTimer => call.Instance,
        _ => FirstDelegate(call.Arguments),
    };

    // The work of a thread is the argument of its constructor.
    private static IOperation? WorkOfThread(IOperation thread, CancellationToken cancellation)
        => CreationOf.Value(thread, cancellation) is IObjectCreationOperation creation ? FirstDelegate(creation.Arguments) : null;

    private static IOperation? FirstDelegate(IEnumerable<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.Type is { TypeKind: TypeKind.Delegate } or { Name: "IThreadPoolWorkItem" })
            {
                return argument.Value;
            }
        }

        return null;
    }

    // A timer without a period runs once each time it is set, as far as the code shows.
    private static bool HasPeriod(IObjectCreationOperation timer)
    {
        foreach (var argument in timer.Arguments)
        {
            if (argument.Parameter?.Name == "period")
            {
                return argument.Value.ConstantValue is { HasValue: true, Value: var value }
                    ? Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) > 0 && !IsInfinite(argument.Value)
                    : !IsInfinite(argument.Value);
            }
        }

        return false;
    }

    private static bool IsInfinite(IOperation period)
    {
        var text = period.Syntax.ToString();
        return text.IndexOf("Infinite", StringComparison.Ordinal) >= 0
            || text is "TimeSpan.Zero" or "-1"
            || text.IndexOf("FromMilliseconds(-1)", StringComparison.Ordinal) >= 0;
    }
}
