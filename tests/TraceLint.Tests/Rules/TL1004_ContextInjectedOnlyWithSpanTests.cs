using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.SpanCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL1004 reports: guards that keep the injection from running, and spans that are null where they are injected.</summary>
public class TL1004_ContextInjectedOnlyWithSpanTests
{
    private const string Context = "new PropagationContext(activity.Context, Baggage.Current)";

    private static Task Verify(string source, Setup? setup = null) => Verify<TL1004_ContextInjectedOnlyWithSpan>.Rule(source, setup);

    [Theory]
    [InlineData("activity != null")]
    [InlineData("activity is not null")]
    [InlineData("null != activity")]
    [InlineData("!(activity is null)")]
    [InlineData("activity is { }")]
    [InlineData("activity is Activity")]
    [InlineData("activity is object")]
    [InlineData("activity is { IsAllDataRequested: true }")]
    [InlineData("activity is not null && flag")]
    [InlineData("flag && activity != null && activity.IsAllDataRequested")]
    [InlineData("activity?.IsAllDataRequested == true")]
    [InlineData("activity?.Recorded ?? false")]
    [InlineData("activity?.IsAllDataRequested is true")]
    [InlineData("activity?.Id is { Length: > 0 }")]
    [InlineData("!string.IsNullOrEmpty(activity?.Id)")]
    [InlineData("activity?.Context is not null")]
    [InlineData("(activity?.Context).HasValue")]
    [InlineData("(activity?.Context ?? default).IsValid()")]
    [InlineData("(activity?.Context ?? default) != default")]
    public Task Guard(string condition) => Verify(Traced($$"""
        {{Start}}
        if ({{condition}})
        {
            propagator.[|Inject|](new PropagationContext(activity!.Context, Baggage.Current), message.Headers, {{Setter}});
        }

        await client.SendAsync(message);
        """));

    [Theory]
    [InlineData("activity is { } span", "span.Context")]
    [InlineData("activity is Activity span", "span.Context")]
    [InlineData("activity is { Context: var context }", "context")]
    [InlineData("activity?.Context is { } context", "context")]
    [InlineData("activity?.Context is ActivityContext context && context.IsValid()", "context")]
    public Task GuardThatDeclares(string condition, string context) => Verify(Traced($$"""
        {{Start}}
        if ({{condition}})
            propagator.[|Inject|](new PropagationContext({{context}}, Baggage.Current), message.Headers, {{Setter}});
        await client.SendAsync(message);
        """));

    [Fact]
    public Task SpanStartedInTheGuard() => Verify(Traced($$"""
        var message = new Message { Body = order };
        if (source.StartActivity("publish") is { } activity)
        {
            propagator.[|Inject|]({{Context}}, message.Headers, {{Setter}});
        }

        await client.SendAsync(message);
        """));

    [Fact]
    public Task GuardInALocal() => Verify(Traced($$"""
        {{Start}}
        var isTraced = activity != null;
        if (isTraced)
        {
            propagator.[|Inject|](new PropagationContext(activity!.Context, Baggage.Current), message.Headers, {{Setter}});
        }

        await client.SendAsync(message);
        """));

    [Fact]
    public Task ElseBranch() => Verify(Traced($$"""
        {{Start}}
        if (activity == null)
        {
            client.Log("no span");
        }
        else
        {
            activity.SetTag("order", order);
            propagator.[|Inject|]({{Context}}, message.Headers, {{Setter}});
        }

        await client.SendAsync(message);
        """));

    [Fact]
    public Task BothBranchesPublish() => Verify(Traced($$"""
        {{Start}}
        if (activity != null)
        {
            propagator.[|Inject|]({{Context}}, message.Headers, {{Setter}});
            await client.SendAsync(message);
        }
        else
        {
            await client.SendAsync(message);
        }
        """));

    [Fact]
    public Task EarlyReturnAfterPublishing() => Verify(Traced($$"""
        {{Start}}
        if (activity is null)
        {
            await client.SendAsync(message);
            return;
        }

        propagator.[|Inject|]({{Context}}, message.Headers, {{Setter}});
        await client.SendAsync(message);
        """));

    [Fact]
    public Task EarlyReturnInAMethodThatInjects() => Verify(Traced("", $$"""
        private static Activity? StartAndInject(Message message)
        {
            var activity = source.StartActivity("publish");
            if (activity == null)
                return null;

            activity.SetTag("body", message.Body);
            propagator.[|Inject|]({{Context}}, message.Headers, {{Setter}});
            return activity;
        }
        """));

    [Fact]
    public Task EarlyContinue() => Verify(Traced($$"""
        foreach (var line in order.Split(','))
        {
            var message = new Message { Body = line };
            using var activity = source.StartActivity("publish");
            if (activity is null)
            {
                await client.SendAsync(message);
                continue;
            }

            propagator.[|Inject|]({{Context}}, message.Headers, {{Setter}});
            await client.SendAsync(message);
        }
        """));

    [Fact]
    public Task NestedBlocksTriesAndLoops() => Verify(Traced($$"""
        {{Start}}
        try
        {
            if (activity != null)
            {
                using (client as IDisposable)
                {
                    foreach (var line in order)
                    {
                        lock (client)
                        {
                            propagator.[|Inject|]({{Context}}, message.Headers, {{Setter}});
                        }
                    }
                }
            }

            await client.SendAsync(message);
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }
        """));

    [Fact]
    public Task RetryLambda() => Verify(Traced($$"""
        {{Start}}
        Func<Task> attempt = () =>
        {
            if (activity != null)
            {
                propagator.[|Inject|]({{Context}}, message.Headers, {{Setter}});
            }

            return client.SendAsync(message);
        };
        await attempt();
        """));

    [Fact]
    public Task SwitchAndTernaryGuards() => Verify(Traced($$"""
        {{Start}}
        switch (activity)
        {
            case null:
                client.Log("no span");
                break;
            default:
                propagator.[|Inject|]({{Context}}, message.Headers, {{Setter}});
                break;
        }

        await client.SendAsync(message);
        """));

    [Fact]
    public Task HeadersThatGoOnTheMessageLater() => Verify(Traced($$"""
        using var activity = source.StartActivity("publish");
        var headers = new Dictionary<string, string>();
        if (activity != null)
        {
            propagator.[|Inject|]({{Context}}, headers, {{Setter}});
        }

        await client.SendAsync(new Message { Body = order, Headers = headers });
        """));

    [Fact]
    public Task HeadersThatAreAlreadyOnTheMessage() => Verify(Traced($$"""
        using var activity = source.StartActivity("publish");
        var headers = new Dictionary<string, string>();
        var message = new Message { Body = order, Headers = headers };
        if (activity != null)
            propagator.[|Inject|]({{Context}}, headers, {{Setter}});
        await client.SendAsync(message);
        """));

    [Fact]
    public Task CreatedAndStartedBySteps() => Verify(Traced($$"""
        var activity = source.CreateActivity("publish", ActivityKind.Producer, default(ActivityContext));
        var message = new Message { Body = order };
        if (activity != null)
        {
            activity.Start();
            propagator.[|Inject|]({{Context}}, message.Headers, {{Setter}});
        }

        await client.SendAsync(message);
        activity?.Dispose();
        """));

    [Fact]
    public Task AssignedOnSomePaths() => Verify(Traced($$"""
        Activity? activity = null;
        if (flag)
        {
            activity = source.StartActivity("publish");
        }
        else
        {
            activity = source.StartActivity("republish");
        }

        var message = new Message { Body = order };
        if (activity != null)
        {
            propagator.[|Inject|]({{Context}}, message.Headers, {{Setter}});
        }

        await client.SendAsync(message);
        """));

    [Fact]
    public Task CurrentInjectedOnlyWithASpan() => Verify(Traced($$"""
        {{Start}}
        if (activity != null)
        {
            propagator.[|Inject|](new PropagationContext(Activity.Current!.Context, Baggage.Current), message.Headers, {{Setter}});
        }

        await client.SendAsync(message);
        """));

    [Fact]
    public Task ParentIsTheCurrentOne() => Verify(Traced($$"""
        using var activity = source.StartActivity("publish", ActivityKind.Producer, Activity.Current?.Context ?? default);
        var message = new Message { Body = order };
        if (activity != null)
        {
            propagator.[|Inject|]({{Context}}, message.Headers, {{Setter}});
        }

        await client.SendAsync(message);
        """));

    [Fact]
    public Task CurrentPutBackAfterTheStart() => Verify(Traced($$"""
        var parent = Activity.Current;
        var activity = source.StartActivity("publish");
        Activity.Current = parent;
        var message = new Message { Body = order };
        if (activity != null)
        {
            propagator.[|Inject|]({{Context}}, message.Headers, {{Setter}});
        }

        await client.SendAsync(message);
        """));

    [Fact]
    public Task OwnPropagator() => Verify(Traced($$"""
        {{Start}}
        if (activity != null)
        {
            new TraceContextPropagator().[|Inject|]({{Context}}, message.Headers, {{Setter}});
        }

        await client.SendAsync(message);
        """));

    [Fact]
    public Task EachCallOnce() => Verify(Traced($$"""
        {{Start}}
        if (activity != null)
        {
            propagator.[|Inject|]({{Context}}, message.Headers, {{Setter}});
            propagator.[|Inject|](new PropagationContext(activity?.Context ?? default, Baggage.Current), message.Headers, {{Setter}});
        }

        await client.SendAsync(message);
        """));

    [Fact]
    public Task SystemDiagnostics() => Verify(Method("""
        using var activity = source.StartActivity("publish");
        var message = new Message { Body = order };
        if (activity is not null)
        {
            DistributedContextPropagator.Current.[|Inject|](activity, message.Headers, (_, key, value) => message.Headers[key] = value);
        }

        await client.SendAsync(message);
        """), Setup.SystemDiagnostics);

    [Fact]
    public Task TopLevelStatements() => Verify<TL1004_ContextInjectedOnlyWithSpan>.Program("""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;

        using var source = new ActivitySource("program");
        using var program = source.StartActivity("program");
        using var activity = source.StartActivity("publish");
        var headers = new Dictionary<string, string>();
        if (activity != null)
        {
            DistributedContextPropagator.Current.[|Inject|](activity, headers, (_, key, value) => headers[key] = value);
        }

        Send(headers);

        static void Send(object headers) => Console.WriteLine(headers);
        """, Setup.SystemDiagnostics);
}
