using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Propagation;

/// <summary>
/// Clients of MQTTnet that nothing can be asked of: they speak, or may speak, an MQTT before version 5, which has no user
/// properties. A project says which by <c>MqttProtocolVersion</c>; without a word, MQTTnet 4 speaks the old one.
/// </summary>
internal sealed class MqttProtocol(Mqtt transport, CompilationContext context) : Decorators(transport, transport.Clients, context)
{
    private StrongBox<(SyntaxToken? Old, bool New)>? _mentioned;

    public override Evidence? Of(IInvocationOperation publish, CancellationToken cancellation)
    {
        var (old, isNewMentioned) = (_mentioned ??= new(Search(cancellation))).Value;
        return old is null && (isNewMentioned || transport.SpeaksVersion5)
            ? base.Of(publish, cancellation)
            : new Evidence(EvidenceKind.NoCarrierInProtocol, old?.GetLocation() ?? publish.Syntax.GetLocation(), old?.ValueText ?? "V311");
    }

    private (SyntaxToken? Old, bool New) Search(CancellationToken cancellation)
    {
        var isNewMentioned = false;
        foreach (var tree in Context.Compilation.SyntaxTrees)
        {
            foreach (var node in tree.GetRoot(cancellation).DescendantNodes())
            {
                switch (node)
                {
                    case IdentifierNameSyntax { Identifier: { ValueText: "V310" or "V311" } old }:
                        return (old, isNewMentioned);
                    case IdentifierNameSyntax { Identifier.ValueText: "V500" }:
                        isNewMentioned = true;
                        break;
                }
            }
        }

        return (null, isNewMentioned);
    }
}
