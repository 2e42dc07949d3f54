using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.SpanCode;

namespace TraceLint.Tests.Rules;

// Nothing leaves without the context, or it is none of ours, or it is on its way anyhow.
public partial class TL1004_ContextInjectedOnlyWithSpanSilentTests
{
    [Theory]
    [InlineData($"if (activity != null) {{ {Inject} await client.SendAsync(message); }}")]
    [InlineData($"if (activity == null) {{ client.Log(\"nothing is sent\"); return; }} {Inject} await client.SendAsync(message);")]
    [InlineData($"if (activity == null) throw new InvalidOperationException(message.Body); {Inject} await client.SendAsync(message);")]
    [InlineData($"if (activity is {{ }} span) {{ {Inject} await client.SendAsync(message); }} else {{ client.Log(message.Body); }}")]
    [InlineData($"foreach (var _ in order) {{ if (activity == null) continue; {Inject} await client.SendAsync(message); }}")]
    [InlineData($"while (activity != null) {{ {Inject} await client.SendAsync(message); }}")]
    public Task SentOnlyWithASpan(string statements) => Verify(Traced($$"""
        {{Start}}
        {{statements}}
        """));

    [Fact]
    public Task ParameterSentOnlyWithASpan() => Verify(Traced("", $$"""
        public async Task Publish(IClient client, Message message)
        {
            using var activity = source.StartActivity("publish");
            if (activity is null)
                return;
            {{Inject}}
            await client.SendAsync(message);
        }

        public async Task PublishGuarded(IClient client, Message message)
        {
            using var activity = source.StartActivity("publish");
            if (activity is not null)
            {
                {{Inject}}
                await client.SendAsync(message).ConfigureAwait(false);
            }
        }
        """));

    [Fact]
    public Task MadeOnlyWithASpan() => Verify(Traced($$"""
        using var activity = source.StartActivity("publish");
        if (activity is not null)
        {
            var message = new Message { Body = order };
            {{Inject}}
            await client.SendAsync(message);
        }
        """));

    [Fact]
    public Task ReturnedOnlyWithASpan() => Verify(Traced("", $$"""
        private static Dictionary<string, string>? Headers()
        {
            using var activity = source.StartActivity("publish");
            if (activity == null)
                return null;
            var headers = new Dictionary<string, string>();
            propagator.Inject(new PropagationContext(activity.Context, Baggage.Current), headers, {{Setter}});
            return headers;
        }
        """));

    [Fact]
    public Task UsedAgainOnlyInTheNextRound() => Verify(Traced($$"""
        foreach (var line in order.Split(','))
        {
            var message = new Message { Body = line };
            Count(message);
            using var activity = source.StartActivity("publish");
            if (activity != null)
            {
                {{Inject}}
                await client.SendAsync(message);
            }
        }
        """, "private static void Count(Message message) => Console.WriteLine(message.Body);"));

    // HttpClient writes the context by itself.
    [Theory]
    [InlineData("if (activity != null) propagator.Inject(new PropagationContext(activity.Context, default), request.Headers, (headers, key, value) => headers.Add(key, value));")]
    [InlineData("if (activity != null) propagator.Inject(new PropagationContext(activity.Context, default), request, (http, key, value) => http.Headers.Add(key, value));")]
    [InlineData("propagator.Inject(new PropagationContext(activity?.Context ?? default, default), new object(), (_, key, value) => request.Headers.Add(key, value));")]
    [InlineData("DistributedContextPropagator.Current.Inject(activity, request, (carrier, key, value) => ((HttpRequestMessage)carrier!).Headers.Add(key, value));")]
    [InlineData("request.Headers.Add(\"traceparent\", activity?.Id ?? \"\");")]
    [InlineData("var headers = new Dictionary<string, string>(); if (activity != null) headers[\"traceparent\"] = activity.Id!; foreach (var header in headers) request.Headers.Add(header.Key, header.Value);")]
    public Task HttpRequest(string statements) => Verify(Traced($$"""
        using var activity = source.StartActivity("call");
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, order);
        {{statements}}
        await http.SendAsync(request);
        """).Insert(0, "using System.Net.Http;\n"));

    [Fact]
    public Task HttpResponse() => Verify("""
        using System.Diagnostics;
        using System.Net;
        using Microsoft.AspNetCore.Http;

        namespace Microsoft.AspNetCore.Http
        {
            public interface IHeaderDictionary
            {
                string this[string name] { get; set; }
                void Add(string name, string value);
            }
        }

        public static class Responses
        {
            private static readonly ActivitySource source = new("responses");

            public static void Answer(IHeaderDictionary headers, HttpListenerResponse response)
            {
                using var activity = source.StartActivity("answer");
                headers["traceparent"] = activity?.Id ?? "";
                headers.Add("Request-Id", activity?.Id ?? "");
                response.Headers.Add("traceparent", activity?.Id ?? "");
                if (activity != null)
                    response.Headers["traceparent"] = activity.Id;
            }
        }
        """, Setup.SystemDiagnostics);

    [Fact]
    public Task TagsAndLogs() => Verify(Method("""
        using var activity = source.StartActivity("publish");
        var tags = new ActivityTagsCollection { ["traceparent"] = activity?.Id ?? "" };
        tags.Add("traceparent", activity?.Id ?? "");
        activity?.AddEvent(new ActivityEvent("sent", default, tags));
        Console.WriteLine(new Dictionary<string, string> { ["traceparent"] = activity?.Id ?? "" });
        var scope = new Dictionary<string, object> { ["traceparent"] = activity?.Id ?? "" };
        using (BeginScope(scope))
        {
            await client.SendAsync(new Message { Body = order });
        }
        """, "private static IDisposable? BeginScope(object state) => state as IDisposable;"), Setup.SystemDiagnostics);

    [Fact]
    public Task HelperThatOnlyTags() => Verify(Method($$"""
        {{Start}}
        if (activity != null)
        {
            TagActivity(activity, message);
            EnrichSpan(activity, message);
        }

        await client.SendAsync(message);
        """, """
        private static void TagActivity(Activity activity, Message message) => activity.SetTag("body", message.Body);
        private static void EnrichSpan(Activity activity, Message message) => message.Headers["order"] = activity.DisplayName;
        """), Setup.SystemDiagnostics);

    [Fact]
    public Task HelperThatCannotBeFollowed() => Verify(Traced($$"""
        {{Start}}
        if (activity != null)
        {
            InjectSpan(activity, message);
            (client as IInjector)!.InjectContext(activity.Context, message);
        }

        await client.SendAsync(message);
        """, $$"""
        private interface IInjector { void InjectContext(ActivityContext context, Message message); }

        protected virtual void InjectSpan(Activity activity, Message message)
        {
            {{Inject}}
        }
        """));

    [Fact]
    public Task ParameterThatAnybodyMayPass() => Verify(Traced("", $$"""
        public static void Public(Activity? activity, Message message)
        {
            if (activity != null) { {{Inject}} }
        }

        internal virtual void Virtual(Activity? activity, Message message)
        {
            if (activity != null) { {{Inject}} }
        }

        private static void NeverCalled(Activity? activity, Message message)
        {
            if (activity != null) { {{Inject}} }
        }

        private static void OfCurrent(Activity? activity, Message message)
        {
            if (activity != null) { {{Inject}} }
        }

        private static void OfBoth(Activity? activity, Message message)
        {
            if (activity != null) { {{Inject}} }
        }

        private static void OfFallback(Activity? activity, Message message)
        {
            if (activity != null) { {{Inject}} }
        }

        private static void OfUnknown(Activity? activity, Message message)
        {
            if (activity != null) { {{Inject}} }
        }

        public void Send(Message message, Activity unknown)
        {
            using var activity = source.StartActivity("publish");
            Virtual(activity, message);
            OfCurrent(Activity.Current, message);
            OfBoth(activity, message);
            OfBoth(Activity.Current, message);
            OfFallback(activity ?? Activity.Current, message);
            OfUnknown(unknown, message);
        }
        """));

    [Fact]
    public Task ParameterOfAnInterfaceMethod() => Verify("""
        using System.Collections.Generic;
        using System.Diagnostics;

        public interface IInjector
        {
            void Write(Activity? activity, Dictionary<string, string> headers);
        }

        internal sealed class Injector : IInjector
        {
            private static readonly ActivitySource source = new("injector");

            public void Write(Activity? activity, Dictionary<string, string> headers)
                => DistributedContextPropagator.Current.Inject(activity, headers, (_, key, value) => headers[key] = value);

            public void Send(Dictionary<string, string> headers)
            {
                using var activity = source.StartActivity("send");
                Write(activity, headers);
            }
        }
        """, Setup.SystemDiagnostics);

    [Fact]
    public Task ParameterThatFallsBackInside() => Verify(Traced($$"""
        {{Start}}
        InjectSpan(activity, message);
        InjectOrCurrent(activity, message);
        await client.SendAsync(message);
        """, $$"""
        private static void InjectSpan(Activity? activity, Message message)
        {
            activity ??= Activity.Current;
            if (activity == null)
                return;
            {{Inject}}
        }

        public static void InjectOrCurrent(Activity? activity, Message message)
        {
            if (activity is null)
            {
                {{InjectCurrent}}
                return;
            }

            {{Inject}}
        }
        """));

    [Fact]
    public Task LocalFunctionWithAFallback() => Verify(Traced($$"""
        {{Start}}
        InjectSpan(activity ?? Activity.Current);
        Action<Activity?> later = InjectLater;
        later(activity);
        await client.SendAsync(message);

        void InjectSpan(Activity? span)
        {
            if (span != null)
                propagator.Inject(new PropagationContext(span.Context, default), message.Headers, {{Setter}});
        }

        void InjectLater(Activity? span)
        {
            if (span != null)
                propagator.Inject(new PropagationContext(span.Context, default), message.Headers, {{Setter}});
        }
        """));
}
