using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Robustness;

/// <summary>An IDE has the sources of referenced projects at hand, a build has not. Both are told the same, and no rule looks for them in the wrong project.</summary>
public class OtherProjectTests
{
    private const string Library = """
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Text;
        using Confluent.Kafka;

        namespace Shared
        {
            public class Traced
            {
                public static readonly ActivitySource Source = new ActivitySource("shared");
                public Activity? Span;
                public static Activity? StartSpan(string name) => Source.StartActivity(name);
                public static void InjectTrace(Activity? activity, Headers headers) => WriteTrace(activity, headers);
                public static void WriteTrace(Activity? activity, Headers headers)
                {
                    if (activity != null) headers.Add("traceparent", Encoding.UTF8.GetBytes(activity.Id!));
                }

                public static string? ReadTraceParent(IDictionary<string, string> headers) => headers.TryGetValue("traceparent", out var value) ? value : null;
                public static void PublishTraced(IProducer<string, string> producer, Message<string, string> message) => producer.Produce("shared", message);
            }

            public abstract class TracedWorker
            {
                protected Activity? Current;
                public virtual void Handle(ConsumeResult<string, string> result) { Current?.Stop(); }
            }
        }
        """;

    private const string Service = """
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Threading.Tasks;
        using Confluent.Kafka;
        using Shared;

        public class Service : TracedWorker
        {
            private static readonly ActivitySource source = new ActivitySource("service");

            public void Send(IProducer<string, string> producer)
            {
                using var activity = source.StartActivity("send");
                var message = new Message<string, string> { Headers = new Headers() };
                Traced.InjectTrace(activity, message.Headers);
                producer.Produce("orders", message);
                Traced.PublishTraced(producer, message);
            }

            public override void Handle(ConsumeResult<string, string> result)
            {
                Current = Traced.StartSpan("handle");
                base.Handle(result);
            }

            public void Receive(IDictionary<string, string> headers)
            {
                using var activity = source.StartActivity("receive", ActivityKind.Consumer, Traced.ReadTraceParent(headers));
                new Traced().Span = source.StartActivity("kept");
                _ = Task.Run(() => Traced.StartSpan("left"));
            }
        }
        """;

    [Fact]
    public async Task SourceOfAnotherProject_IsAsInALibrary()
    {
        var library = Analysis.Compile([CSharpSyntaxTree.ParseText(Library)], References.Newest).WithAssemblyName("Shared");
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);

        Assert.Equal(
            await ReportedAsync(MetadataReference.CreateFromImage(image.ToArray())),
            await ReportedAsync(library.ToMetadataReference()));
    }

    private static async Task<ImmutableArray<string>> ReportedAsync(MetadataReference library)
    {
        var service = Analysis.Compile([CSharpSyntaxTree.ParseText(Service)], References.Newest).AddReferences(library);
        Assert.Empty(service.GetDiagnostics().Where(static diagnostic => diagnostic.Severity is DiagnosticSeverity.Error));
        return [.. (await Analysis.RunAsync(service)).Select(static diagnostic => diagnostic.ToString()).Order(StringComparer.Ordinal)];
    }
}
