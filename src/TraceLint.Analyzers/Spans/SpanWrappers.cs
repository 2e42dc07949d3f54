using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Propagation;

namespace TraceLint.Spans;

/// <summary>
/// The project's own methods that start a span and leave it to their callers. Where such a method is given no message, the
/// call of it is the start; else the start is in it. Found once for a compilation, from the starts outwards.
/// </summary>
internal sealed class SpanWrappers(SpanStarts starts, CompilationContext context, ImmutableArray<Transport> transports)
{
    private const int MaxNames = 50;
    private readonly object _gate = new();
    private volatile Found? _found;

    /// <summary>Such methods in a compilation, whatever they are given.</summary>
    /// <returns>Null when the compilation has no spans.</returns>
    public static SpanWrappers? In(CompilationContext context)
        => context.Shared(static one => SpanStarts.In(one.Compilation) is { } starts
            ? new SpanWrappers(starts, one, ImmutableArray<Transport>.Empty)
            : null);

    public CompilationContext Context => context;

    /// <summary>The type of a span.</summary>
    public INamedTypeSymbol Activity => starts.Activity;

    /// <summary>The names of such methods.</summary>
    public IReadOnlyCollection<string> NamesOf(CancellationToken cancellation) => Find(cancellation).Names;

    /// <summary>The names of all calls that start a span, or return one that such a method has started.</summary>
    public IReadOnlyCollection<string> CalledNames(CancellationToken cancellation)
        => SpanStarts.CalledNames.Union(NamesOf(cancellation)).ToList();

    /// <summary>Whether a name is that of such a method.</summary>
    public bool Contains(string name, CancellationToken cancellation) => Find(cancellation).Names.Contains(name);

    /// <summary>What a call starts, itself or by calling such a method that is given no message; null when it starts nothing.</summary>
    public SpanStart? Of(IInvocationOperation call, CancellationToken cancellation) => starts.Of(call) ?? OfWrapper(call, Find(cancellation));

    /// <summary>Whether a span is left behind by a call, whoever starts it.</summary>
    public bool LeavesSpan(IInvocationOperation call, CancellationToken cancellation)
        => starts.Of(call) is not null
            || (Find(cancellation) is var found && found.Names.Contains(call.TargetMethod.Name) && context.MethodsThatMayRun(call.TargetMethod, call.IsVirtual).Any(found.Starts.ContainsKey));

    private Found Find(CancellationToken cancellation)
    {
        if (_found is { } known)
        {
            return known;
        }

        lock (_gate)
        {
            return _found ??= Search(cancellation);
        }
    }

    // Start is everybody's word; what begins with one is found by the others.
    private Found Search(CancellationToken cancellation)
    {
        var found = new Found();
        var pending = new Queue<string>(SpanStarts.CalledNames.Where(static name => name is not "Start"));
        for (var names = 0; pending.Count > 0 && names < MaxNames; names++)
        {
            foreach (var call in CallIndex.CallsOf(pending.Dequeue(), context, cancellation))
            {
                if ((starts.Of(call) ?? OfWrapper(call, found)) is { } start && MethodLeftBy(call, cancellation) is { } method && !found.Starts.ContainsKey(method))
                {
                    found.Starts.Add(method, start);
                    var name = method.ExplicitInterfaceImplementations is [var contract, ..] ? contract.Name : method.Name;
                    if (found.Names.Add(name))
                    {
                        pending.Enqueue(name);
                    }
                }
            }
        }

        return found;
    }

    // The span of an async method is not current in its caller, and that of a using has ended.
    private IMethodSymbol? MethodLeftBy(IInvocationOperation call, CancellationToken cancellation)
        => call.Syntax is InvocationExpressionSyntax node && EnclosingBody.Of(node) is { } body
            && body.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } declaration && (body == declaration || body.Parent == declaration)
            && !node.Ancestors().TakeWhile(ancestor => ancestor != declaration).Any(static ancestor
                => ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 })
            && context.Of(declaration.SyntaxTree).GetDeclaredSymbol(declaration, cancellation) is IMethodSymbol { IsAsync: false } method
                ? method.OriginalDefinition
                : null;

    private SpanStart? OfWrapper(IInvocationOperation call, Found found)
    {
        if (!found.Names.Contains(call.TargetMethod.Name))
        {
            return null;
        }

        var methods = context.MethodsOf(call.TargetMethod, call.IsVirtual);
        return methods is [var method] && found.Starts.TryGetValue(method, out var start) && IsHandedOut(method) && !TakesMessage(method)
            && call.Arguments.All(static argument => argument.ArgumentKind is ArgumentKind.DefaultValue || IsPlain(argument.Parameter?.Type))
                ? start with
                {
                    Call = call,
                    Name = ArgumentFor(start.Name, call),
                    Kind = ArgumentFor(start.Kind, call, withDefault: true),
                    Parent = ArgumentFor(start.Parent, call),
                    ParentId = ArgumentFor(start.ParentId, call),
                    Links = ArgumentFor(start.Links, call),
                }
                : null;
    }

    private bool TakesMessage(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            foreach (var transport in transports)
            {
                if (transport.ReceivedAs(parameter.Type) is not ReceivedRole.None || transport.RoleOf(parameter.Type) is not CarrierRole.None)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsHandedOut(IMethodSymbol method)
        => ExtractionSigns.IsSpanType(method.ReturnType) || method.ReturnType.AllInterfaces.Any(static contract => contract.SpecialType is SpecialType.System_IDisposable)
            || method.ReturnType.SpecialType is SpecialType.System_IDisposable;

    // A name, a kind, tags: nothing that could bring a context without saying so.
    private static bool IsPlain(ITypeSymbol? type) => type switch
    {
        { SpecialType: not SpecialType.None and not SpecialType.System_Object } => true,
        { TypeKind: TypeKind.Enum } or { Name: "ActivitySource" or "Tracer" or "ActivityTagsCollection" or "SpanAttributes" } => true,
        INamedTypeSymbol { TypeArguments: [INamedTypeSymbol { Name: "KeyValuePair" }] } or IArrayTypeSymbol { ElementType.Name: "KeyValuePair" or "ValueTuple" } => true,
        _ => ExtractionSigns.IsContextType(type),
    };

    private static IOperation? ArgumentFor(IOperation? operand, IInvocationOperation call, bool withDefault = false)
        => operand?.Unconverted() is IParameterReferenceOperation { Parameter: var parameter }
            ? call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal) is { } given && (withDefault || given.ArgumentKind is not ArgumentKind.DefaultValue) ? given.Value : null
            : operand;

    /// <summary>What was found.</summary>
    private sealed class Found
    {
        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        public Dictionary<IMethodSymbol, SpanStart> Starts { get; } = new(SymbolEqualityComparer.Default);
    }
}
