using TraceLint.Tests.Verification;
using static TraceLint.Tests.Ide.OrderFlow;

namespace TraceLint.Tests.Ide;

/// <summary>
/// Nothing is stale: a verdict follows an edit in another file, another project and the settings, and comes back when it is undone.
/// </summary>
public class EditElsewhereTests
{
    private static readonly string[] s_reported = ["TL1001 Produce"];

    [Fact]
    public async Task HelperThatInjectsNow_EndsTheReportUntilUndone()
    {
        using var session = Open(Publisher(PublishWithHelper), (HelperFile, NotInjecting));
        Assert.Equal(s_reported, await session.SquiggledAsync(PublisherFile));

        session.Replace(HelperFile, NotInjecting, Injecting);
        Assert.Empty(await session.SquiggledAsync(PublisherFile));

        session.Undo();
        Assert.Equal(NotInjecting, session.Text(HelperFile));
        Assert.Equal(s_reported, await session.SquiggledAsync(PublisherFile));
    }

    [Fact]
    public async Task HelperThatIsRenamed_IsFoundUnderItsNewName()
    {
        using var session = Open(Publisher(PublishWithHelper), (HelperFile, Injecting));
        session.Replace(HelperFile, "Headers For(Order", "Headers Of(Order");
        session.Replace(PublisherFile, "KafkaHeaders.For", "KafkaHeaders.Of");
        Assert.Empty(await session.SquiggledAsync(PublisherFile));

        session.Replace(HelperFile, Renamed(Injecting), Renamed(NotInjecting));
        Assert.Equal(s_reported, await session.SquiggledAsync(PublisherFile));
    }

    [Fact]
    public async Task CallerThatInjectsNow_EndsTheReportOfAWrapper()
    {
        const string Wrapper = """
            namespace OrderFlow;

            internal sealed class Bus(IProducer<string, string> producer)
            {
                public void Send(Message<string, string> message) => producer.Produce(Topics.Orders, message);
            }
            """;
        using var session = Open(("Bus.cs", Wrapper), Publisher(""));
        session.Replace(PublisherFile, Here, "new Bus(producer).Send(new Message<string, string> { Value = order.Id });");
        Assert.Equal(["TL1001 Send"], await session.SquiggledAsync(PublisherFile));

        session.Replace("Bus.cs", "=> producer.Produce(Topics.Orders, message);", "=> Console.WriteLine(message);");
        Assert.Empty(await session.SquiggledAsync(PublisherFile));

        session.Undo();
        Assert.Equal(["TL1001 Send"], await session.SquiggledAsync(PublisherFile));
    }

    [Fact]
    public async Task DocumentThatIsAdded_CountsUntilItIsRemoved()
    {
        using var session = Open(Publisher(PublishWithHelper));
        Assert.Empty(await session.SquiggledAsync(PublisherFile));

        session.AddDocument(HelperFile, NotInjecting);
        Assert.Equal(s_reported, await session.SquiggledAsync(PublisherFile));

        session.RemoveDocument(HelperFile);
        Assert.Empty(await session.SquiggledAsync(PublisherFile));

        session.Undo();
        Assert.Equal(s_reported, await session.SquiggledAsync(PublisherFile));
    }

    [Fact]
    public async Task EditorConfig_CountsFromItsNextVersionOn()
    {
        using var session = Open(Publisher(Publish));
        session.Configure("");
        Assert.Equal(s_reported, await session.SquiggledAsync(PublisherFile));

        session.Configure("[*.cs]\ntracelint.instrumented_transports = kafka\n");
        Assert.Empty(await session.SquiggledAsync(PublisherFile));

        session.Configure("[*.cs]\ntracelint.instrumented_transports = sqs\n");
        Assert.Equal(s_reported, await session.SquiggledAsync(PublisherFile));

        session.Configure("[*.cs]\ndotnet_diagnostic.TL1001.severity = none\n");
        Assert.Empty(await session.SquiggledAsync(PublisherFile));

        session.Undo();
        Assert.Equal(s_reported, await session.SquiggledAsync(PublisherFile));
    }

    [Fact]
    public async Task DeclarationFile_CountsFromItsNextVersionOn()
    {
        using var session = Open(Publisher(PublishWithHelper), (HelperFile, NotInjecting));
        Assert.Equal(s_reported, await session.SquiggledAsync(PublisherFile));

        session.Declare("inject M:OrderFlow.KafkaHeaders.For(OrderFlow.Order)");
        Assert.Empty(await session.SquiggledAsync(PublisherFile));

        session.Declare("# inject M:OrderFlow.KafkaHeaders.For(OrderFlow.Order)");
        Assert.Equal(s_reported, await session.SquiggledAsync(PublisherFile));

        session.Undo();
        Assert.Empty(await session.SquiggledAsync(PublisherFile));
    }

    [Fact]
    public async Task ReferencedProject_IsSeenAsItIsNow()
    {
        using var session = Open(Publisher(Publish));
        session.Replace(PublisherFile, "string> producer)", "string> producer) : Shared.Sink");
        session.AddReferenced("Shared", Setup.OpenTelemetry, ("Sink.cs", "namespace Shared; public class Sink;"));
        Assert.Equal(s_reported, await session.SquiggledAsync(PublisherFile));

        // A log sink must not trace itself.
        session.Replace("Sink.cs", "Sink;", "Sink : System.Diagnostics.DefaultTraceListener;");
        Assert.Empty(await session.SquiggledAsync(PublisherFile));

        session.Undo();
        Assert.Equal(s_reported, await session.SquiggledAsync(PublisherFile));
    }

    private static string Renamed(string helper) => helper.Replace(" For(", " Of(", StringComparison.Ordinal);
}
