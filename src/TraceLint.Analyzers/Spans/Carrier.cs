using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Propagation;

namespace TraceLint.Spans;

/// <summary>
/// What an injection writes to, as the variables that hold it: the carrier itself, what it is a part of, and what it is
/// put into.
/// </summary>
internal sealed class Carrier
{
    private readonly HashSet<ISymbol> _variables = new(SymbolEqualityComparer.Default);

    // What writes the context by itself, what goes back to the caller, and what is only ever exported or logged.
    private static readonly HashSet<string> s_notCarried = new(StringComparer.Ordinal)
    {
        "System.Net.Http.HttpRequestMessage", "System.Net.Http.HttpClient", "System.Net.Http.Headers.HttpHeaders", "System.Net.Http.Headers.HttpRequestHeaders",
        "System.Net.Http.Headers.HttpContentHeaders", "System.Net.Http.Headers.HttpResponseHeaders", "System.Net.Http.HttpResponseMessage", "System.Net.WebHeaderCollection",
        "System.Net.WebRequest", "System.Net.HttpWebRequest", "System.Net.HttpListenerResponse", "Grpc.Core.Metadata", "Grpc.Core.CallOptions",
        "Microsoft.AspNetCore.Http.IHeaderDictionary", "Microsoft.AspNetCore.Http.HeaderDictionary", "Microsoft.AspNetCore.Http.HttpContext",
        "Microsoft.AspNetCore.Http.HttpRequest", "Microsoft.AspNetCore.Http.HttpResponse", "System.Web.HttpContext", "System.Web.HttpContextBase",
        "System.Web.HttpResponse", "System.Web.HttpResponseBase", "System.Diagnostics.Activity", "System.Diagnostics.ActivityTagsCollection", "System.Diagnostics.TagList",
    };

    private Carrier() { }

    /// <summary>Whether it outlives the body around it: it came from outside.</summary>
    public bool Outlives { get; private set; }

    /// <summary>Whether nothing leaves on it that others read a context from, or they find one there anyway.</summary>
    public bool IsNone { get; private set; }

    /// <summary>The carrier of an injection.</summary>
    /// <param name="injection">What it is; null for the call of a helper.</param>
    /// <param name="operation">The operation that injects.</param>
    /// <param name="body">The operation of the whole body.</param>
    public static Carrier Of(Injection? injection, IOperation operation, IOperation body, SpanTypes types)
    {
        var carrier = new Carrier();
        if (injection is null && operation is IInvocationOperation call)
        {
            foreach (var argument in call.Arguments)
            {
                if (CanBeCarrier(argument.Value.Type, types))
                {
                    carrier.Add(argument.Value);
                }
            }
        }
        else if (injection is not null)
        {
            carrier.Add(Constructed(injection.Carrier));
            carrier.AddCaptured(injection.Setter);
        }

        carrier.IsNone |= injection is { IsHeader: true } && IsLogged(operation);
        carrier.Close(body, types);
        return carrier;
    }

    /// <summary>
    /// Whether what a header is written to is a request or a response: <c>HttpClient</c> writes <c>tracestate</c> beside a <c>traceparent</c> that is
    /// there already, and a response goes back to where the trace state came from.
    /// </summary>
    /// <param name="operation">What the header is added to, an initializer included.</param>
    public static bool NeedsNoState(IOperation operation)
    {
        for (var part = Constructed(operation)?.Unconverted(); part is not null; part = part is IMemberReferenceOperation { Instance: { } holder } ? holder.Unconverted() : null)
        {
            if (IsNotCarried((part as IVariableInitializerOperation)?.Value.Type ?? part.Type))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether it may be the same carrier.</summary>
    public bool MayBe(Carrier other) => _variables.Count == 0 || other._variables.Count == 0 || _variables.Overlaps(other._variables);

    /// <summary>Whether a variable holds it, or a part of it.</summary>
    public bool IsIn(ISymbol variable) => _variables.Contains(variable);

    /// <summary>Whether a function that is made mentions it.</summary>
    public bool IsMentionedIn(SyntaxNode function)
    {
        foreach (var token in function.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken) && _variables.Any(variable => variable.Name == token.ValueText))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The variable that a chain of members starts from.</summary>
    public static ISymbol? RootOf(IOperation? operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } } property => property.Property,
        IMemberReferenceOperation member => RootOf(member.Instance),
        IConversionOperation conversion => RootOf(conversion.Operand),
        ICoalesceOperation coalesce => RootOf(coalesce.Value),
        ICoalesceAssignmentOperation coalesce => RootOf(coalesce.Target),
        ISimpleAssignmentOperation assignment => RootOf(assignment.Target),
        IAwaitOperation awaited => RootOf(awaited.Operation),
        IArrayElementReferenceOperation element => RootOf(element.ArrayReference),
        IInvocationOperation { Instance: { } instance } => RootOf(instance),
        IDeclarationExpressionOperation declaration => RootOf(declaration.Expression),
        _ => null,
    };

    // A header in the initializer of an object is on what that object becomes.
    private static IOperation? Constructed(IOperation? carrier)
    {
        if (carrier is not IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver })
        {
            return carrier;
        }

        var operation = carrier.Parent;
        while (operation is not null and not IObjectCreationOperation)
        {
            operation = operation.Parent;
        }

        while (operation?.Parent is IConversionOperation or IObjectOrCollectionInitializerOperation or IMemberInitializerOperation or IObjectCreationOperation
            || operation?.Parent is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } } })
        {
            operation = operation.Parent;
        }

        return operation?.Parent switch
        {
            ISimpleAssignmentOperation assignment => assignment.Target,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation } initializer => initializer,
            _ => operation,
        };
    }

    private static bool IsLogged(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null and not IBlockOperation; parent = parent.Parent)
        {
            if (parent is IInvocationOperation { TargetMethod: var method } && (IsScope(method) || Bystanders.Contains(method)))
            {
                return true;
            }
        }

        return false;
    }

    // Where loggers take what they put on every entry.
    private static bool IsScope(IMethodSymbol method) => method.Name == "BeginScope";

    private void Add(IOperation? operation)
    {
        if (operation is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator })
        {
            Add(declarator.Symbol);
            return;
        }

        for (var part = operation; part is not null; part = part is IMemberReferenceOperation member ? member.Instance : part is IConversionOperation conversion ? conversion.Operand : null)
        {
            IsNone |= IsNotCarried(part.Type);
        }

        if (RootOf(operation) is { } root)
        {
            Add(root);
        }
        else if (operation is IInstanceReferenceOperation or IInvocationOperation)
        {
            Outlives = true;
        }
    }

    private bool Add(ISymbol variable)
    {
        if (!_variables.Add(variable))
        {
            return false;
        }

        Outlives |= variable is IParameterSymbol or IFieldSymbol or IPropertySymbol;
        IsNone |= IsNotCarried(TypeOf(variable));
        return true;
    }

    // A setter that ignores the carrier it is given writes to what it captured.
    private void AddCaptured(IOperation? setter)
    {
        if (setter?.Unconverted() is not IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda })
        {
            return;
        }

        foreach (var operation in lambda.Descendants())
        {
            if (operation is ILocalReferenceOperation or IParameterReferenceOperation && RootOf(operation) is { DeclaringSyntaxReferences: [var declaration] } variable
                && !lambda.Syntax.Span.Contains(declaration.Span) && CanHold(operation.Type))
            {
                Add(variable);
            }
            else if (operation is IParameterReferenceOperation)
            {
                IsNone |= IsNotCarried(operation.Type);
            }
        }
    }

    // Whatever the carrier is taken from or put into. What ends up in an HTTP request cannot always be told.
    private void Close(IOperation body, SpanTypes types)
    {
        IsNone |= body.Descendants().Any(static operation => operation.Type is INamedTypeSymbol { Name: "HttpRequestMessage" or "HttpClient" } type && IsNotCarried(type));
        IsNone |= body.Descendants().Any(operation => operation is IArgumentOperation { Parent: IInvocationOperation call } argument && IsScope(call.TargetMethod) && Mentions(argument.Value.Unconverted()));
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var operation in body.Descendants())
            {
                changed |= operation switch
                {
                    IVariableDeclaratorOperation { Initializer.Value: { } value, Symbol: var local } => Connect(local, value, types),
                    ISimpleAssignmentOperation { Target: var target, Value: var value } when RootOf(target) is { } root => Connect(root, value, types),
                    IInvocationOperation { TargetMethod.Name: "Add", Instance: { } list, Arguments: [var item] } when RootOf(list) is { } root => Connect(root, item.Value, types),
                    _ => false,
                };
            }
        }
    }

    private bool Connect(ISymbol variable, IOperation value, SpanTypes types)
    {
        var source = value.Unconverted();
        if (!CanBeCarrier(TypeOf(variable), types) || !CanBeCarrier(source.Type, types))
        {
            return false;
        }

        // Taken from: var headers = message.Headers.
        if (_variables.Contains(variable) && source is not IInvocationOperation && RootOf(source) is { } root && root is ILocalSymbol or IParameterSymbol && CanBeCarrier(TypeOf(root), types))
        {
            return Add(root);
        }

        // Put into: new Message { Headers = headers }.
        return !_variables.Contains(variable) && Mentions(source) && Add(variable);
    }

    private static ITypeSymbol? TypeOf(ISymbol variable) => variable switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    private static bool CanBeCarrier(ITypeSymbol? type, SpanTypes types) => CanHold(type) && !types.IsSpan(type) && !types.IsContext(type);

    private bool Mentions(IOperation value)
    {
        if (RootOf(value) is { } root)
        {
            return _variables.Contains(root) && CanHold(value.Type);
        }

        return value is IObjectCreationOperation or IInvocationOperation or IConversionOperation or IArgumentOperation or IObjectOrCollectionInitializerOperation or ISimpleAssignmentOperation
            or IArrayCreationOperation or IArrayInitializerOperation or IConditionalOperation or IMemberInitializerOperation
            && value.ChildOperations.Any(Mentions);
    }

    // A text or a number that was read from it is not the carrier.
    private static bool CanHold(ITypeSymbol? type) => type is not { SpecialType: SpecialType.System_String } and not { IsValueType: true } and not { TypeKind: TypeKind.Delegate };

    private static bool IsNotCarried(ITypeSymbol? type)
    {
        for (var current = type as INamedTypeSymbol; current is not null; current = current.BaseType)
        {
            if (current.ContainingNamespace is { IsGlobalNamespace: false } home && s_notCarried.Contains($"{home.ToDisplayString()}.{current.Name}"))
            {
                return true;
            }
        }

        return false;
    }
}
