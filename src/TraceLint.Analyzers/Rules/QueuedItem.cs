using Microsoft.CodeAnalysis;
using TraceLint.Flow;
using TraceLint.Propagation;

namespace TraceLint.Rules;

/// <summary>
/// Whether the items of a queue may carry a context: in a member of their type, its bases, its parts or the types derived from it.
/// </summary>
internal sealed class QueuedItem(CompilationContext context)
{
    private const int MaxDepth = 4;

    private static readonly HashSet<string> s_values = new(StringComparer.Ordinal)
    {
        "DateOnly", "DateTime", "DateTimeOffset", "Decimal", "Guid", "String", "TimeOnly", "TimeSpan", "Uri", "Version", "CancellationToken",
    };

    /// <summary>Whether a type belongs to the project, is completely visible, and has no member that may be a context.</summary>
    public bool CannotCarry(ITypeSymbol type)
        => type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } && IsOwn(type) && !MayCarry(type, depth: 0);

    /// <summary>Whether a value of a type may be a context or have one in it; text is judged by its name.</summary>
    public bool MayCarryContext(ITypeSymbol type) => MayCarry(type, depth: 0);

    /// <summary>
    /// Whether a delegate can bring no context to the code that calls it: what a lambda captures stays in it. What it is given comes from
    /// that code.
    /// </summary>
    public static bool BringsNothing(ITypeSymbol type)
        => type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke }
            && invoke.ReturnType is { SpecialType: SpecialType.System_Void } or { Name: "Task" or "ValueTask" }
            && !IsOfTracing(invoke.ReturnType)
            && !invoke.Parameters.Any(static parameter => IsOfTracing(parameter.Type));

    private bool MayCarry(ITypeSymbol type, int depth)
    {
        if (depth > MaxDepth || type is ITypeParameterSymbol)
        {
            return true;
        }

        if (type is IArrayTypeSymbol { ElementType: var element })
        {
            return MayCarry(element, depth + 1);
        }

        if (type.TypeKind is TypeKind.Enum
            || (type.SpecialType is not SpecialType.None and not SpecialType.System_Object)
            || s_values.Contains(type.Name))
        {
            return false;
        }

        if (type.TypeKind is TypeKind.Delegate)
        {
            return !BringsNothing(type);
        }

        if (!IsOwn(type))
        {
            // Collections and nullables are as good as their elements; other types may contain anything.
            return type is not INamedTypeSymbol { TypeArguments: [var argument], ContainingNamespace: { } home }
                || !(home.ToDisplayString() is "System" or "System.Collections.Generic" or "System.Collections.Immutable")
                || MayCarry(argument, depth + 1);
        }

        return type.TypeKind is TypeKind.Interface
            || HasMember(type, depth)
            || (depth == 0 && type is INamedTypeSymbol named && context.TypesDerivedFrom(named).Any(derived => HasMember(derived, depth)));
    }

    private bool HasMember(ITypeSymbol type, int depth)
    {
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            if (!IsOwn(current))
            {
                return current.SpecialType is not SpecialType.System_ValueType;
            }

            foreach (var member in current.GetMembers())
            {
                if (!member.IsStatic && (member is IFieldSymbol { IsImplicitlyDeclared: false } or IPropertySymbol)
                    && member.Name != "EqualityContract"
                    && (TraceVocabulary.MayHoldContextOfItem(member.Name)
                        || MayCarry(member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type, depth + 1)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsOfTracing(ITypeSymbol type)
        => TraceTypes.IsSpan(type)
            || ExtractionSigns.IsContextType(type)
            || (type is INamedTypeSymbol { TypeArguments: [var argument] } && IsOfTracing(argument));

    private bool IsOwn(ITypeSymbol type) => SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, context.Compilation.Assembly);
}
