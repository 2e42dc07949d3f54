using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Configuration;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Propagation;

/// <summary>
/// What taking a context off a message looks like: a propagator's Extract, the parsing or making of a context, a link, a
/// parent set by hand, a vendor's API, a trace header that is read, a member that holds a context. A sign is enough to stay
/// silent about a span; whether the context is the right one is not asked.
/// </summary>
internal sealed class ExtractionSigns(Transport transport)
{
    private static readonly Vocabulary s_instrumentation = new("instrument*");

    private static readonly HashSet<string> s_parsing = new(StringComparer.Ordinal)
    {
        "AddLink", "CreateFromBytes", "CreateFromString", "CreateFromUtf8String", "Parse", "SetParentId", "TryParse",
    };

    /// <summary>What is looked for where a message goes: see <see cref="MessageReach"/>.</summary>
    public MessageReach Reach(CompilationContext context) => new(context, (operation, derived) => IsOne(operation, derived, context) && !IsCarriedOn(operation), IsOfTracing);

    /// <summary>Whether an operation takes a context off something, or gives one to a span that is there already.</summary>
    private bool IsOne(IOperation operation, HashSet<ISymbol>? derived, CompilationContext context) => operation switch
    {
        IInvocationOperation call => context.Settings.Extracts(call.TargetMethod, call.Syntax.SyntaxTree)
            || ReferencedFacts.Of(context.Compilation).Find(DeclarationKind.Extract, call.TargetMethod) is not null || IsExtractingCall(call.TargetMethod) || ReadsTraceHeader(call.Instance, call.Arguments) || MayExtract(call, derived, context),
        IObjectCreationOperation { Arguments.Length: > 0 } creation => IsContextType(creation.Type) && !IsGivenToPropagator(creation),
        IPropertyReferenceOperation { Arguments.IsEmpty: false } indexer => !IsWritten(indexer) && ReadsTraceHeader(indexer.Instance, indexer.Arguments),
        IMemberReferenceOperation member => IsMemberWithContext(member.Member, member.Type),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { Name: "Current", IsStatic: true, ContainingType: var owner } } } => IsSpanType(owner),
        ILiteralOperation { ConstantValue: { HasValue: true, Value: string name } } literal => literal.Parent is IBinaryOperation or IPatternOperation or ICaseClauseOperation && TraceVocabulary.BelongsToContext(name),
        _ => false,
    };

    /// <summary>Whether a type is that of a context or a link, nullable or not, or a collection of them.</summary>
    public static bool IsContextType(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => IsContextType(array.ElementType),
        INamedTypeSymbol { TypeArguments: [var only] } => IsContextType(only),
        not null => TraceTypes.IsContext(type) || TraceTypes.IsLink(type),
        _ => false,
    };

    /// <summary>Whether a type is that of a span, or of what makes spans.</summary>
    public static bool IsSpanType(ITypeSymbol? type)
        => TraceTypes.IsSpan(type) || (type is { Name: "Tracer" } && TraceTypes.IsOfTracing(type));

    // The project's own methods are followed; their names say nothing.
    private static bool IsExtractingCall(IMethodSymbol method)
    {
        var type = method.ContainingType;
        if (type is null || type.Locations is [{ IsInSource: true }, ..] || IsInjecting(method))
        {
            return false;
        }

        if (s_parsing.Contains(method.Name) && TraceTypes.IsOfTracing(type))
        {
            return true;
        }

        return TraceVocabulary.Extracts(method.Name) || method.Name is "AcceptDistributedTraceHeaders" or "TryDeserializeFromString";
    }

    // Code that cannot be seen may do it with a carrier, and with a message where it sounds so.
    private bool MayExtract(IInvocationOperation call, HashSet<ISymbol>? derived, CompilationContext context)
    {
        var method = call.TargetMethod;
        if (SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, context.Compilation.Assembly) || Bystanders.Contains(method) || LogCalls.Are(method)
            || transport.IsOwnMember(method) || method.MethodKind is MethodKind.DelegateInvoke || IsInjecting(method) || IsSystem(method.ContainingNamespace))
        {
            return false;
        }

        foreach (var argument in call.Arguments)
        {
            var value = argument.Value.Unconverted();
            if ((derived is null || DerivedVariables.Mentions(value, derived))
                && (transport.RoleOf(value.Type) is CarrierRole.Carrier || (transport.ReceivedAs(value.Type) is not ReceivedRole.None && (IsOfTracing(method) || SoundsLikeTracing(method.ContainingType.Name)))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSystem(INamespaceSymbol? home)
        => home?.ToDisplayString() is { } name && (name == "System" || name.StartsWith("System.", StringComparison.Ordinal));

    private bool IsOfTracing(IMethodSymbol method)
        => IsContextType(method.ReturnType) || IsSpanType(method.ReturnType) || SoundsLikeTracing(method.Name) || transport.ReceivedAs(TaskTypes.Awaited(method.ReturnType)) is not ReceivedRole.None;

    private static bool SoundsLikeTracing(string name) => TraceVocabulary.IsAboutTracing(name) || s_instrumentation.IsIn(name);


    private static bool IsInjecting(IMethodSymbol method) => TraceVocabulary.Injects(method.Name);

    // A name that is asked for, not written. What a carrier is asked for may be somebody's own trace header.
    private bool ReadsTraceHeader(IOperation? from, IEnumerable<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Value.Unconverted().ConstantValue is { HasValue: true, Value: string name }
                && (TraceVocabulary.BelongsToContext(name) || (transport.RoleOf(from?.Type) is CarrierRole.Carrier && TraceVocabulary.MayBeContextHeader(name)))
                && argument.Parent is not IInvocationOperation { TargetMethod.Name: "Add" or "AddTag" or "Append" or "Remove" or "SetAttribute" or "SetTag" or "TryAdd" })
            {
                return true;
            }
        }

        return false;
    }

    private bool IsMemberWithContext(ISymbol member, ITypeSymbol? type)
    {
        if (member.ContainingType is not { } owner || TraceTypes.IsOfTracing(owner))
        {
            return false;
        }

        return IsContextType(type)
            || (member is IPropertySymbol or IFieldSymbol { IsConst: false } && transport.RoleOf(owner) is CarrierRole.None && TraceVocabulary.HoldsContext(member.Name)
                && type is { TypeKind: not TypeKind.Delegate });
    }

    private static bool IsWritten(IPropertyReferenceOperation indexer) => indexer.Parent is ISimpleAssignmentOperation assignment && assignment.Target == indexer;

    // The context of the message, on its way into the next one: no span here has it.
    private static bool IsCarriedOn(IOperation operation)
    {
        for (var at = operation.Parent; at is not null; at = at.Parent)
        {
            if (at is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var method } } && IsInjecting(method))
            {
                return true;
            }
        }

        return false;
    }

    // The current context, on its way out.
    private static bool IsGivenToPropagator(IObjectCreationOperation creation)
        => creation.Type is { Name: "PropagationContext" } && creation.Arguments.Any(static argument => argument.Value.DescendantsAndSelf().Any(static operation
            => operation is IPropertyReferenceOperation { Property: { Name: "Current" or "Context" } property } && IsSpanType(property.ContainingType)));
}
