using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.BusCode;

namespace TraceLint.Tests.Rules;

// A bus that the project has declared.
public partial class TL1003_PublishWithoutContextSilentTests
{
    private static Task VerifyBus(string statements, string members = "", string declarations = Declarations)
        => Verify(Bus(statements, members), BusCode.Setup with { Declarations = declarations });

    [Fact]
    public Task Declared_Injected() => VerifyBus("""
        var envelope = new Envelope("orders", body) { Headers = new Dictionary<string, string>() };
        Propagators.DefaultTextMapPropagator.Inject(default, envelope.Headers, static (headers, key, value) => headers[key] = value);
        bus.Publish(envelope);
        """);

    [Fact]
    public Task Declared_InjectMethod() => VerifyBus("""
        var envelope = new Envelope("orders", body);
        TraceHeaders.Write(envelope);
        bus.Publish(envelope);
        """);

    [Fact]
    public Task Declared_ByHand() => VerifyBus("""
        bus.Send("orders", body, new Dictionary<string, byte[]> { ["traceparent"] = body });
        var bag = new HeaderBag();
        bag.Put("traceparent", Activity.Current!.Id!);
        bus.Post("orders", bag, body);
        """);

    [Fact]
    public Task Declared_UnknownHeader() => VerifyBus("""
        var bag = new HeaderBag();
        bag.Put(order.Id, order.Id);
        bus.Post("orders", bag, body);
        """);

    [Fact]
    public Task Declared_UnknownCallOnTheCarrier() => VerifyBus("""
        var bag = new HeaderBag();
        bag.Touch();
        bus.Post("orders", bag, body);
        """);

    [Fact]
    public Task Declared_HandedToOthers() => VerifyBus("""
        var envelope = new Envelope("orders", body);
        Console.WriteLine(TraceHeaders.Read(envelope));
        bus.Publish(envelope);
        """);

    [Fact]
    public Task Declared_FromElsewhere() => VerifyBus("bus.Publish(_last);", "private readonly Envelope _last = new();");

    [Fact]
    public Task Declared_Decorator() => VerifyBus(
        """bus.Publish(new Envelope("orders", body));""",
        "} public class TracingBus : MemoryBus {");

    [Fact]
    public Task Declared_IdInTheBody() => VerifyBus("""
        bus.Publish(new Envelope("orders", Encoding.UTF8.GetBytes(Activity.Current!.Id!)));
        """);

    [Theory]
    [InlineData("")]
    [InlineData("publish M:Acme.Messaging.IBus.Mail")]
    [InlineData("publish M:Acme.Messaging.IBus.Publish\ninstrumented_transport declared")]
    [InlineData("publish M:Acme.Messaging.IBus.Publish(System.String)")]
    [InlineData("publish M:Acme.Messaging.IBus.Publish carrier=headers")]
    public Task Declared_Not(string declarations) => VerifyBus("""bus.Publish(new Envelope("orders", body));""", declarations: declarations);

    [Fact]
    public Task Declared_ConstructorOfTheProjectInjects() => Verify(
        """
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        namespace Acme
        {
            public class Envelope
            {
                public Envelope(string topic) { DistributedContextPropagator.Current.Inject(Activity.Current, Headers, (_, key, value) => Headers[key] = value); }
                public IDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>();
            }
            public interface IBus { void Publish(Envelope envelope); }
            public class Sample
            {
                public void Send(IBus bus) => bus.Publish(new Envelope("orders"));
            }
        }
        """,
        BusCode.Setup with { Declarations = "publish M:Acme.IBus.Publish" });

    [Fact]
    public Task Declared_InitializerOfTheProjectMayInject() => Verify(
        """
        using System;
        using System.Collections.Generic;
        namespace Acme
        {
            public class Stamped { public IDictionary<string, string> Headers { get; set; } = Stamp.Now(); }
            public static class Stamp { public static IDictionary<string, string> Now() => throw new NotSupportedException(); }
            public interface IBus { void Publish(Stamped stamped); }
            public class Sample
            {
                public void Send(IBus bus) => bus.Publish(new Stamped());
            }
        }
        """,
        BusCode.Setup with { Declarations = "publish M:Acme.IBus.Publish" });

    [Fact]
    public Task Declared_BusOfTheProjectInjects() => Verify(
        """
        using System.Collections.Generic;
        using System.Diagnostics;
        namespace Acme
        {
            public class Envelope { public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(); }
            public interface IBus { void Publish(Envelope envelope); }
            public class Bus : IBus
            {
                public void Publish(Envelope envelope) => DistributedContextPropagator.Current.Inject(Activity.Current, envelope.Headers, (_, key, value) => envelope.Headers[key] = value);
            }
            public class Sample
            {
                public void Send(IBus bus) => bus.Publish(new Envelope());
            }
        }
        """,
        BusCode.Setup with { Declarations = "publish M:Acme.IBus.Publish" });

    [Fact]
    public Task Declared_MessageTypeThatIsInjectedInto() => VerifyBus(
        """
        var envelope = new Envelope("orders", body);
        TraceHeaders.Write(envelope);
        bus.Publish(envelope);
        """,
        declarations: "inject M:Acme.Messaging.TraceHeaders.Write\npublish T:Acme.Messaging.Envelope");

    /// <summary>What does not sound like sending, what takes something else, and methods of the project, whose code says what they do.</summary>
    [Fact]
    public Task Declared_MessageTypeElsewhere() => VerifyBus(
        """
        TraceHeaders.Write(new Envelope("orders", body));
        bus.Send("orders", body, new Dictionary<string, byte[]>());
        bus.Subscribe("orders", envelope => Task.CompletedTask);
        Publish(new Envelope("orders", body));
        """,
        "private static void Publish(Envelope envelope) => Console.WriteLine(envelope.Topic);",
        "publish T:Acme.Messaging.Envelope");
}
