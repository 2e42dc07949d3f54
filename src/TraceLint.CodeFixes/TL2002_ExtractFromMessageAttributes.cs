using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Rules;
using TraceLint.Snippets;

namespace TraceLint;

/// <summary>TL2002: extracts from the attributes of an SQS message.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL2002_ExtractFromMessageAttributes))]
public sealed class TL2002_ExtractFromMessageAttributes : ExtractFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL2002_SqsSpanWithoutContext.Id);

    private protected override IEnumerable<CarrierCode> CarriersIn(CompilationContext context)
        => CarrierCodes.In(context, TransportRules.Aws);
}
