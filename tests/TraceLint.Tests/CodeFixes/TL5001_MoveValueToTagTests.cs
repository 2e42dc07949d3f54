using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.SpanCode;

namespace TraceLint.Tests.CodeFixes;

public class TL5001_MoveValueToTagTests
{
    private const string Members = "public record Order(int Id, string CustomerId, Uri Link); private Order placed = new Order(1, \"2\", null!); "
        + "private static Activity? Begin(string name) => source.StartActivity(name);";

    private static Task Verify(string statements, string @fixed)
        => Verify<TL5001_UnboundedSpanName>.Fix<TL5001_MoveValueToTag>(Traced(statements, Members), Traced(@fixed, Members));

    private static Task VerifyNone(string statements)
        => Verify<TL5001_UnboundedSpanName>.NoFix<TL5001_MoveValueToTag>(Traced(statements, Members));

    [Fact]
    public Task Interpolation() => Verify(
        """
        using var activity = source.StartActivity($"process order {[|placed.Id|]}", ActivityKind.Internal); // begins
        Console.WriteLine();
        """,
        """
        using var activity = source.StartActivity("process order", ActivityKind.Internal); // begins
        activity?.SetTag("order.id", placed.Id);
        Console.WriteLine();
        """);

    [Fact]
    public Task BoundedValuesStay() => Verify(
        "var activity = source.StartActivity($\"{nameof(Order)}({[|placed.Id|]}) by {placed.CustomerId} to {order}\");",
        """
        var activity = source.StartActivity($"{nameof(Order)} by to {order}");
        activity?.SetTag("order.id", placed.Id);
        activity?.SetTag("customer.id", placed.CustomerId);
        """);

    [Fact]
    public Task UsingStatement() => Verify(
        """
        var path = placed.Link;
        using (var activity = source.StartActivity("GET " + [|path.AbsolutePath|]))
        {
            Console.WriteLine();
        }
        """,
        """
        var path = placed.Link;
        using (var activity = source.StartActivity("GET"))
        {
            activity?.SetTag("url.path", path.AbsolutePath);
            Console.WriteLine();
        }
        """);

    [Fact]
    public Task Wrapper() => Verify(
        """
        using var activity = Begin($"process {[|placed.Id|]}");
        """,
        """
        using var activity = Begin("process");
        activity?.SetTag("order.id", placed.Id);
        """);

    [Fact]
    public Task NewActivity() => Verify(
        "var activity = new Activity($\"orders/{[|placed.Id|]}/lines\").Start();",
        """
        var activity = new Activity("orders/lines").Start();
        activity.SetTag("order.id", placed.Id);
        """);

    [Fact]
    public Task NothingIsLeftOfTheName() => VerifyNone("using var activity = source.StartActivity($\"{[|placed.Id|]}\");");

    [Fact]
    public Task SpanInNoVariable() => VerifyNone("using (source.StartActivity($\"order {[|placed.Id|]}\")) { }");

    [Fact]
    public Task ValueWithoutAName() => VerifyNone("using var activity = source.StartActivity($\"run {[|Guid.NewGuid()|]}\");");

    [Fact]
    public Task NameInALocal() => VerifyNone("""
        var name = $"order {placed.Id}";
        using var activity = source.[|StartActivity|](name);
        """);
}
