using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Getters that hand a propagator every header of a message that has two.</summary>
[Unproved(Gap.SystemDiagnostics, UnprovedAttribute.OpenTelemetryAlone)]
public sealed class TL2009Proofs : FixProofs<TL2009Proofs>
{
    public static Proof RulesPage => Consumer(Kit.RulesPage.Fixed("TL2009")[0]);

    public static Proof ListOfValues => Consumer("""
        var parent = Propagators.DefaultTextMapPropagator.Extract(
            default, consumed.Message.Headers, (headers, key) => headers.Where(header => header.Key == key).Select(header => Encoding.UTF8.GetString(header.GetValueBytes())).ToList());
        """);

    private static Proof Consumer(string extraction) => new()
    {
        Code = ServiceCode.Kafka(
            extraction + "\nusing var activity = source.StartActivity(\"process\", ActivityKind.Consumer, parent.ActivityContext);",
            usings: ServiceCode.OpenTelemetry, parameters: "ConsumeResult<string, string> consumed"),
        Dialects = Dialect.OpenTelemetry,
        IsForwarded = true,
        Broken = "root(publish) | process",
        Whole = "root(publish(>process))",
    };
}
