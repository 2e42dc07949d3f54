using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>
/// Messages that go through tuples, anonymous objects and LINQ, as twins: one of each pair injects. And headers whose names a helper
/// is given, or that are only looked at.
/// </summary>
public class TL1001_KafkaPublishWithoutContextPartTests
{
    private const string Inject = "Propagators.DefaultTextMapPropagator.Inject(default, HEADERS, static (h, key, value) => h.Add(key, Encoding.UTF8.GetBytes(value)));";

    private static Task Verify(string statements, string members = "") => Verify<TL1001_KafkaPublishWithoutContext>.Rule(Traced(statements, members));

    /// <summary>How a message comes about, with WORK on its headers.</summary>
    public static TheoryData<string, string> Shapes => new()
    {
        {
            "var (topic, message) = Make(order.Id);",
            "private static (string, Message<string, string>) Make(string id) { var made = new Message<string, string> { Value = id, Headers = new Headers() }; WORK(made.Headers) return (\"orders\", made); }"
        },
        {
            "var both = Make(order.Id); var message = both.Message;",
            "private static (string Topic, Message<string, string> Message) Make(string id) { var made = new Message<string, string> { Value = id, Headers = new Headers() }; WORK(made.Headers) return (\"orders\", made); }"
        },
        {
            "var (_, message) = await MakeAsync(order.Id);",
            "private static async Task<(bool, Message<string, string>)> MakeAsync(string id) { await Task.Yield(); var made = new Message<string, string> { Value = id, Headers = new Headers() }; WORK(made.Headers) return (true, made); }"
        },
        {
            "var both = (order.Id, Message: new Message<string, string> { Value = order.Id, Headers = new Headers() }); WORK(both.Message.Headers) var message = both.Message;",
            ""
        },
        {
            "var made = new { order.Id, Message = new Message<string, string> { Value = order.Id, Headers = new Headers() } }; WORK(made.Message.Headers) var message = made.Message;",
            ""
        },
        {
            "var pairs = order.Lines.Select(line => (line, Message: new Message<string, string> { Value = line, Headers = new Headers() })).ToList(); foreach (var (_, one) in pairs) { WORK(one.Headers) } var message = pairs[0].Message;",
            ""
        },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public Task Message_ThatIsAPart(string statements, string members) => Part(statements, members, "HEADERS.Add(\"tenant\", []);", "[|ProduceAsync|]");

    [Theory]
    [MemberData(nameof(Shapes))]
    public Task Message_ThatIsAPart_WithTheContext(string statements, string members) => Part(statements, members, Inject, "ProduceAsync");

    private static Task Part(string statements, string members, string work, string produce)
        => Verify($"{With(statements, work)}\nawait producer.{produce}(\"orders\", message);", With(members, work));

    private static string With(string code, string work)
    {
        while (code.IndexOf("WORK(", StringComparison.Ordinal) is >= 0 and var start)
        {
            var end = code.IndexOf(')', start);
            code = code[..start] + work.Replace("HEADERS", code[(start + "WORK(".Length)..end], StringComparison.Ordinal) + code[(end + 1)..];
        }

        return code;
    }

    // Somebody else may have put the context there.
    [Theory]
    [InlineData("var both = Made(); var message = both.Item2;", "private static extern (string, Message<string, string>) Made();")]
    [InlineData("var both = (order.Id, Message: new Message<string, string>()); Enrich(both); var message = both.Message;", "private static extern void Enrich((string, Message<string, string>) both);")]
    [InlineData("var headers = new Headers(); var both = (order.Id, headers); Enrich(both); var message = new Message<string, string> { Headers = headers };", "private static extern void Enrich((string, Headers) both);")]
    [InlineData("var both = (order.Id, Message: new Message<string, string>()); both.Message = given; var message = both.Message;", "private static readonly Message<string, string> given = Made();\nprivate static extern Message<string, string> Made();")]
    public Task Message_ThatIsAPartOfSomethingUnknown(string statements, string members)
        => Verify($"{statements}\nawait producer.ProduceAsync(\"orders\", message);", members);

    private static Task Header(string name, string statements, string produce, string put = "headers.Add(name, Encoding.UTF8.GetBytes(value ?? \"\"));") => Verify($$"""
        var headers = new Headers();
        {{statements}}
        Put(headers, {{name}}, order.Id);
        await producer.{{produce}}("orders", new Message<string, string> { Value = order.Id, Headers = headers });
        """, $"private const string Tenant = \"tenant\";\nprivate static void Put(Headers headers, string name, string? value) {{ {put} }}\nprivate static void Forward(Headers headers, string name) => Put(headers, name, \"1\");");

    [Theory]
    [InlineData("\"event_id\"", "")]
    [InlineData("Tenant", "")]
    [InlineData("nameof(order)", "Put(headers, \"tenant\", \"1\"); Forward(headers, \"attempt\");")]
    [InlineData("name: \"event_id\", value", "void Local(string name) => headers.Add(name, []); Local(\"attempt\");", "headers.Add(new Header(name, Encoding.UTF8.GetBytes(value ?? \"\")));")]
    public Task Header_WhoseNameAHelperIsGiven(string name, string statements, string? put = null)
        => Header(name.Replace(", value", "", StringComparison.Ordinal), statements, "[|ProduceAsync|]", put ?? "headers.Add(name, Encoding.UTF8.GetBytes(value ?? \"\"));");

    [Theory]
    [InlineData("\"traceparent\"", "")]
    [InlineData("order.Id", "")]
    [InlineData("\"event_id\"", "Forward(headers, \"traceparent\");")]
    [InlineData("\"event_id\"", "void Local(string name) => headers.Add(name, []); Local(\"traceparent\");")]
    [InlineData("\"event_id\"", "", "name = \"traceparent\"; headers.Add(name, Encoding.UTF8.GetBytes(value!));")]
    [InlineData("\"event_id\"", "", "Change(ref name); headers.Add(name, []); } static void Change(ref string name) { name = \"traceparent\";")]
    public Task Header_WhoseNameMayBeThatOfTheContext(string name, string statements, string? put = null)
        => Header(name, statements, "ProduceAsync", put ?? "headers.Add(name, Encoding.UTF8.GetBytes(value ?? \"\"));");

    private static Task Looked(string statements, string produce, string members = "") => Verify($$"""
        var headers = new Headers { { "a", [] } };
        {{statements}}
        await producer.{{produce}}("orders", new Message<string, string> { Value = order.Id, Headers = headers });
        """, members);

    [Theory]
    [InlineData("if (!headers.Any(header => header.Key == \"b\")) headers.Add(\"b\", []);")]
    [InlineData("Console.WriteLine(string.Join(\",\", headers.Where(header => header.Key.Length > 1).Select(header => header.Key)));")]
    [InlineData("var first = headers.FirstOrDefault(header => header.Key == \"a\")?.GetValueBytes();")]
    [InlineData("var copy = headers.ToDictionary(header => header.Key, header => header.GetValueBytes());")]
    [InlineData("var count = headers.Count(header => header.Key == \"a\");")]
    public Task Headers_ThatLinqLooksAt(string statements) => Looked(statements, "[|ProduceAsync|]");

    [Theory]
    [InlineData("if (headers.Any(header => header.Key == \"a\")) Add(headers);", "private static extern void Add(Headers headers);")]
    [InlineData("_ = headers.Select(header => { Add(headers); return header; }).ToList();", "private static extern void Add(Headers headers);")]
    [InlineData("_ = order.Lines.Aggregate(headers, (all, line) => { all.Add(\"traceparent\", []); return all; });", "")]
    [InlineData("_ = headers.Concat(Given()).ToList().TrueForAll(header => Add(headers, header));", "private static extern Headers Given();\nprivate static extern bool Add(Headers headers, IHeader header);")]
    public Task Headers_ThatSomethingElseGets(string statements, string members) => Looked(statements, "ProduceAsync", members);
}
