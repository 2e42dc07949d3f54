using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Rules;

/// <summary>
/// The methods of the project that start a process with the start info that they are given, and leave its environment alone. A call to one
/// is treated as the start. Only the very method counts: what implements an interface may be replaced.
/// </summary>
internal sealed class StartWrappers(ProcessTypes types, CompilationContext context)
{
    private readonly object _gate = new();
    private HashSet<ISymbol>? _methods;

    /// <summary>The names of the methods.</summary>
    public IEnumerable<string> NamesOf(CancellationToken cancellation) => Methods(cancellation).Select(static method => method.Name);

    /// <summary>Whether a call is to one of the methods.</summary>
    public bool Contains(IInvocationOperation call, CancellationToken cancellation)
        => InfoOf(call) is not null && Methods(cancellation).Contains(call.TargetMethod.OriginalDefinition);

    /// <summary>The start info that a call is given; null when it is given none.</summary>
    public IOperation? InfoOf(IInvocationOperation call)
        => call.Arguments.FirstOrDefault(argument => types.IsStartInfo(argument.Parameter?.Type))?.Value;

    private HashSet<ISymbol> Methods(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return _methods ??= new HashSet<ISymbol>(
                CallIndex.CallsOf("Start", context, cancellation)
                    .Where(types.IsStart)
                    .Select(call => ParameterOf(call, cancellation)?.ContainingSymbol)
                    .OfType<ISymbol>(),
                SymbolEqualityComparer.Default);
        }
    }

    // The parameter whose start info is started.
    private IParameterSymbol? ParameterOf(IInvocationOperation start, CancellationToken cancellation)
    {
        IOperation body = start;
        while (body.Parent is { } parent)
        {
            body = parent;
        }

        return context.Of(start.Syntax.SyntaxTree).GetEnclosingSymbol(start.Syntax.SpanStart, cancellation)
                is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsVirtual: false, IsAbstract: false, IsOverride: false } method
            && method.Parameters.Where(parameter => types.IsStartInfo(parameter.Type)).ToList() is [var info]
            && body.Descendants().All(operation => LeavesEnvironment(operation, start, info))
            && body.Descendants().Any(operation
                => operation is IParameterReferenceOperation reference && IsOf(reference, info) && IsStarted(reference))
                ? info
                : null;
    }

    private bool LeavesEnvironment(IOperation operation, IInvocationOperation start, IParameterSymbol info) => operation switch
    {
        IPropertyReferenceOperation { Property: { Name: "Environment" or "EnvironmentVariables" } property }
            => !types.IsStartInfo(property.ContainingType),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "UseShellExecute" }, Value.ConstantValue: var shell }
            => shell is { HasValue: true, Value: false },
        IParameterReferenceOperation reference when IsOf(reference, info)
            => IsStarted(reference) || reference.Parent is IMemberReferenceOperation,
        IArgumentOperation { Value.Type: var type } argument when SymbolEqualityComparer.Default.Equals(type, types.Process)
            => argument.Parent is IInvocationOperation && argument.Syntax.SpanStart > start.Syntax.Span.End,
        _ => true,
    };

    private bool IsStarted(IParameterReferenceOperation reference) => reference.Parent switch
    {
        IArgumentOperation { Parent: IInvocationOperation call } => types.IsStart(call),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "StartInfo" } } => true,
        _ => false,
    };

    private static bool IsOf(IParameterReferenceOperation reference, IParameterSymbol parameter)
        => SymbolEqualityComparer.Default.Equals(reference.Parameter, parameter);
}
