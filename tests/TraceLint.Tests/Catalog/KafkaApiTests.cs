using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Catalog;

/// <summary>Whatever Confluent.Kafka offers to publish with is known, in the oldest and the newest version.</summary>
public class KafkaApiTests
{
    public static TheoryData<string> Versions => ["newest", "oldest"];

    [Theory]
    [MemberData(nameof(Versions))]
    public void EveryMethodThatTakesAMessage_IsAPublish(string version)
    {
        var methods = Types(version, out var kafka)
            .SelectMany(static type => type.GetMembers().OfType<IMethodSymbol>())
            .Where(method => method.DeclaredAccessibility == Accessibility.Public && method.MethodKind == MethodKind.Ordinary
                && method.Parameters.Any(parameter => SymbolEqualityComparer.Default.Equals(parameter.Type.OriginalDefinition, kafka.Types.Message)))
            .ToList();

        Assert.NotEmpty(methods);
        Assert.All(methods, method => Assert.True(
            SymbolEqualityComparer.Default.Equals(method.ContainingType, kafka.Types.Producer) && kafka.PublishNames.Contains(method.Name),
            $"{method.ToDisplayString()} takes a message and is not known."));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void EveryMethodOfTheProducerWithAPublishName_IsAPublish(string version)
    {
        Types(version, out var kafka);
        var overloads = kafka.Types.Producer.GetMembers().OfType<IMethodSymbol>().Where(method => kafka.PublishNames.Contains(method.Name)).ToList();
        Assert.Equal(4, overloads.Count);
        Assert.All(overloads, overload => Assert.Contains(overload.Parameters, parameter
            => SymbolEqualityComparer.Default.Equals(parameter.Type.OriginalDefinition, kafka.Types.Message)));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void EveryWayToAddAHeader_IsAWrite(string version)
    {
        var sinceNewest = version == "newest" ? "headers.Add((Confluent.Kafka.IHeader)new Confluent.Kafka.Header(\"a\", null));" : "";
        var calls = Invocations(version, $$"""
            var headers = new Confluent.Kafka.Headers { { "a", new byte[0] } };
            {{sinceNewest}}
            headers.Add("a", new byte[0]);
            headers.Add(new Confluent.Kafka.Header("a", null));
            """, out var kafka);
        var writes = calls.Where(call => kafka.EffectOf(call).Kind is CallEffectKind.Write);
        Assert.Equal(kafka.Types.Headers.GetMembers("Add").Length, writes.Select(static call => call.TargetMethod).Distinct(SymbolEqualityComparer.Default).Count());
    }

    [Fact]
    public void Headers_AreTheOnlyCarrierOfAMessage()
    {
        Types("newest", out var kafka);
        var members = kafka.Types.MessageMetadata.GetMembers().OfType<IPropertySymbol>().Where(member => kafka.RoleOfMember(member) is MemberRole.Carrier);
        Assert.Equal(["Headers"], members.Select(static member => member.Name));
    }

    private static List<INamedTypeSymbol> Types(string version, out ConfluentKafka kafka)
    {
        var compilation = Compilation(version);
        kafka = ConfluentKafka.In(compilation)!;
        return [.. PublicTypes(kafka.Types.Message.ContainingNamespace)];
    }

    private static IEnumerable<INamedTypeSymbol> PublicTypes(INamespaceOrTypeSymbol home)
        => home.GetMembers().OfType<INamespaceOrTypeSymbol>().SelectMany(member => member is INamedTypeSymbol { DeclaredAccessibility: Accessibility.Public } type
            ? PublicTypes(type).Prepend(type)
            : member is INamespaceSymbol nested ? PublicTypes(nested) : []);

    private static List<IInvocationOperation> Invocations(string version, string statements, out ConfluentKafka kafka)
    {
        var compilation = Compilation(version, CSharpSyntaxTree.ParseText($"class C {{ void M() {{ {statements} }} }}"));
        kafka = ConfluentKafka.In(compilation)!;
        var tree = compilation.SyntaxTrees.Single();
        var model = compilation.GetSemanticModel(tree);
        var body = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single();
        return [.. model.GetOperation(body)!.Descendants().OfType<IInvocationOperation>()];
    }

    private static CSharpCompilation Compilation(string version, params SyntaxTree[] trees)
        => Analysis.Compile(trees, version == "newest" ? References.KafkaAndOpenTelemetry : References.Oldest);
}
