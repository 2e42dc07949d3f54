using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Flow;

/// <summary>
/// The project's own methods that publish what their callers hand them, and so cannot be blamed: the verdict belongs
/// where the message was made. Found once for a compilation, when a call is first asked about, from the publishes
/// outwards; the calls are looked up by name.
/// </summary>
/// <param name="flow">The judge of single publishes.</param>
internal sealed class Wrappers(CarrierFlow flow)
{
    // A wrapper around a wrapper around a wrapper: what is deeper is not followed to its end either.
    private const int MaxNames = 100;

    private readonly object _gate = new();
    private volatile Found? _found;

    /// <summary>The names that wrappers are called by.</summary>
    public IEnumerable<string> NamesOf(CancellationToken cancellation) => Find(cancellation).Names;

    /// <summary>The wrappers.</summary>
    public IEnumerable<IMethodSymbol> MethodsOf(CancellationToken cancellation) => Find(cancellation).Methods;

    /// <summary>The verdict on a call of a wrapper: on what it publishes of what it was handed.</summary>
    /// <param name="call">A call.</param>
    /// <returns>Null when it is not one of a wrapper.</returns>
    public Verdict? Judge(IInvocationOperation call, CancellationToken cancellation)
    {
        var found = Find(cancellation);
        return found.IsWrapper(call, flow.Context)
            ? flow.Judge(call.Syntax, found.IsOpen, cancellation)
            : null;
    }

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

    private Found Search(CancellationToken cancellation)
    {
        var found = new Found();
        var pending = new Queue<string>(flow.Model.PublishNamesIn(cancellation));
        for (var names = 0; pending.Count > 0 && names < MaxNames; names++)
        {
            foreach (var node in CallIndex.SyntaxOf(pending.Dequeue(), flow.Context, cancellation))
            {
                if (WrapperAround(node, cancellation) is not { } wrapper
                    || flow.Context.Of(node.SyntaxTree).GetOperation(node, cancellation) is not IInvocationOperation call)
                {
                    continue;
                }

                var isPublish = flow.Model.EffectOf(call).Kind is CallEffectKind.Publish;
                if ((isPublish || found.IsWrapper(call, flow.Context)) && Open(call.Syntax, wrapper, found, cancellation))
                {
                    pending.Enqueue(found.Add(wrapper));
                }
            }
        }

        return found;
    }

    // Most publishes are in a method that is handed neither a message nor a carrier.
    private IMethodSymbol? WrapperAround(SyntaxNode call, CancellationToken cancellation)
        => EnclosingBody.Of(call) is MethodDeclarationSyntax { ParameterList.Parameters.Count: > 0 } method
            && flow.Context.Of(call.SyntaxTree).GetDeclaredSymbol(method, cancellation) is IMethodSymbol symbol
            && symbol.Parameters.Any(parameter => flow.Model.RoleOf(parameter.Type) is not CarrierRole.None)
                ? symbol
                : null;

    // Notes the publishes behind a call that nothing but the caller of the method around it can answer for.
    private bool Open(SyntaxNode call, IMethodSymbol wrapper, Found found, CancellationToken cancellation)
    {
        var grew = false;
        foreach (var point in flow.RunOf(call, cancellation)?.Publishes ?? [])
        {
            if (point.Call == call && (point.Helper is null || found.IsOpen(point))
                && flow.Judge(call, other => other == point, cancellation) is { Kind: VerdictKind.Unknown, Because.Kind: EvidenceKind.Parameter })
            {
                grew |= found.Open(wrapper, point.Publish);
            }
        }

        return grew;
    }

    /// <summary>What was found.</summary>
    private sealed class Found
    {
        private readonly Dictionary<IMethodSymbol, HashSet<SyntaxNode>> _open = new(SymbolEqualityComparer.Default);

        public IEnumerable<IMethodSymbol> Methods => _open.Keys;

        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        public bool IsOpen(PublishPoint point) => point.Helper is { } helper && _open.TryGetValue(helper, out var publishes) && publishes.Contains(point.Publish);

        public bool IsWrapper(IInvocationOperation call, CompilationContext context)
        {
            if (!Names.Contains(call.TargetMethod.Name))
            {
                return false;
            }

            foreach (var method in context.MethodsOf(call.TargetMethod, call.IsVirtual))
            {
                if (_open.ContainsKey(method))
                {
                    return true;
                }
            }

            return false;
        }

        public bool Open(IMethodSymbol wrapper, SyntaxNode publish)
        {
            if (!_open.TryGetValue(wrapper, out var publishes))
            {
                _open.Add(wrapper, publishes = []);
            }

            return publishes.Add(publish);
        }

        /// <summary>Adds the name a wrapper is called by, which has no interface in front of it.</summary>
        public string Add(IMethodSymbol wrapper)
        {
            var name = wrapper.ExplicitInterfaceImplementations is [var contract, ..] ? contract.Name : wrapper.Name;
            Names.Add(name);
            return name;
        }
    }
}
