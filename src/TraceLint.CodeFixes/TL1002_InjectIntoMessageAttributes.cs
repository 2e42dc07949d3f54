using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Rules;
using TraceLint.Snippets;

namespace TraceLint;

/// <summary>
/// TL1002: injects the current context, or forwards a received one, into the attributes of an SQS or SNS message or of each entry of a
/// batch.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL1002_InjectIntoMessageAttributes))]
public sealed class TL1002_InjectIntoMessageAttributes : PublishFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL1002_SqsPublishWithoutContext.Id);

    private protected override IEnumerable<CarrierCode> CarriersIn(CompilationContext context)
        => CarrierCodes.In(context, TransportRules.Aws);
}
