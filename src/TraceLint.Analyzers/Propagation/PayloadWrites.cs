using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>
/// What is written into something that a payload is made from: values that its members, entries and elements are set to, the
/// arguments of methods that are called on it, and what the methods it is handed to do with it. A writer that was made around it
/// counts as the thing itself.
/// </summary>
internal sealed class PayloadWrites(
    CompilationContext context, PayloadSources parts, Func<IInvocationOperation, PayloadCall> meaningOf, Func<IOperation, bool> isOther,
        CancellationToken cancellation)
{
    private const int MaxSteps = 4000;
    private const int MaxDepth = 50;

    private static readonly string[] s_services = ["Options", "Settings", "Encoding", "Serializer", "Provider", "Configuration", "Logger"];

    private readonly HashSet<(ISymbol Variable, string? Member, FollowedCall? Inside)> _seen = new(new ByVariable());

    private int _steps;
    private int _depth;

    /// <summary>What is written into a local or a parameter of the body around a reference to it.</summary>
    public void Into(ISymbol variable, IOperation reference, string? member, FollowedCall? inside)
    {
        if (!isOther(reference) && !IsValue(reference.Type) && EnclosingBody.Of(reference.Syntax) is { } body)
        {
            Into(variable, body, member, inside);
        }
    }

    /// <summary>What a method of the project writes into a parameter.</summary>
    public void IntoParameter(IParameterSymbol parameter, string? member, FollowedCall inside)
    {
        if (parameter.DeclaringSyntaxReferences is [var declaration] && EnclosingBody.Of(declaration.GetSyntax(cancellation)) is { } body)
        {
            Into(parameter, body, member, inside);
        }
    }

    /// <summary>What a method writes into the object it is called on, a constructor into the new one.</summary>
    public void IntoThis(FollowedCall inside, string? member)
    {
        foreach (var operation in parts.BodyOf(inside.Method)?.DescendantsAndSelf() ?? [])
        {
            if (operation is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance })
            {
                At(operation, member, inside);
            }
        }
    }

    /// <summary>What is written into a member anywhere in its type.</summary>
    public void IntoMember(ISymbol member, FollowedCall? inside)
    {
        if (!_seen.Add((member, null, inside)))
        {
            return;
        }

        foreach (var declaration in member.ContainingType.DeclaringSyntaxReferences)
        {
            var type = declaration.GetSyntax(cancellation);
            var model = context.Of(type.SyntaxTree);
            foreach (var name in NameIndex.Of(type, member.Name))
            {
                if (ReferenceAt(name, model) is IMemberReferenceOperation reference
                    && SymbolEqualityComparer.Default.Equals(reference.Member, member))
                {
                    At(reference, member: null, inside);
                }
            }
        }
    }

    private void Into(ISymbol variable, SyntaxNode body, string? member, FollowedCall? inside)
    {
        if (!_seen.Add((variable, member, inside)))
        {
            return;
        }

        var model = context.Of(body.SyntaxTree);
        foreach (var name in NameIndex.Of(body, variable.Name))
        {
            var reference = model.GetOperation(name, cancellation);
            var symbol = reference switch
            {
                ILocalReferenceOperation local => local.Local,
                IParameterReferenceOperation parameter => (ISymbol)parameter.Parameter,
                _ => null,
            };
            if (SymbolEqualityComparer.Default.Equals(symbol, variable))
            {
                At(reference!, member, inside);
            }
        }
    }

    private IOperation? ReferenceAt(IdentifierNameSyntax name, SemanticModel model)
        => model.GetOperation(name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name, cancellation);

    // Climbs from a reference to the longest access that begins with it, envelope.Metadata.Fields, and looks at what is done there.
    private void At(IOperation reference, string? member, FollowedCall? inside)
    {
        cancellation.ThrowIfCancellationRequested();
        if (++_steps > MaxSteps || _depth == MaxDepth)
        {
            return;
        }

        _depth++;
        Climb(reference, member, inside);
        _depth--;
    }

    private void Climb(IOperation reference, string? member, FollowedCall? inside)
    {
        var path = reference;
        while (path.Parent is { } parent)
        {
            switch (parent)
            {
                case IMemberReferenceOperation
                {
                    Member: IFieldSymbol
                    or IPropertySymbol { IsIndexer: false }
                } access when access.Instance == path:
                    if (path == reference && !string.IsNullOrEmpty(member) && access.Member.Name != member)
                    {
                        return;
                    }

                    path = parent;
                    break;
                case IPropertyReferenceOperation indexer when indexer.Instance == path:
                case IArrayElementReferenceOperation element when element.ArrayReference == path:
                case IConversionOperation or IParenthesizedOperation:
                    path = parent;
                    break;
                case IConditionalAccessOperation conditional when conditional.Operation == path
                    && Placeholder(conditional) is { } placeholder:
                    path = placeholder;
                    break;
                case IInvocationOperation call when call.Instance == path:
                    if (!TryCall(call, path, inside))
                    {
                        return;
                    }

                    path = call;
                    break;
                case IArgumentOperation argument:
                    if (!TryHand(argument, path, inside))
                    {
                        return;
                    }

                    path = argument.Parent!;
                    break;
                default:
                    Use(path, parent, reference, inside);
                    return;
            }

            if (isOther(path))
            {
                return;
            }
        }
    }

    private void Use(IOperation path, IOperation parent, IOperation reference, FollowedCall? inside)
    {
        switch (parent)
        {
            case IAssignmentOperation assignment when assignment.Target == path:
                parts.Add(assignment.Value, null, inside);
                AddAll((path as IPropertyReferenceOperation)?.Arguments, null, inside);

                break;
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation alias } when path != reference:
                Into(alias.Local, alias, member: null, inside);
                break;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var alias } } when !IsValue(alias.Type):
                Alias(alias, parent, inside);
                break;
            case IForEachLoopOperation loop when loop.Collection == path || loop.Collection.Unconverted() == path:
                foreach (var item in loop.Locals.Where(static item => !IsValue(item.Type)))
                {
                    Alias(item, parent, inside);
                }

                break;
            case IIsPatternOperation { Pattern: IDeclarationPatternOperation { DeclaredSymbol: ILocalSymbol alias } }:
                Alias(alias, parent, inside);
                break;
        }
    }

    private void Alias(ILocalSymbol alias, IOperation at, FollowedCall? inside)
    {
        if (EnclosingBody.Of(at.Syntax) is { } body)
        {
            Into(alias, body, member: null, inside);
        }
    }

    // What is called on it may change it.
    private bool TryCall(IInvocationOperation call, IOperation path, FollowedCall? inside)
    {
        if (IsValue(path.Type) || meaningOf(call) is PayloadCall.EndsThere)
        {
            return false;
        }

        var isFollowed = false;
        foreach (var method in parts.Follow(call, call.TargetMethod, call.IsVirtual, inside))
        {
            isFollowed = true;
            IntoThis(method, member: null);
        }

        AddAll(isFollowed || !Writes(call, path) ? null : call.Arguments, null, inside);
        return !IsValue(call.Type);
    }

    // Who is handed it may change it; what is made around it writes into it.
    private bool TryHand(IArgumentOperation argument, IOperation path, FollowedCall? inside)
    {
        if (IsValue(path.Type))
        {
            return false;
        }

        var (method, isVirtual, arguments) = argument.Parent switch
        {
            IInvocationOperation call => (call.TargetMethod, call.IsVirtual, call.Arguments),
            IObjectCreationOperation { Constructor: { } constructor } creation => (constructor, false, creation.Arguments),
            _ => default,
        };
        var meaning = argument.Parent is IInvocationOperation invocation ? meaningOf(invocation) : PayloadCall.Ordinary;
        if (method is null || meaning is PayloadCall.EndsThere)
        {
            return false;
        }

        if (meaning is PayloadCall.Injects)
        {
            parts.Add(argument.Parent, null, inside);
            return false;
        }

        var isOwn = path.Type is { } type && context.Has(type);
        var isFollowed = false;
        foreach (var followed in parts.Follow(argument.Parent!, method, isVirtual, inside))
        {
            isFollowed = true;
            if (argument.Parameter is { } parameter && followed.Method.Parameters.ElementAtOrDefault(parameter.Ordinal) is { } received)
            {
                IntoParameter(received, member: null, followed);
            }
        }

        AddAll(isFollowed || argument.Parent is not IInvocationOperation handed
            || !Writes(handed, path) ? null : arguments.Remove(argument), isOwn ? PayloadPart.SomeMember : null, inside);

        // A writer around a buffer, a builder's next step; an object with an order in it is another one.
        return !isOwn && !IsValue(argument.Parent!.Type);
    }

    // What returns something else made that of it: a serializer returns the text, and writes nothing into its options.
    private static bool Writes(IInvocationOperation call, IOperation path)
        => call.Type is null or { SpecialType: SpecialType.System_Void or SpecialType.System_Boolean or SpecialType.System_Int32 }
            or INamedTypeSymbol { Name: "Task" or "ValueTask", Arity: 0 }
            || SymbolEqualityComparer.Default.Equals(call.Type, path.Type)
                || path.Type?.AllInterfaces.Contains(call.Type, SymbolEqualityComparer.Default) is true;

    private void AddAll(IEnumerable<IArgumentOperation>? arguments, string? member, FollowedCall? inside)
    {
        foreach (var argument in arguments ?? [])
        {
            parts.Add(argument.Value, member, inside);
        }
    }

    private static IOperation? Placeholder(IConditionalAccessOperation access)
        => access.WhenNotNull.DescendantsAndSelf().FirstOrDefault(static operation => operation is IConditionalAccessInstanceOperation);

    // What nobody can write into, or writes a payload into.
    private static bool IsValue(ITypeSymbol? type)
        => type is not null && s_services.Any(suffix => type.Name.EndsWith(suffix, StringComparison.Ordinal))
            || type is null or { SpecialType: SpecialType.System_String or SpecialType.System_Void or SpecialType.System_DateTime }
            or { TypeKind: TypeKind.Enum or TypeKind.Delegate }
                or { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_Double }
            or
            {
                Name: "Guid" or "TimeSpan" or "DateTimeOffset" or "Uri" or "CancellationToken" or "Task"
                or "ValueTask", ContainingNamespace.Name: "System" or "Threading" or "Tasks"
            };

    private sealed class ByVariable : IEqualityComparer<(ISymbol Variable, string? Member, FollowedCall? Inside)>
    {
        public bool Equals((ISymbol Variable, string? Member, FollowedCall? Inside) x, (ISymbol Variable, string? Member,
            FollowedCall? Inside) y)
            => SymbolEqualityComparer.Default.Equals(x.Variable, y.Variable) && x.Member == y.Member && Equals(x.Inside, y.Inside);

        public int GetHashCode((ISymbol Variable, string? Member, FollowedCall? Inside) key)
            => SymbolEqualityComparer.Default.GetHashCode(key.Variable);
    }
}
