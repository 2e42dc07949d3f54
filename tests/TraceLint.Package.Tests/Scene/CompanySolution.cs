using TraceLint.Package.Tests.Tools;

namespace TraceLint.Package.Tests.Scene;

/// <summary>
/// A company: a messaging library with a publish wrapper and helpers, and services that use it as a project, as a package, and as a package
/// of a version that was built without facts. A program runs two of the services without a broker.
/// </summary>
internal sealed class CompanySolution : ConsumerFolder
{
    private const string Messaging = """
        using System.Diagnostics;
        using System.Text;
        using System.Threading.Tasks;
        using Confluent.Kafka;

        namespace Acme.Messaging;

        public static class TraceHeaders
        {
            public static void Inject(Headers headers)
                => DistributedContextPropagator.Current.Inject(Activity.Current, headers, (_, key, value) =>
                {
                    headers.Remove(key);
                    headers.Add(key, Encoding.UTF8.GetBytes(value));
                });

            public static ActivityContext Extract(Headers? headers)
            {
                ActivityContext.TryParse(Text(headers, "traceparent"), Text(headers, "tracestate"), isRemote: true, out var context);
                return context;
            }

            private static string? Text(Headers? headers, string name)
                => headers != null && headers.TryGetLastBytes(name, out var value) ? Encoding.UTF8.GetString(value) : null;
        }

        public class Bus
        {
            private readonly IProducer<string, string> _producer;

            public Bus(IProducer<string, string> producer) => _producer = producer;

            public Task PublishAsync(string topic, Message<string, string> message) => _producer.ProduceAsync(topic, message);

            public Task PublishTracedAsync(string topic, Message<string, string> message)
            {
                message.Headers ??= new Headers();
                TraceHeaders.Inject(message.Headers);
                return _producer.ProduceAsync(topic, message);
            }
        }
        """;

    private const string Program = """
        using System.Diagnostics;
        using System.Reflection;
        using Acme.Messaging;
        using Confluent.Kafka;

        var traces = new HashSet<ActivityTraceId>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = activity => traces.Add(activity.TraceId),
        };
        ActivitySource.AddActivityListener(listener);
        var bus = new Bus(DispatchProxy.Create<IProducer<string, string>, Broker>());
        await new Orders.Service(bus).PlaceAsync("1");
        await new Billing.Service(bus).HandleAsync(new ConsumeResult<string, string> { Message = Broker.Last! });
        Console.WriteLine($"traces: {traces.Count}");

        public class Broker : DispatchProxy
        {
            public static Message<string, string>? Last { get; private set; }

            protected override object? Invoke(MethodInfo? method, object?[]? arguments)
            {
                Last = arguments?.OfType<Message<string, string>>().FirstOrDefault();
                return Task.FromResult(new DeliveryResult<string, string>());
            }
        }
        """;

    private readonly string _packages;

    public CompanySolution(PackedRepository repository)
        : base(repository)
    {
        _packages = repository.NewFolder();
        Write("Directory.Build.props", $"""
            <Project>
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <LangVersion>latest</LangVersion>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
                <RestoreAdditionalProjectSources>{repository.PackageFolder};{_packages}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
                {ConsumerSolution.TraceLint}
                <PackageReference Include="Confluent.Kafka" Version="{Settings.VersionOf("Confluent.Kafka")}" />
              </ItemGroup>
            </Project>
            """);
        Write("Acme.Messaging/Bus.cs", Messaging);
        Write("Acme.Messaging/Acme.Messaging.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework />
                <TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks>
                <ImplicitUsings>disable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="System.Diagnostics.DiagnosticSource" Version="10.0.14" />
              </ItemGroup>
            </Project>
            """);
        Add("Orders", Library, Service("Orders", """
            public async Task PlaceAsync(string order)
                {
                    using var activity = s_source.StartActivity("place order");
                    await bus.PublishTracedAsync("audit", new Message<string, string> { Value = order });
                    await bus.PublishAsync("orders", new Message<string, string> { Value = order });
                }
            """));
        Add("Billing", Library, Service("Billing", """
            public async Task HandleAsync(ConsumeResult<string, string> result)
                {
                    using var activity = s_source.StartActivity("bill order", ActivityKind.Consumer);
                    var bill = Bill(result.Message.Value);
                    await bus.PublishAsync("bills", new Message<string, string> { Value = bill });
                }

                private static string Bill(string order) => order + ": 10 EUR";
            """));
        Add("Shipping", Package(Newest), Service("Shipping", """
            public async Task HandleAsync(ConsumeResult<string, string> result)
                {
                    using var activity = s_source.StartActivity("ship", ActivityKind.Consumer, TraceHeaders.Extract(result.Message.Headers));
                    await bus.PublishAsync("parcels", new Message<string, string> { Value = Pack(result.Message.Value) });
                }

                private static string Pack(string order) => order;
            """));
        Add("Legacy", Package(Older), Service("Legacy", """
            public async Task ArchiveAsync(IProducer<string, string> producer, string order)
                {
                    using var activity = s_source.StartActivity("archive");
                    await bus.PublishAsync("archive", new Message<string, string> { Value = order });
                    await producer.ProduceAsync("archive", new Message<string, string> { Value = order });
                }
            """));
        Add("Orders.Tests", """<ProjectReference Include="../Orders/Orders.csproj" /><PackageReference Include="xunit.assert" Version="2.9.3" />""", Service("Orders.Tests", """
            public Task Test(IProducer<string, string> producer) => bus.PublishAsync("orders", new Message<string, string> { Value = "1" });
            """));
        Add("Host", """<ProjectReference Include="../Orders/Orders.csproj" /><ProjectReference Include="../Billing/Billing.csproj" />""", Program);
        Write("Company.slnx", $"<Solution>{string.Concat(Projects.Select(static project => $"""<Project Path="{project}/{project}.csproj" />"""))}</Solution>");
    }

    // Not the versions of the package with this name in LibraryTests: NuGet unpacks each version once.
    private const string Older = "3.0.0";
    private const string Newest = "4.0.0";

    private static string[] Projects => ["Acme.Messaging", "Orders", "Billing", "Shipping", "Legacy", "Orders.Tests", "Host"];

    private static string Library => """<ProjectReference Include="../Acme.Messaging/Acme.Messaging.csproj" />""";

    /// <summary>Packs the library twice: as it is now, and an older version, which says nothing of its methods.</summary>
    public async Task PackAsync()
    {
        await RunAsync("pack", "Acme.Messaging", "--output", _packages, $"-p:Version={Older}", "-p:TraceLintFacts=false");
        await RunAsync("pack", "Acme.Messaging", "--output", _packages, $"-p:Version={Newest}");
    }

    public async Task<IReadOnlyList<BuildMessage>> BuildAsync() => BuildMessage.In(await RunAsync("build", "Company.slnx"));

    private void Add(string project, string items, string code)
    {
        Write($"{project}/Service.cs", code);
        Write($"{project}/{project}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>{(project == "Host" ? "Exe" : "Library")}</OutputType>
              </PropertyGroup>
              <ItemGroup>
                {items}
              </ItemGroup>
            </Project>
            """);
    }

    private static string Package(string version) => $"""<PackageReference Include="Acme.Messaging" Version="{version}" />""";

    private static string Service(string name, string members) => $$"""
        using System.Diagnostics;
        using Acme.Messaging;
        using Confluent.Kafka;

        namespace {{name}};

        public class Service(Bus bus)
        {
            private static readonly ActivitySource s_source = new("{{name}}");

            {{members}}
        }
        """;
}
