using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Facts;

/// <summary>
/// A service publishes through the interface of its library. That is judged in a program, where all implementations of the interface are
/// known: whatever implements it elsewhere may inject.
/// </summary>
public class InterfaceFactTests
{
    private const string Library = """
        namespace Acme;

        public interface IBus { Task PublishAsync(string topic, Message<string, string> sent); void Post(Message<string, string> message); }

        internal sealed class KafkaBus(IProducer<string, string> producer) : IBus
        {
            public Task PublishAsync(string topic, Message<string, string> message) => producer.ProduceAsync(topic, message);
            void IBus.Post(Message<string, string> message) => producer.Produce("posted", message);
        }
        """;

    private const string InjectingOne = """
        internal sealed class TracedBus(IBus inner) : IBus
        {
            public Task PublishAsync(string topic, Message<string, string> message) => inner.PublishAsync(topic, Traced(message));
            public void Post(Message<string, string> message) => inner.Post(message);
            private static Message<string, string> Traced(Message<string, string> message)
            {
                var headers = message.Headers ??= new Headers();
                Propagators.DefaultTextMapPropagator.Inject(new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), headers, static (h, key, value) => h.Add(key, Encoding.UTF8.GetBytes(value)));
                return message;
            }
        }
        """;

    private const string Service = """
        using Acme;
        using Confluent.Kafka;

        public class Orders(IBus bus)
        {
            public void Place(string order)
            {
                bus.PublishAsync("orders", new Message<string, string> { Value = order });
                bus.Post(new Message<string, string> { Value = order });
            }

            public static void Main() { }
        }
        """;

    [Fact]
    public async Task Program_IsReported() => Assert.Equal(["PublishAsync", "Post"], await ReportedAsync(Library));

    [Fact]
    public async Task OtherImplementationInTheLibrary_IsSilent() => Assert.Empty(await ReportedAsync(Library + InjectingOne));

    [Fact]
    public async Task Service_ThatIsALibrary_IsSilent()
        => Assert.Empty(await ReportedAsync(Library, kind: OutputKind.DynamicallyLinkedLibrary));

    [Fact]
    public async Task OtherImplementationInTheService_IsSilent()
        => Assert.Empty(await ReportedAsync(Library, more: "using System.Threading.Tasks; class OwnBus : Acme.IBus { public Task PublishAsync(string topic, Confluent.Kafka.Message<string, string> message) => Task.CompletedTask; public void Post(Confluent.Kafka.Message<string, string> message) { } }"));

    [Fact]
    public async Task OtherImplementationInAThirdProject_IsSilent()
        => Assert.Empty(await ReportedAsync(Library, other: "namespace Acme; " + InjectingOne));

    private static async Task<IEnumerable<string>> ReportedAsync(
        string source, string more = "", string? other = null, OutputKind kind = OutputKind.ConsoleApplication)
    {
        var library = FactLibrary.Compile(source).ToMetadataReference();
        var service = Analysis.Compile([CSharpSyntaxTree.ParseText(Service), CSharpSyntaxTree.ParseText(more)], References.Newest).AddReferences(library);
        service = other is null ? service : service.AddReferences(FactLibrary.Compile(other, "Acme.Hosting", library).ToMetadataReference());
        service = service.WithOptions(service.Options.WithOutputKind(kind));
        Assert.Empty(service.GetDiagnostics().Where(static diagnostic => diagnostic.Severity is DiagnosticSeverity.Error));
        return (await Analysis.RunAsync(service)).Select(static diagnostic => diagnostic.Location).OrderBy(static place => place.SourceSpan.Start)
            .Select(static place => place.SourceTree!.GetText().ToString(place.SourceSpan));
    }
}
