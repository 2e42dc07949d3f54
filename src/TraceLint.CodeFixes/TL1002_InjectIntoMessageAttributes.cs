using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using TraceLint.Boundaries;
using TraceLint.Rules;
using TraceLint.Snippets;

namespace TraceLint;

/// <summary>TL1002: injects into, or carries on to, the message attributes of an SQS or SNS message, or of each entry of a batch.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL1002_InjectIntoMessageAttributes))]
public sealed class TL1002_InjectIntoMessageAttributes : PublishFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL1002_SqsPublishWithoutContext.Id);

    private protected override IEnumerable<CarrierCode> CarriersIn(Compilation compilation, AnalyzerOptions options)
        => AwsMessaging.In(compilation) is { } aws ? [new AwsMessageAttributes(aws)] : [];
}
