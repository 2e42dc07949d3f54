using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Propagation;

namespace TraceLint.Spans;

/// <summary>
/// Types of the project that carry the context in what is serialized, although no member of them is called like one: the project writes a
/// trace header into their dictionary, as into a <c>[JsonExtensionData]</c> or the extensions of a CloudEvent of its own. A message counts
/// when it is made of an object of such a type.
/// </summary>
internal sealed class ContextMembers(CompilationContext context)
{
    private const int MaxOperations = 500;

    private readonly object _gate = new();
    private HashSet<ISymbol>? _written;

    /// <summary>Whether the context may be in what a call publishes.</summary>
    public bool MayCarry(IInvocationOperation publish, CancellationToken cancellation)
    {
        var seen = new HashSet<IOperation>();
        return publish.Arguments.Any(argument => IsMadeOfCarrier(argument.Value, seen, cancellation));
    }

    private bool IsMadeOfCarrier(IOperation part, HashSet<IOperation> seen, CancellationToken cancellation)
    {
        if (seen.Count > MaxOperations || !seen.Add(part))
        {
            return false;
        }

        if (part.Type is INamedTypeSymbol { Locations: [{ IsInSource: true }, ..] } type
            && part is not IInstanceReferenceOperation && Carries(type, cancellation))
        {
            return true;
        }

        return part switch
        {
            // What is only asked for a member stays behind.
            IMemberReferenceOperation => false,
            IConditionalAccessOperation { WhenNotNull: var access } => IsMadeOfCarrier(access, seen, cancellation),
            ILocalReferenceOperation local
                => ComputedFrom.DeclaredValue(local, cancellation) is { } value && IsMadeOfCarrier(value, seen, cancellation),
            _ => part.ChildOperations.Any(child => IsMadeOfCarrier(child, seen, cancellation)),
        };
    }

    private bool Carries(INamedTypeSymbol type, CancellationToken cancellation)
    {
        var written = Written(cancellation);
        for (var current = written.Count > 0 ? type : null; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            if (written.Contains(current.OriginalDefinition) || current.OriginalDefinition.GetMembers().Any(written.Contains))
            {
                return true;
            }
        }

        return false;
    }

    // The members that a trace header is written to, and the types that have an indexer or a method for it.
    private HashSet<ISymbol> Written(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return _written ??= Search(cancellation);
        }
    }

    private HashSet<ISymbol> Search(CancellationToken cancellation)
    {
        var written = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var tree in context.Compilation.SyntaxTrees)
        {
            if (tree.GetText(cancellation).ToString().IndexOf("traceparent", StringComparison.OrdinalIgnoreCase) < 0)
            {
                continue;
            }

            foreach (var node in tree.GetRoot(cancellation).DescendantNodes())
            {
                if (Injection.IsCandidate(node)
                    && Injection.Of(node, [], context.Of(tree), cancellation) is { IsHeader: true, Carrier: { } carrier }
                    && HolderOf(carrier, cancellation) is { } holder)
                {
                    written.Add(holder);
                }
            }
        }

        return written;
    }

    private static ISymbol? HolderOf(IOperation carrier, CancellationToken cancellation) => carrier.Unconverted() switch
    {
        IMemberReferenceOperation { Member: { IsStatic: false, Locations: [{ IsInSource: true }, ..] } member }
            => member.OriginalDefinition,
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } receiver => InitializedMember(receiver),
        ILocalReferenceOperation local when ComputedFrom.DeclaredValue(local, cancellation)?.Unconverted() is IMemberReferenceOperation value
            => HolderOf(value, cancellation),
        { Type: INamedTypeSymbol { Locations: [{ IsInSource: true }, ..] } type } => type.OriginalDefinition,
        _ => null,
    };

    // Extensions = { ["traceparent"] = id } or Extensions = new() { ["traceparent"] = id }
    private static ISymbol? InitializedMember(IOperation receiver)
    {
        var parent = receiver.Parent;
        for (; parent is not (null or IVariableDeclaratorOperation or IArgumentOperation); parent = parent.Parent)
        {
            if (parent is IMemberInitializerOperation { InitializedMember: IMemberReferenceOperation initialized })
            {
                return initialized.Member.OriginalDefinition;
            }

            if (parent is ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member.Locations: [{ IsInSource: true }, ..] } target }
                && target is not IPropertyReferenceOperation { Property.IsIndexer: true })
            {
                return target.Member.OriginalDefinition;
            }
        }

        return null;
    }
}
