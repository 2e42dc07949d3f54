using Microsoft.CodeAnalysis;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Snippets;

/// <summary>The message attributes of the SQS or SNS records that a Lambda function receives. They are never written.</summary>
internal sealed class LambdaAttributes(LambdaEvents events) : CarrierCode
{
    public override Transport Transport => events;

    public override string Member => "MessageAttributes";

    public override string[] CarrierNames { get; } = ["attributes", "carrier"];

    public override string[] LocalNames(CarrierRole role)
        => role is CarrierRole.Carrier ? ["attributes", "messageAttributes"] : ["record", "message"];

    public override string Empty(ITypeSymbol? message, SnippetSite site) => throw new NotSupportedException();

    public override IReadOnlyList<string> Set(string carrier, string key, string value, ITypeSymbol? message, SnippetSite site)
        => throw new NotSupportedException();

    public override string? Received(string variable, IReadOnlyList<ISymbol> symbols) => $"{variable}.MessageAttributes";

    public override string? ReceivedAs(ITypeSymbol type, string variable)
        => type.Name == "SNSRecord" ? $"{variable}.Sns.MessageAttributes" : Received(variable, []);

    public override string TryRead(string carrier, string key, string value)
        => $"{carrier} != null && {carrier}.TryGetValue({key}, out var {value})";

    public override string TextOf(string value, SnippetSite site) => events.Name == "sns" ? $"{value}.Value" : $"{value}.StringValue";
}
