using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Propagation;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Facts;

/// <summary>Which facts are looked for, as far as syntax tells: no type is looked up where nothing can be said.</summary>
public class FactCandidateTests
{
    [Theory]
    [InlineData("public class C { public void M(Message<string, string> message) => p.Produce(message); }", "Publish")]
    [InlineData("public class C { public void M(IReadOnlyList<Acme.Order> orders) => p.Produce(orders); }", "Publish")]
    [InlineData("public class C { public void M<T>(T message) => p.Produce(message); }", "Publish")]
    [InlineData("public class C { public void M(Message message) => Retry(() => N(message)); private void N(Message message) => p.Produce(message); }", "Publish")]
    [InlineData("internal class C : IBus { public void M(Message message) => p.Produce(message); }", "Publish")]
    [InlineData("internal class C : IBus { void IBus.M(Message message) => p.Produce(message); }", "Publish")]
    [InlineData("partial class C { public void M(Message message) => p.Produce(message); }", "Publish")]
    [InlineData("public interface IBus { void M(Message message) { p.Produce(message); } }", "Publish")]
    [InlineData("public class C { public static void M(Activity activity, Headers headers) => propagator.Inject(activity, headers); }", "Inject")]
    [InlineData("public class C { [InjectsTraceContext] public static void M(Headers headers) { } }", "Inject")]
    [InlineData("public class C { public static PropagationContext M(Headers headers) => propagator.Extract(headers); }", "Extract")]
    [InlineData("public class C { public static ActivityContext M(Headers headers) { ActivityContext.TryParse(headers, out var context); return context; } }", "Extract")]
    [InlineData("public class C { [ExtractsTraceContext] public static void M(Headers headers) { } }", "Extract")]
    public void MethodThatOthersCall_IsLookedAt(string code, string kind) => Assert.Equal(kind, KindsIn(code));

    [Theory]
    [InlineData("public class C { public void M(string topic, string? text, int[] ids, CancellationToken cancellation) => p.Produce(topic); }")]
    [InlineData("public class C { public Task M(ConsumeResult<string, string> result, System.Guid id) => p.ProduceAsync(result); }")]
    [InlineData("public class C { public void M(Order order) { } void N() => p.Produce(new Message()); }")]
    [InlineData("public class C { private void M(Message message) => p.Produce(message); public void N(string order) => M(new Message(order)); }")]
    [InlineData("internal class C { public void M(Message message) => p.Produce(message); }")]
    [InlineData("class C { public class D { public static void M(Headers headers) => propagator.Inject(headers); } }")]
    [InlineData("internal static class C { public static void M(Headers headers) => propagator.Inject(headers); }")]
    [InlineData("public class C { public static void M(Headers headers) => propagator.Extract(headers); }")]
    [InlineData("public class C { static PropagationContext M(Headers headers) => propagator.Extract(headers); }")]
    [InlineData("public class C { public void M(Message message) => p.Deliver(message); }")]
    [InlineData("public class C { public void M(Message message) { } /* Produce, Inject, Extract */ }")]
    public void RestOfAProject_IsNot(string code) => Assert.Equal("", KindsIn(code));

    [Fact]
    public void NamesOfPublishes_AreThoseOfAllTransports()
    {
        var names = new[] { References.Newest, References.Stubs.Add(References.Rabbit) }
            .Select(static references => Analysis.Compile([], references))
            .SelectMany(static compilation => Transports.In(compilation))
            .SelectMany(static transport => transport.PublishNames);

        Assert.Equal(Transports.PublishNames.Order(StringComparer.Ordinal), names.Distinct().Order(StringComparer.Ordinal));
    }

    private static string KindsIn(string code)
    {
        var context = CompilationContext.For(Analysis.Compile([CSharpSyntaxTree.ParseText(code)], []), FactExport.NoOptions);
        return string.Join(", ", FactCandidates.KindsIn(Transports.PublishNames, context, CancellationToken.None));
    }
}
