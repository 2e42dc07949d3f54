using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Contexts that are written by hand, without the trace state. Baggage is left out, before and after.</summary>
public sealed class TL4003Proofs : FixProofs<TL4003Proofs>
{
    public static Proof RulesPageDictionary => Publish($$"""
        {{RulesPage.Fixed("TL4003")[0]}}
        var message = new Message<string, string> { Value = "new", Headers = new Headers() };
        foreach (var header in headers)
        {
            message.Headers.Add(header.Key, Encoding.UTF8.GetBytes(header.Value));
        }
        """);

    public static Proof KafkaHeaders => Publish("""
        var message = new Message<string, string> { Value = "new", Headers = new Headers() };
        message.Headers.Add("traceparent", Encoding.UTF8.GetBytes(Activity.Current!.Id!));
        """);

    public static Proof HeaderThatIsMadeApart => Publish("""
        var message = new Message<string, string> { Value = "new", Headers = new Headers() };
        message.Headers.Add(new Header("traceparent", Encoding.ASCII.GetBytes(Activity.Current!.Id!)));
        """);

    public static Proof CurrentSpanThatMayBeMissing => new()
    {
        Code = ServiceCode.Sqs("""
            var attributes = new Dictionary<string, MessageAttributeValue>();
            attributes["traceparent"] = new MessageAttributeValue { DataType = "String", StringValue = Activity.Current?.Id };
            await sqs.SendMessageAsync(new SendMessageRequest(url, "new") { MessageAttributes = attributes });
            """),
        Broken = "root(>orders{no baggage, no tracestate})",
        Whole = "root(>orders{no baggage})",
    };

    public static Proof Environment => new()
    {
        Code = ServiceCode.Child("""
            var info = new ProcessStartInfo("dotnet", $"{child} {report}");
            info.Environment["TRACEPARENT"] = Activity.Current!.Id;
            using var process = Process.Start(info)!;
            await process.WaitForExitAsync();
            """),
        Broken = "root(>child{no baggage, no tracestate})",
        Whole = "root(>child{no baggage})",
    };

    private static Proof Publish(string statements) => new()
    {
        Code = ServiceCode.Kafka(statements + "\n" + """await producer.ProduceAsync("orders", message);"""),
        Broken = "root(>orders{no baggage, no tracestate})",
        Whole = "root(>orders{no baggage})",
    };
}
