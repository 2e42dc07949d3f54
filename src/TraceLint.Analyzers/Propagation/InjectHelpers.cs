using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Configuration;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>A method that injects the current context into what it is handed.</summary>
/// <param name="Method">The method. What else it wants is an Activity, or optional.</param>
/// <param name="Parameter">What it injects into.</param>
/// <param name="Takes">Whether that is a message or a carrier.</param>
/// <param name="CalledFrom">The type that the call is to be written in.</param>
internal sealed record InjectHelper(IMethodSymbol Method, IParameterSymbol Parameter, CarrierRole Takes, INamedTypeSymbol? CalledFrom);

/// <summary>
/// Finds the project's own way to inject: the methods that are declared to, by a line, a setting or an attribute; those around its calls
/// of a propagator, and those that call them; and those of referenced projects, by their facts. One of the project that is not declared
/// counts when following it shows that the context is on the carrier whenever it returns.
/// </summary>
internal sealed class InjectHelpers(CarrierFlow flow)
{
    private const int MaxCandidates = 50;
    private ImmutableArray<(IMethodSymbol Method, IParameterSymbol Parameter, bool IsDeclared)> _found;

    /// <summary>What the methods of the project inject into whenever they return, or are marked to.</summary>
    public IEnumerable<IParameterSymbol> OfProject(CancellationToken cancellation)
        => Search(cancellation).Concat(Attributed(cancellation)).Select(static found => found.Parameter);

    /// <summary>The helper to call at a place.</summary>
    /// <param name="at">The place.</param>
    /// <param name="role">What is at hand there: a carrier, or a message, or a batch of messages.</param>
    public InjectHelper? Find(SyntaxNode at, CarrierRole role, SemanticModel model, CancellationToken cancellation)
    {
        if (_found.IsDefault)
        {
            var others = Attributed(cancellation).Concat(Search(cancellation)).Concat(Referenced(cancellation)).Select(static found => (found.Method, found.Parameter, IsDeclared: false));
            _found = Declared(at.SyntaxTree, cancellation).Select(static found => (found.Method, found.Parameter, IsDeclared: true)).Concat(others).ToImmutableArray();
        }

        var callers = model.GetEnclosingSymbol(at.SpanStart, cancellation);
        var usable = _found
            .OrderBy(found => found.IsDeclared ? -1 : Nearness.Of(found.Method, callers, flow.Context.Compilation))
            .Where(found => found.Method.IsStatic || (callers is { IsStatic: false } && SymbolEqualityComparer.Default.Equals(found.Method.ContainingType, callers.ContainingType)))
            .Where(found => model.IsAccessible(at.SpanStart, found.Method) && !IsAround(at, found.Method))
            .Select(found => new InjectHelper(found.Method, found.Parameter, flow.Model.RoleOf(found.Parameter.Type), callers?.ContainingType))
            .Where(helper => helper.Takes is CarrierRole.Carrier || role is not CarrierRole.Carrier)
            .ToList();
        return usable.Find(static helper => helper.Takes is CarrierRole.Message) ?? usable.FirstOrDefault();
    }

    private static bool IsAround(SyntaxNode at, IMethodSymbol method)
        => method.DeclaringSyntaxReferences is [var declaration] && declaration.SyntaxTree == at.SyntaxTree && declaration.Span.Contains(at.Span);

    private IEnumerable<(IMethodSymbol Method, IParameterSymbol Parameter)> Referenced(CancellationToken cancellation)
    {
        foreach (var parameter in ReferencedFacts.Of(flow.Context.Compilation).MethodsOf(DeclarationKind.Inject, cancellation))
        {
            if (parameter.ContainingSymbol is IMethodSymbol method && SymbolEqualityComparer.Default.Equals(InjectedBy(method), parameter))
            {
                yield return (method, parameter);
            }
        }
    }

    private IEnumerable<(IMethodSymbol Method, IParameterSymbol Parameter)> Declared(SyntaxTree tree, CancellationToken cancellation)
        => Usable(MarkedMethods.Declared(flow.Context.Settings.InjectMethodsAt(tree), flow.Context, cancellation));

    private IEnumerable<(IMethodSymbol Method, IParameterSymbol Parameter)> Attributed(CancellationToken cancellation)
        => Usable(MarkedMethods.WithAttribute(ContextAttributes.Injects, flow.Context, cancellation));

    private IEnumerable<(IMethodSymbol Method, IParameterSymbol Parameter)> Usable(IEnumerable<IMethodSymbol> methods)
    {
        foreach (var method in methods)
        {
            if (InjectedBy(method) is { } parameter && !method.IsAsync)
            {
                yield return (method, parameter);
            }
        }
    }

    private ImmutableArray<(IMethodSymbol Method, IParameterSymbol Parameter)> Search(CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<(IMethodSymbol Method, IParameterSymbol Parameter)>();
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        var names = new Queue<string>(["Inject"]);
        while (names.Count > 0 && seen.Count < MaxCandidates)
        {
            foreach (var call in CallIndex.SyntaxOf(names.Dequeue(), flow.Context, cancellation))
            {
                if (MethodAround(call, cancellation) is { } method && seen.Add(method) && InjectedBy(method) is { } parameter && !method.IsAsync
                    && flow.PutsContextOn(parameter, method, cancellation))
                {
                    found.Add((method, parameter));
                    names.Enqueue(method.Name);
                }
            }
        }

        return found.ToImmutable();
    }

    private IMethodSymbol? MethodAround(SyntaxNode call, CancellationToken cancellation)
        => EnclosingBody.Of(call) is MethodDeclarationSyntax method
            ? flow.Context.Of(method.SyntaxTree).GetDeclaredSymbol(method, cancellation) as IMethodSymbol
            : null;

    // The one parameter that is a message or a carrier, when nothing else is wanted but an Activity.
    private IParameterSymbol? InjectedBy(IMethodSymbol method)
    {
        IParameterSymbol? injected = null;
        foreach (var parameter in method.Parameters)
        {
            if (injected is null && flow.Model.RoleOf(parameter.Type) is CarrierRole.Message or CarrierRole.Carrier && parameter.RefKind is RefKind.None)
            {
                injected = parameter;
            }
            else if (!parameter.IsOptional && parameter.Type is not INamedTypeSymbol { Name: "Activity", ContainingNamespace: { Name: "Diagnostics" } })
            {
                return null;
            }
        }

        return injected;
    }
}
