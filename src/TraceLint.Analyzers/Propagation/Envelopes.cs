using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>
/// The envelopes of a project: types of its own, and plain dictionaries, that it injects a context into. One may be serialized
/// into the body of what is published elsewhere, where the code that publishes shows no sign of it. That counts only for a payload
/// that can hold the envelope: by its type, or because nobody can see what its text or bytes were made from.
/// </summary>
internal sealed class Envelopes(CompilationContext context, ImmutableArray<PropagationApi> apis, ICarrierModel model, HeaderDictionaries headers)
{
    private const int MaxDepth = 3;

    private static readonly string[] s_bodies = ["payload", "body", "content", "data", "message", "json", "envelope", "raw", "bytes",
        "text", "document", "value", "blob", "event", "serialized"];

    private static readonly string[] s_collections = ["Dictionary", "List", "Collection"];

    private List<(ITypeSymbol Type, Evidence Injection)>? _all;

    /// <summary>The injection into an envelope that a part of a payload may be, or hold.</summary>
    /// <returns>Null when it holds none.</returns>
    public Evidence? MayBe(PayloadPart part, CancellationToken cancellation)
    {
        var (operation, member, _) = part;
        if (member is not null || operation.Type is not { } type || operation.ConstantValue.HasValue || operation is IConversionOperation
            || model.RoleOf(type) is CarrierRole.Message or CarrierRole.Batch)
        {
            return null;
        }

        var isFromElsewhere = operation switch
        {
            IMemberReferenceOperation { Instance: not (null or IInstanceReferenceOperation), Member.Name: var name } => !IsText(type)
                || IsBody(name),
            IInvocationOperation call => !context.MethodsThatMayRun(call.TargetMethod, call.IsVirtual).Any(context.Has)
                && !IsOfPlatform(call.TargetMethod) && call.Arguments.All(static argument => IsPlain(argument.Value.Type)),
            _ => false,
        };
        var owner = (operation as IMemberReferenceOperation)?.Member.ContainingType;
        return HeldBy(type, isFromElsewhere, cancellation) ?? (owner is not null && context.Has(owner)
            && CanCarry(type) ? HeldBy(owner, isFromElsewhere: false, cancellation) : null);
    }

    /// <summary>The same for a parameter, where nobody is seen to call the method.</summary>
    public Evidence? MayBe(IParameterSymbol parameter, string? member, CancellationToken cancellation)
        => member is null && parameter.ContainingSymbol is IMethodSymbol { MethodKind: not MethodKind.AnonymousFunction }
            && (parameter.Type is not { SpecialType: SpecialType.System_String } || IsBody(parameter.Name))
            ? HeldBy(parameter.Type, isFromElsewhere: true, cancellation)
            : null;

    private Evidence? HeldBy(ITypeSymbol type, bool isFromElsewhere, CancellationToken cancellation)
    {
        foreach (var (envelope, injection) in All(cancellation))
        {
            if (CanHold(type, envelope, MaxDepth) || (isFromElsewhere && (IsText(type) || IsBytes(type) || CanBe(type, envelope))))
            {
                return injection;
            }
        }

        return null;
    }

    private List<(ITypeSymbol Type, Evidence Injection)> All(CancellationToken cancellation)
    {
        if (_all is null)
        {
            var all = new List<(ITypeSymbol, Evidence)>();
            foreach (var call in CallIndex.CallsOf("Inject", context, cancellation))
            {
                foreach (var api in apis)
                {
                    if (api.TryGetInjection(call, out var carrier))
                    {
                        all.AddRange(EnvelopesAt(carrier, MaxDepth, cancellation).Select(type
                            => (type, new Evidence(EvidenceKind.InBody, call.Syntax.GetLocation(), call.TargetMethod.Name))));
                    }
                }
            }

            _all = all;
        }

        return _all;
    }

    // What a carrier makes an envelope of: the type that it is a member of, or its own.
    private IEnumerable<ITypeSymbol> EnvelopesAt(IOperation carrier, int depth, CancellationToken cancellation)
    {
        carrier = carrier.Unconverted();
        if (depth == 0 || carrier.Type is not { } type)
        {
            return [];
        }

        switch (carrier)
        {
            case var _ when IsCarrier(carrier, cancellation):
                return [];
            case IMemberReferenceOperation { Member.ContainingType: var owner }:
                return context.Has(owner) ? [owner] : [];
            case IInvocationOperation:
                return [];
            case IParameterReferenceOperation
            {
                Parameter:
                {
                    ContainingSymbol: IMethodSymbol
                    {
                        MethodKind: MethodKind.Ordinary
                or MethodKind.LocalFunction
                    } method
                } parameter
            } when CallersOf(method, cancellation) is { Count: > 0 } calls:
                return calls.SelectMany(call => call.Arguments.Where(argument => argument.Parameter?.Ordinal == parameter.Ordinal))
                    .SelectMany(argument => EnvelopesAt(argument.Value, depth - 1, cancellation));
            default:
                return context.Has(type) || (IsCollection(type) && !headers.AreOfLibrary(carrier, cancellation)) ? [type] : [];
        }
    }

    private List<IInvocationOperation> CallersOf(IMethodSymbol method, CancellationToken cancellation)
        => CallIndex.CallsOf(method.Name, context, cancellation).Where(call => Callers.Calls(call, method)).Take(20).ToList();

    private bool IsCarrier(IOperation carrier, CancellationToken cancellation) => model.RoleOf(carrier.Type) switch
    {
        CarrierRole.None => false,
        CarrierRole.Carrier when model.HasPlainCarrier => headers.Contains(carrier, cancellation),
        _ => true,
    };

    private static bool CanHold(ITypeSymbol type, ITypeSymbol envelope, int depth)
    {
        if (Is(type, envelope))
        {
            return true;
        }

        if (depth == 0 || IsPlain(type))
        {
            return false;
        }

        return type switch
        {
            IArrayTypeSymbol { ElementType: var element } => CanHold(element, envelope, depth - 1),
            ITypeParameterSymbol { ConstraintTypes: var constraints } => constraints.Any(constraint
                => CanHold(constraint, envelope, depth - 1)),
            INamedTypeSymbol named => named.TypeArguments.Any(argument => CanHold(argument, envelope, depth - 1))
                || (!IsOfPlatform(named) && MembersOf(named).Any(member => CanHold(member, envelope, depth - 1) || (CanBe(member, envelope)
                    && member.TypeKind is not TypeKind.TypeParameter))),
            _ => false,
        };
    }

    private static IEnumerable<ITypeSymbol> MembersOf(INamedTypeSymbol type)
    {
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (member is IPropertySymbol
                    {
                        IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public,
                        Type: var property
                    })
                {
                    yield return property;
                }
            }
        }
    }

    // The envelope, what is derived from it, or another plain dictionary that may be the same object.
    private static bool Is(ITypeSymbol type, ITypeSymbol envelope)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, envelope.OriginalDefinition))
            {
                return !IsCollection(current) || SymbolEqualityComparer.Default.Equals(current, envelope);
            }
        }

        return IsCollection(envelope) && type is INamedTypeSymbol { TypeKind: TypeKind.Interface, TypeArguments.Length: > 0 }
            && envelope.AllInterfaces.Contains(type, SymbolEqualityComparer.Default);
    }

    // What is declared so that it may be the envelope at run time.
    private static bool CanBe(ITypeSymbol type, ITypeSymbol envelope)
        => type is { SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.Dynamic } or
        {
            Name: "JsonNode" or "JsonElement"
            or "JsonDocument" or "JsonObject" or "JObject" or "JToken"
        }
            || (type is ITypeParameterSymbol { ConstraintTypes: var constraints }
                && constraints.All(constraint => IsOrImplements(envelope, constraint)))
            || (type is INamedTypeSymbol { SpecialType: SpecialType.None } && IsOrImplements(envelope, type));

    private static bool IsOrImplements(ITypeSymbol envelope, ITypeSymbol type)
    {
        for (var current = envelope; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, type.OriginalDefinition))
            {
                return true;
            }
        }

        return envelope.AllInterfaces.Any(contract
            => SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, type.OriginalDefinition));
    }

    private static bool IsCollection(ITypeSymbol type)
        => type is IArrayTypeSymbol
            || (IsOfPlatform(type) && (type.Name is "StringBuilder" or "JsonObject" or "Hashtable"
                || s_collections.Any(suffix => type.Name.EndsWith(suffix, StringComparison.Ordinal))));

    // A part of an envelope that may have the context in it.
    private static bool CanCarry(ITypeSymbol type) => IsCollection(type) || type.SpecialType is SpecialType.System_Object;

    private static bool IsBody(string name) => Array.Exists(s_bodies, body => name.IndexOf(body, StringComparison.OrdinalIgnoreCase) >= 0);

    private static bool IsText(ITypeSymbol type) => type.SpecialType is SpecialType.System_String;

    private static bool IsBytes(ITypeSymbol type)
        => type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte } or
        {
            Name: "Stream" or "MemoryStream"
            or "BinaryData" or "ByteString"
        }
            or INamedTypeSymbol
        {
            Name: "ReadOnlyMemory" or "Memory" or "ReadOnlySpan" or "Span" or "ReadOnlySequence"
                or "ArraySegment", TypeArguments: [{ SpecialType: SpecialType.System_Byte }]
        }
            || (type is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: [var result] } && (IsText(result)
                || IsBytes(result)));

    private static bool IsPlain(ITypeSymbol? type)
        => type is null or { TypeKind: TypeKind.Enum } or
        {
            SpecialType: (>= SpecialType.System_Boolean and <= SpecialType.System_String)
            or SpecialType.System_DateTime
        }
            or { Name: "Guid" or "CancellationToken" or "TimeSpan" or "DateTimeOffset", ContainingNamespace.Name: "System" or "Threading" };

    private static bool IsOfPlatform(ISymbol symbol)
    {
        var home = symbol.ContainingNamespace;
        while (home is { ContainingNamespace.IsGlobalNamespace: false })
        {
            home = home.ContainingNamespace;
        }

        return home?.Name is "System" or "Microsoft";
    }
}
