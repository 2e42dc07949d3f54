using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Propagation;

/// <summary>
/// The clients of a declared bus. Where they are of a library, a type of the project that stands in for one may inject; where they
/// are of the project itself, its types are the bus, and one injects when it says so.
/// </summary>
internal sealed class DeclaredClients(DeclaredBus bus, CompilationContext context) : Decorators(bus, bus.Clients, context)
{
    public override Evidence? Of(IInvocationOperation publish, CancellationToken cancellation)
    {
        if (!bus.Clients.Any(static client => client.Locations is [{ IsInSource: true }, ..]))
        {
            return base.Of(publish, cancellation);
        }

        foreach (var client in bus.Clients)
        {
            foreach (var type in Context.TypesDerivedFrom(client).Append(client))
            {
                if (type.Locations is [{ IsInSource: true } place, ..] && (Mentions(place, "Inject", cancellation) || CallsDeclared(place, cancellation)))
                {
                    return new Evidence(EvidenceKind.Instrumented, place, client.Name);
                }
            }
        }

        return null;
    }

    private bool CallsDeclared(Location type, CancellationToken cancellation)
    {
        var declaration = type.SourceTree!.GetRoot(cancellation).FindNode(type.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>();
        foreach (var name in Context.Settings.InjectMethodsAt(type.SourceTree).Select(static pattern => pattern.MethodName).OfType<string>().Distinct())
        {
            foreach (var call in CallIndex.CallsOf(name, Context, cancellation))
            {
                if (declaration?.Contains(call.Syntax) == true && Context.Settings.Injects(call.TargetMethod, call.Syntax.SyntaxTree))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
