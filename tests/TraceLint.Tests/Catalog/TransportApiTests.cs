using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Catalog;

/// <summary>
/// Whatever the libraries of TL1003 offer to publish with is known, or left out for a reason: every public method that
/// takes a message or its carrier, or is called after publishing. Libraries that are stubs answer for the stub.
/// </summary>
public class TransportApiTests
{
    private static readonly SymbolDisplayFormat s_name = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces, memberOptions: SymbolDisplayMemberOptions.IncludeContainingType);

    private static readonly Dictionary<string, Library> s_libraries = new()
    {
        ["RabbitMQ.Client 6"] = new(References.Rabbit, RabbitMq.In, ["Publish"], ["RabbitMQ.Client.IBasicProperties"])
        {
            LeftOut =
            {
                ["RabbitMQ.Client.IBasicPublishBatch.Add"] = "Add is the name of too much: every call of it would have to be bound.",
                ["RabbitMQ.Client.BasicPublishBatchExtensions.Add"] = "As above.",
                ["RabbitMQ.Client.IBasicPublishBatch.Publish"] = "It sends what Add was given.",
                ["RabbitMQ.Client.IModel.CreateBasicPublishBatch"] = "It sends nothing.",
                ["RabbitMQ.Client.IBasicConsumer.HandleBasicDeliver"] = "It receives.",
                ["RabbitMQ.Client.IAsyncBasicConsumer.HandleBasicDeliver"] = "It receives.",
                ["RabbitMQ.Client.DefaultBasicConsumer.HandleBasicDeliver"] = "It receives.",
                ["RabbitMQ.Client.AsyncDefaultBasicConsumer.HandleBasicDeliver"] = "It receives.",
                ["RabbitMQ.Client.Events.EventingBasicConsumer.HandleBasicDeliver"] = "It receives.",
                ["RabbitMQ.Client.Events.AsyncEventingBasicConsumer.HandleBasicDeliver"] = "It receives.",
            },
        },
        ["RabbitMQ.Client 5"] = new(References.Rabbit5, RabbitMq.In, ["Publish"], ["RabbitMQ.Client.IBasicProperties"]),
        ["MQTTnet 5"] = new(References.Mqtt, Mqtt.In, ["Publish"], ["MQTTnet.MqttApplicationMessage"])
        {
            LeftOut =
            {
                ["MQTTnet.MqttApplicationMessageExtensions.ConvertPayloadToString"] = "It reads.",
                ["MQTTnet.Formatter.MqttPublishPacketFactory.Create"] = "It makes a packet, at the will's or the client's request.",
                ["MQTTnet.Formatter.MqttApplicationMessageFactory.Create"] = "It makes a message of a packet.",
                ["MQTTnet.MqttApplicationMessageValidator.ThrowIfNotSupported"] = "It checks.",
                ["MQTTnet.Protocol.MqttTopicValidator.ThrowIfInvalid"] = "It checks.",
                ["MQTTnet.MqttTopicFilterBuilder.WithRetainAsPublished"] = "It subscribes.",
                ["MQTTnet.Diagnostics.Logger.IMqttNetLogger.Publish"] = "It logs.",
                ["MQTTnet.Diagnostics.Logger.MqttNetEventLogger.Publish"] = "It logs.",
                ["MQTTnet.Diagnostics.Logger.MqttNetNullLogger.Publish"] = "It logs.",
                ["MQTTnet.Diagnostics.Logger.MqttNetSourceLogger.Publish"] = "It logs.",
                ["MQTTnet.Diagnostics.Logger.MqttNetSourceLoggerExtensions.Publish"] = "It logs.",
            },
        },
        ["MQTTnet 4"] = new(References.Mqtt4, Mqtt.In, ["Publish", "Enqueue"], ["MQTTnet.MqttApplicationMessage"])
        {
            LeftOut = { ["MQTTnet.Extensions.ManagedClient.IManagedMqttClient.EnqueueAsync(ManagedMqttApplicationMessage)"] = "A message in a message, which is not followed." },
        },
        ["NATS.Client 1"] = new(References.Nats, Nats.In, ["Publish", "Request"], ["NATS.Client.Msg", "NATS.Client.MsgHeader"])
        {
            LeftOut =
            {
                ["NATS.Client.IEncodedConnection.Publish"] = "Its serializer may put a context anywhere.",
                ["NATS.Client.IEncodedConnection.Request"] = "As above.",
            },
        },
        ["Google.Cloud.PubSub.V1 3"] = new(References.PubSub, GooglePubSub.In, ["Publish"], ["Google.Cloud.PubSub.V1.PubsubMessage", "Google.Cloud.PubSub.V1.PublishRequest"])
        {
            Others = [References.Protobuf],
            LeftOut =
            {
                ["Google.Cloud.PubSub.V1.PublisherClient.ResumePublish"] = "It sends nothing.",
                ["Google.Cloud.PubSub.V1.SubscriptionHandler.HandleMessage"] = "It receives.",
            },
        },
        ["EasyNetQ 7"] = new(References.EasyNetQ, EasyNetQ.In, ["Publish", "SendAsync"], ["EasyNetQ.MessageProperties"])
        {
            Others = [References.Rabbit],
            LeftOut =
            {
                ["EasyNetQ.IAdvancedBus.PublishAsync(Exchange, String, Boolean, IMessage, CancellationToken)"]
                    = "A message in a message, which is not followed.",
                ["EasyNetQ.IPubSub.PublishAsync(T, Action, CancellationToken)"] = "Only a lambda shows that it passes no headers.",
                ["EasyNetQ.PubSubExtensions.Publish(IPubSub, T, Action, CancellationToken)"] = "As above.",
                ["EasyNetQ.ISendReceive.SendAsync(String, T, Action, CancellationToken)"] = "As above.",
                ["EasyNetQ.SendReceiveExtensions.Send(ISendReceive, String, T, Action, CancellationToken)"] = "As above.",
            },
        },
        ["DotPulsar 5"] = new(References.Pulsar, DotPulsar.In, ["Send"], ["DotPulsar.MessageMetadata"])
        {
            LeftOut = { ["DotPulsar.Extensions.MessageMetadataExtensions.SetConversationId"] = "It writes." },
        },
        ["AWSSDK.EventBridge 4"] = new(References.AwsPayloads[0], AwsPayloads.OfEventBridge, ["PutEvents"], ["Amazon.EventBridge.Model.PutEventsRequest"]),
        ["AWSSDK.Kinesis 4"] = new(References.AwsPayloads[1], AwsPayloads.OfKinesis, ["PutRecord"], ["Amazon.Kinesis.Model.PutRecordRequest"]),
        ["StackExchange.Redis, newest"] = new(References.NewestRedis, RedisStreams.In, ["StreamAdd"], ["StackExchange.Redis.NameValueEntry[]"]),
        ["StackExchange.Redis, oldest"] = new(References.OldestRedis, RedisStreams.In, ["StreamAdd"], ["StackExchange.Redis.NameValueEntry[]"]),
    };

    public static TheoryData<string> Names => [.. s_libraries.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryMethodThatPublishes_IsAPublish(string name)
    {
        var library = s_libraries[name];
        var (compilation, transport) = library.Compile("");
        var methods = PublicTypes(compilation.GetAssemblyOrModuleSymbol(library.Reference) is IAssemblySymbol assembly ? assembly.GlobalNamespace : throw new InvalidOperationException())
            .SelectMany(static type => type.GetMembers().OfType<IMethodSymbol>())
            .Where(method => method.DeclaredAccessibility == Accessibility.Public && method.MethodKind == MethodKind.Ordinary && library.Publishes(method) && !library.LeavesOut(method))
            .ToList();

        Assert.NotEmpty(methods);
        Assert.All(methods, method => Assert.True(IsPublish(library, method), $"{method.ToDisplayString()} publishes and is not known."));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WhatIsLeftOut_Exists(string name)
    {
        var library = s_libraries[name];
        var (compilation, _) = library.Compile("");
        var methods = PublicTypes(((IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(library.Reference)!).GlobalNamespace).SelectMany(static type => type.GetMembers().OfType<IMethodSymbol>()).ToList();
        Assert.All(library.LeftOut.Keys, left => Assert.Contains(methods, method => Library.NamesOf(method).Contains(left)));
    }

    // A call of it, compiled.
    private static bool IsPublish(Library library, IMethodSymbol method)
    {
        var (empty, _) = library.Compile("");
        method = method.IsGenericMethod ? method.Construct([.. method.TypeParameters.Select(_ => empty.GetSpecialType(SpecialType.System_Object))]) : method;
        var arguments = string.Join(", ", method.Parameters.Select(static parameter => parameter.Name switch
        {
            "streamField" => "\"data\"",
            "streamValue" => "System.Environment.NewLine",
            _ when parameter.Type.SpecialType is SpecialType.System_Object => $"{parameter.Name}: new object()",
            _ => $"{parameter.Name}: default({parameter.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)})",
        }));
        var home = method.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        var (compilation, transport) = library.Compile($"class C {{ void M({(method.IsStatic ? "object" : home)} client) {{ {(method.IsStatic ? home : "client")}.{method.Name}({arguments}); }} }}");
        var tree = compilation.SyntaxTrees.Single();
        var call = (IInvocationOperation)compilation.GetSemanticModel(tree).GetOperation(tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Single())!;
        Assert.Equal(method.ToDisplayString(), call.TargetMethod.ToDisplayString());
        return transport.PublishNames.Contains(method.Name) && transport.EffectOf(call).Kind is CallEffectKind.Publish;
    }

    private static IEnumerable<INamedTypeSymbol> PublicTypes(INamespaceOrTypeSymbol home)
        => home.GetMembers().OfType<INamespaceOrTypeSymbol>().SelectMany(static member => member is INamedTypeSymbol { DeclaredAccessibility: Accessibility.Public } type
            ? PublicTypes(type).Prepend(type)
            : member is INamespaceSymbol nested ? PublicTypes(nested) : []);

    /// <param name="Words">What the names of publishing methods start with, or have in them.</param>
    /// <param name="Messages">The types of messages and their carriers.</param>
    private sealed record Library(MetadataReference Reference, Func<Compilation, Transport?> In, string[] Words, string[] Messages)
    {
        /// <summary>What the library references besides .NET.</summary>
        public MetadataReference[] Others { get; init; } = [];

        /// <summary>Methods by name, or by name and the types of their parameters, and why they are no publishes.</summary>
        public Dictionary<string, string> LeftOut { get; } = [];

        public (CSharpCompilation Compilation, Transport Transport) Compile(string source)
        {
            var compilation = Analysis.Compile([CSharpSyntaxTree.ParseText(source)], [.. References.None, .. Others, Reference]);
            return (compilation, In(compilation)!);
        }

        public bool Publishes(IMethodSymbol method)
            => Array.Exists(Words, word => method.Name.Contains(word, StringComparison.Ordinal))
                || method.Parameters.Any(parameter => Messages.Contains(parameter.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString()));

        public bool LeavesOut(IMethodSymbol method) => NamesOf(method).Any(LeftOut.ContainsKey);

        public static string[] NamesOf(IMethodSymbol method)
            => [method.ToDisplayString(s_name), $"{method.ToDisplayString(s_name)}({string.Join(", ", method.Parameters.Select(static parameter => parameter.Type.Name))})"];
    }
}
