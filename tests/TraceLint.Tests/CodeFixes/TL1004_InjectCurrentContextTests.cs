using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.SpanCode;

namespace TraceLint.Tests.CodeFixes;

public class TL1004_InjectCurrentContextTests
{
    private const string Send = "await client.SendAsync(message);";
    private const string Fallback = $"propagator.Inject(new PropagationContext((activity ?? Activity.Current)?.Context ?? default, Baggage.Current), message.Headers, {Setter});";

    // The code may hold no warning of a null that was not there before.
    private static Task Verify(string source, string @fixed, Setup? setup = null)
    {
        setup ??= Setup.OpenTelemetry;
        Assert.Equal(NullWarnings(source.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal), setup), NullWarnings(@fixed, setup));
        return Verify<TL1004_ContextInjectedOnlyWithSpan>.Fix<TL1004_InjectCurrentContext>(source, @fixed, setup);
    }

    private static Task VerifyNoFix(string source, Setup? setup = null)
        => Verify<TL1004_ContextInjectedOnlyWithSpan>.NoFix<TL1004_InjectCurrentContext>(source, setup);

    // Around it: a span, a message, and the publish.
    private static Task VerifyStatements(string statements, string @fixed, string members = "")
        => Verify(Traced($"{Start}\n{statements}\n{Send}", members), Traced($"{Start}\n{@fixed}\n{Send}", members));

    private static Task VerifyDiagnostics(string statements, string @fixed, Setup? setup = null)
        => Verify(Method($"{Start}\n{statements}\n{Send}"), Method($"{Start}\n{@fixed}\n{Send}"), setup ?? Setup.SystemDiagnostics);

    private static Task VerifyNoFixStatements(string statements, string members = "") => VerifyNoFix(Traced($"{Start}\n{statements}\n{Send}", members));

    private static int NullWarnings(string source, Setup setup)
        => !setup.Nullable ? 0 : Analysis.Compile([CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(setup.Language))], setup.References).GetDiagnostics()
            .Count(static diagnostic => diagnostic.Severity is DiagnosticSeverity.Warning && diagnostic.Id.StartsWith("CS8", StringComparison.Ordinal));

    [Theory]
    [InlineData("activity?.Context ?? default", "(activity ?? Activity.Current)?.Context ?? default")]
    [InlineData("activity?.Context ?? new ActivityContext()", "(activity ?? Activity.Current)?.Context ?? new ActivityContext()")]
    [InlineData("(activity?.Context).GetValueOrDefault()", "((activity ?? Activity.Current)?.Context).GetValueOrDefault()")]
    [InlineData("(activity)?.Context ?? default", "(activity ?? Activity.Current)?.Context ?? default")]
    [InlineData("activity == null ? default : activity.Context", "(activity ?? Activity.Current)?.Context ?? default")]
    [InlineData("activity is not null ? activity!.Context : default(ActivityContext)", "(activity ?? Activity.Current)?.Context ?? default")]
    [InlineData("activity is { } span ? span.Context : default", "(activity ?? Activity.Current)?.Context ?? default")]
    public Task ContextOfNothing(string context, string @fixed) => VerifyStatements(
        $"propagator.[|Inject|](new PropagationContext({context}, Baggage.Current), message.Headers, {Setter});",
        $"propagator.Inject(new PropagationContext({@fixed}, Baggage.Current), message.Headers, {Setter});");

    [Theory]
    [InlineData("var context = activity?.Context ?? default;", "var context = (activity ?? Activity.Current)?.Context ?? default;")]
    [InlineData("var maybe = activity?.Context; var context = maybe ?? default;", "var maybe = (activity ?? Activity.Current)?.Context; var context = maybe ?? default;")]
    [InlineData("ActivityContext context = default;\nif (activity != null) context = activity.Context;", "ActivityContext context = Activity.Current?.Context ?? default;\nif (activity != null) context = activity.Context;")]
    [InlineData("ActivityContext context;\nif (activity != null)\n{\n    context = activity.Context;\n}\nelse\n{\n    context = default;\n}", "ActivityContext context;\nif (activity != null)\n{\n    context = activity.Context;\n}\nelse\n{\n    context = Activity.Current?.Context ?? default;\n}")]
    [InlineData("var span = activity; var context = span?.Context ?? default;", "var span = activity; var context = (span ?? Activity.Current)?.Context ?? default;")]
    public Task ContextInALocal(string local, string @fixed) => VerifyStatements(
        $"{local}\npropagator.[|Inject|](new PropagationContext(context, Baggage.Current), message.Headers, {Setter});",
        $"{@fixed}\npropagator.Inject(new PropagationContext(context, Baggage.Current), message.Headers, {Setter});");

    [Fact]
    public Task PropagationContextInALocal() => VerifyStatements(
        $"""
        // What travels.
        var context = activity == null ? default : new PropagationContext(activity.Context, Baggage.Current); // or nothing
        propagator.[|Inject|](context, message.Headers, {Setter});
        """,
        $"""
        // What travels.
        var context = new PropagationContext(
            (activity ?? Activity.Current)?.Context ?? default,
            Baggage.Current); // or nothing
        propagator.Inject(context, message.Headers, {Setter});
        """);

    [Theory]
    [InlineData("activity", "activity ?? Activity.Current")]
    [InlineData("source.StartActivity(\"inner\") ?? activity", "source.StartActivity(\"inner\") ?? activity ?? Activity.Current")]
    [InlineData("flag ? activity : null", "(flag ? activity : null) ?? Activity.Current")]
    public Task SpanItself(string span, string @fixed) => VerifyDiagnostics(
        $"DistributedContextPropagator.Current.[|Inject|]({span}, message.Headers, (_, key, value) => message.Headers[key] = value);",
        $"DistributedContextPropagator.Current.Inject({@fixed}, message.Headers, (_, key, value) => message.Headers[key] = value);");

    [Theory]
    [InlineData("activity != null")]
    [InlineData("activity is not null")]
    [InlineData("activity is { }")]
    [InlineData("!(activity is null)")]
    public Task GuardWithNothingElse_IsDropped(string guard) => VerifyStatements(
        $$"""
        // The context travels on.
        if ({{guard}})
        {
            propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), message.Headers, {{Setter}}); // now
        }

        """,
        $"""
        // The context travels on.
        {Fallback} // now

        """);

    [Fact]
    public Task GuardWithNothingElse_IsDroppedWithSystemDiagnostics() => VerifyDiagnostics(
        """
        if (activity is { } span)
        {
            DistributedContextPropagator.Current.[|Inject|](span, message.Headers, (_, key, value) =>
            {
                message.Headers.Remove(key);
                message.Headers.Add(key, value);
            });
        }
        """,
        """
        DistributedContextPropagator.Current.Inject(activity ?? Activity.Current, message.Headers, (_, key, value) =>
        {
            message.Headers.Remove(key);
            message.Headers.Add(key, value);
        });
        """);

    [Fact]
    public Task GuardWithoutBraces() => VerifyStatements(
        $"if (activity != null)\n    propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), message.Headers, {Setter});",
        Fallback);

    [Fact]
    public Task GuardThatAsksForMore() => VerifyStatements(
        $$"""
        if (flag && activity != null && message.Body.Length > 0)
        {
            propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), message.Headers, {{Setter}});
        }
        """,
        $$"""
        if (flag && message.Body.Length > 0)
        {
            {{Fallback}}
        }
        """);

    [Fact]
    public Task GuardWithTagsBefore_IsKeptForThem() => VerifyStatements(
        $$"""
        if (activity != null)
        {
            activity.SetTag("order", order);

            // The context travels on.
            propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), message.Headers, {{Setter}});
        }

        """,
        $$"""
        if (activity != null)
        {
            activity.SetTag("order", order);
        }

        // The context travels on.
        {{Fallback}}

        """);

    [Fact]
    public Task GuardWithTagsAfter_IsKeptForThem() => VerifyStatements(
        $$"""
        // A span, maybe.
        if (activity != null)
        {
            propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), message.Headers, {{Setter}});
            activity.SetTag("order", order);
            client.Log("sent");
        }
        """,
        $$"""
        // A span, maybe.
        {{Fallback}}
        if (activity != null)
        {
            activity.SetTag("order", order);
            client.Log("sent");
        }
        """);

    [Fact]
    public Task GuardAroundAStart_IsKeptBeforeTheInjection() => Verify(
        Traced($$"""
        var activity = source.CreateActivity("publish", ActivityKind.Producer);
        var message = new Message();
        if (activity != null)
        {
            activity.Start();
            propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), message.Headers, {{Setter}});
            activity.SetTag("order", order);
        }

        {{Send}}
        """),
        Traced($$"""
        var activity = source.CreateActivity("publish", ActivityKind.Producer);
        var message = new Message();
        if (activity != null)
        {
            activity.Start();
            activity.SetTag("order", order);
        }

        {{Fallback}}

        {{Send}}
        """));

    [Fact]
    public Task GuardWithThePublish() => Verify(
        Traced($$"""
        {{Start}}
        if (activity != null)
        {
            propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), message.Headers, {{Setter}});
            {{Send}}
        }
        else
        {
            {{Send}}
        }
        """),
        Traced($$"""
        {{Start}}
        {{Fallback}}
        if (activity != null)
        {
            {{Send}}
        }
        else
        {
            {{Send}}
        }
        """));

    [Fact]
    public Task GuardWithAnElse() => VerifyStatements(
        $$"""
        if (activity != null)
        {
            propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), message.Headers, {{Setter}});
        }
        else
        {
            client.Log("no span");
        }
        """,
        $$"""
        {{Fallback}}
        if (activity == null)
        {
            client.Log("no span");
        }
        """);

    [Fact]
    public Task ElseBranch() => VerifyStatements(
        $$"""
        if (activity is null)
        {
            client.Log("no span");
        }
        else
        {
            activity.SetTag("order", order);
            propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), message.Headers, {{Setter}});
        }
        """,
        $$"""
        {{Fallback}}
        if (activity is null)
        {
            client.Log("no span");
        }
        else
        {
            activity.SetTag("order", order);
        }
        """);

    [Fact]
    public Task ElseBranchWithNothingElse() => VerifyStatements(
        $$"""
        if (activity is null)
            client.Log("no span");
        else
            propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), message.Headers, {{Setter}});
        """,
        $"""
        {Fallback}
        if (activity is null)
            client.Log("no span");
        """);

    [Fact]
    public Task WhatTheInjectionNeeds_MovesWithIt() => VerifyStatements(
        $$"""
        if (activity != null)
        {
            activity.SetTag("order", order);
            message.Headers = new Dictionary<string, string>();
            propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), message.Headers, {{Setter}});
        }
        """,
        $$"""
        if (activity != null)
        {
            activity.SetTag("order", order);
        }

        message.Headers = new Dictionary<string, string>();
        {{Fallback}}
        """);

    [Fact]
    public Task ContextInALocalBehindTheGuard() => VerifyStatements(
        $$"""
        if (activity != null)
        {
            var context = new PropagationContext(activity.Context, Baggage.Current);
            propagator.[|Inject|](context, message.Headers, {{Setter}});
        }
        """,
        $$"""
        if ((activity ?? Activity.Current) is { } current)
        {
            var context = new PropagationContext(current.Context, Baggage.Current);
            propagator.Inject(context, message.Headers, {{Setter}});
        }
        """);

    [Fact]
    public Task ContextInALocalBehindTheGuard_WithTags() => VerifyStatements(
        $$"""
        if (activity != null)
        {
            activity.SetTag("order", order);
            var context = new PropagationContext(activity.Context, Baggage.Current);
            propagator.[|Inject|](context, message.Headers, {{Setter}});
        }
        """,
        $$"""
        if (activity != null)
        {
            activity.SetTag("order", order);
        }

        if ((activity ?? Activity.Current) is { } current)
        {
            var context = new PropagationContext(current.Context, Baggage.Current);
            propagator.Inject(context, message.Headers, {{Setter}});
        }
        """);

    [Theory]
    [InlineData("activity?.Context is { } context", "(activity ?? Activity.Current)?.Context is { } context")]
    [InlineData("activity is { Context: var context }", "(activity ?? Activity.Current) is { Context: var context }")]
    public Task GuardThatDeclaresTheContext(string guard, string @fixed) => VerifyStatements(
        $"if ({guard})\n    propagator.[|Inject|](new PropagationContext(context, Baggage.Current), message.Headers, {Setter});",
        $"if ({@fixed})\n    propagator.Inject(new PropagationContext(context, Baggage.Current), message.Headers, {Setter});");

    [Fact]
    public Task EarlyReturnWithNothingElse_IsDropped() => Verify(
        Traced("", $$"""
        private static void InjectSpan(Message message)
        {
            var activity = source.StartActivity("publish");
            if (activity == null)
            {
                return;
            }

            propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), message.Headers, {{Setter}});
        }
        """),
        Traced("", $$"""
        private static void InjectSpan(Message message)
        {
            var activity = source.StartActivity("publish");
            {{Fallback}}
        }
        """));

    [Fact]
    public Task EarlyReturnWithMore_IsKeptForIt() => Verify(
        Traced("", $$"""
        private static Activity? StartAndInject(Message message)
        {
            var activity = source.StartActivity("publish");
            if (activity == null)
                return null;

            activity.SetTag("body", message.Body);
            propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), message.Headers, {{Setter}});
            return activity;
        }
        """),
        Traced("", $$"""
        private static Activity? StartAndInject(Message message)
        {
            var activity = source.StartActivity("publish");
            {{Fallback}}
            if (activity == null)
                return null;

            activity.SetTag("body", message.Body);
            return activity;
        }
        """));

    [Fact]
    public Task EarlyContinue() => Verify(
        Traced($$"""
        foreach (var line in order.Split(','))
        {
            var message = new Message { Body = line };
            using var activity = source.StartActivity("publish");
            if (activity is null)
            {
                await client.SendAsync(message);
                continue;
            }

            propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), message.Headers, {{Setter}});
            await client.SendAsync(message);
        }
        """),
        Traced($$"""
        foreach (var line in order.Split(','))
        {
            var message = new Message { Body = line };
            using var activity = source.StartActivity("publish");
            {{Fallback}}
            if (activity is null)
            {
                await client.SendAsync(message);
                continue;
            }

            await client.SendAsync(message);
        }
        """));

    [Fact]
    public Task RetryLambda() => Verify(
        Traced($$"""
        {{Start}}
        Func<Task> attempt = () =>
        {
            if (activity != null)
            {
                propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), message.Headers, {{Setter}});
            }

            return client.SendAsync(message);
        };
        await attempt();
        """),
        Traced($$"""
        {{Start}}
        Func<Task> attempt = () =>
        {
            {{Fallback}}

            return client.SendAsync(message);
        };
        await attempt();
        """));

    // Every kind at once, twice in one guard, and one after another: as Fix All does it, and one by one.
    [Fact]
    public Task WholeFile() => Verify(
        Traced($$"""
        using var activity = source.StartActivity("publish");
        Message a = new(), b = new(), c = new(), d = new(), e = new(), f = new();
        propagator.[|Inject|](new PropagationContext(activity?.Context ?? default, Baggage.Current), a.Headers, {{Setter}});
        DistributedContextPropagator.Current.[|Inject|](activity, b.Headers, (_, key, value) => b.Headers[key] = value);
        if (activity != null)
        {
            propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), c.Headers, (headers, key, value) =>
            {
                headers.Remove(key);
                headers.Add(key, value);
            });
            propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), d.Headers, {{Setter}});
        }

        if (activity is { } span)
        {
            e.Headers[[|"traceparent"|]] = span.Id!;
            e.Headers[[|"b3"|]] = span.TraceId.ToString();
        }

        f.Headers[[|"traceparent"|]] = activity?.Id ?? "";
        foreach (var message in new[] { a, b, c, d, e, f })
        {
            {{Send}}
        }
        """, $$"""
        private static void Publish(Message message)
        {
            using var activity = source.StartActivity("publish");
            if (activity == null) return;
            propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), message.Headers, {{Setter}});
        }
        """),
        Traced($$"""
        using var activity = source.StartActivity("publish");
        Message a = new(), b = new(), c = new(), d = new(), e = new(), f = new();
        propagator.Inject(new PropagationContext((activity ?? Activity.Current)?.Context ?? default, Baggage.Current), a.Headers, {{Setter}});
        DistributedContextPropagator.Current.Inject(
            activity ?? Activity.Current,
            b.Headers,
            (_, key, value) => b.Headers[key] = value);
        propagator.Inject(new PropagationContext((activity ?? Activity.Current)?.Context ?? default, Baggage.Current), c.Headers, (headers, key, value) =>
        {
            headers.Remove(key);
            headers.Add(key, value);
        });
        propagator.Inject(new PropagationContext((activity ?? Activity.Current)?.Context ?? default, Baggage.Current), d.Headers, {{Setter}});

        if ((activity ?? Activity.Current) is { } span)
        {
            e.Headers["traceparent"] = span.Id!;
            e.Headers["b3"] = span.TraceId.ToString();
        }

        if ((activity ?? Activity.Current)?.Id is { } traceParent)
        {
            f.Headers["traceparent"] = traceParent;
        }
        foreach (var message in new[] { a, b, c, d, e, f })
        {
            {{Send}}
        }
        """, $$"""
        private static void Publish(Message message)
        {
            using var activity = source.StartActivity("publish");
            {{Fallback}}
        }
        """));

    [Fact]
    public Task SetterOverSeveralLines_KeepsItsShape() => VerifyStatements(
        """
        var other = new Message();
        if (flag && activity != null)
        {
            propagator.[|Inject|](
                new PropagationContext(activity.Context, Baggage.Current),
                message.Headers,
                static (headers, key, value) =>
                {
                    // Not twice.
                    headers.Remove(key);
                    headers.Add(key, value);
                });
        }

        if (activity != null)
        {
            activity.SetTag("order", order);
            DistributedContextPropagator.Current.[|Inject|](activity, other.Bytes, (_, key, value) =>
            {
                other.Bytes[key] = Encoding.UTF8.GetBytes(value);
            });
        }

        await client.SendAsync(other);
        """,
        """
        var other = new Message();
        if (flag)
        {
            propagator.Inject(
                new PropagationContext((activity ?? Activity.Current)?.Context ?? default, Baggage.Current),
                message.Headers,
                static (headers, key, value) =>
                {
                    // Not twice.
                    headers.Remove(key);
                    headers.Add(key, value);
                });
        }

        if (activity != null)
        {
            activity.SetTag("order", order);
        }

        DistributedContextPropagator.Current.Inject(activity ?? Activity.Current, other.Bytes, (_, key, value) =>
        {
            other.Bytes[key] = Encoding.UTF8.GetBytes(value);
        });

        await client.SendAsync(other);
        """);

    [Fact]
    public Task LineEndingsOfTheFile_AreKept()
    {
        var source = Traced($"{Start}\nif (activity != null)\n{{\n    activity.SetTag(\"order\", order);\n    propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), message.Headers, {Setter});\n}}\n{Send}");
        var @fixed = Traced($"{Start}\nif (activity != null)\n{{\n    activity.SetTag(\"order\", order);\n}}\n\n{Fallback}\n{Send}");
        return Verify(source.ReplaceLineEndings("\r\n"), @fixed.ReplaceLineEndings("\r\n"));
    }

    [Fact]
    public Task TopLevelStatements() => Verify(
        Program("""
        if (activity != null)
        {
            DistributedContextPropagator.Current.[|Inject|](activity, headers, (_, key, value) => headers[key] = value);
        }
        """),
        Program("""
        if ((activity ?? Activity.Current) is { } current)
        {
            DistributedContextPropagator.Current.Inject(current, headers, (_, key, value) => headers[key] = value);
        }
        """), Setup.SystemDiagnostics with { IsProgram = true });

    private static string Program(string statements) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;

        using var source = new ActivitySource("program");
        using var program = source.StartActivity("program");
        using var activity = source.StartActivity("publish");
        var headers = new Dictionary<string, string>();
        {{statements}}
        Send(headers);

        static void Send(object headers) => Console.WriteLine(headers);
        """.ReplaceLineEndings("\n");

    // No edit is right: the guard is no if statement, the span is started in it, or what is behind it cannot be told apart.
    [Theory]
    [InlineData($"switch (activity) {{ case null: break; default: propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), message.Headers, {Setter}); break; }}")]
    [InlineData($"var isTraced = activity != null; if (isTraced) propagator.[|Inject|](new PropagationContext(activity!.Context, Baggage.Current), message.Headers, {Setter});")]
    [InlineData($"if (activity?.IsAllDataRequested == true) propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), message.Headers, {Setter});")]
    [InlineData($"if (activity != null && activity.Recorded) propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), message.Headers, {Setter});")]
    [InlineData($"if (source.StartActivity(\"inner\") is {{ }} inner) propagator.[|Inject|](new PropagationContext(inner.Context, Baggage.Current), message.Headers, {Setter});")]
    [InlineData($"if (activity != null) {{ try {{ propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), message.Headers, {Setter}); }} catch (Exception exception) {{ activity.SetTag(\"error\", exception.Message); }} }}")]
    [InlineData($"if (activity != null) {{ client.Log(order); propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), message.Headers, {Setter}); client.Log(order); }}")]
    [InlineData($"if (activity != null) {{ var line = order; activity.SetTag(\"line\", line); propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.SetBaggage(\"line\", line)), message.Headers, {Setter}); }}")]
    [InlineData($"if (activity == null || flag) {{ client.Log(order); }} else {{ propagator.[|Inject|](new PropagationContext(activity.Context, Baggage.Current), message.Headers, {Setter}); }}")]
    [InlineData($"propagator.[|Inject|](new PropagationContext(activity switch {{ null => default, _ => activity.Context }}, Baggage.Current), message.Headers, {Setter});")]
    [InlineData($"var context = activity?.Context ?? default; client.Log(context.TraceId.ToString()); propagator.[|Inject|](new PropagationContext(context, Baggage.Current), message.Headers, {Setter});")]
    public Task NoFix(string statements) => VerifyNoFixStatements(statements);
}
