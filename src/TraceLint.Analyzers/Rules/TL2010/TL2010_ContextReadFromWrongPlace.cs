using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Propagation;

namespace TraceLint.Rules;

/// <summary>
/// TL2010: the trace context is read from where it never is.
/// <para>Reports a lookup of <c>traceparent</c>, <c>tracestate</c> or <c>baggage</c> in the system attributes of a message that was
/// received from SQS (<c>Message.Attributes</c>, <c>SQSEvent.SQSMessage.Attributes</c>), and an <c>Extract</c> from them; a lookup of
/// <c>AWSTraceHeader</c>, a system attribute, in the message attributes; and a lookup of <c>traceparent</c> or <c>tracestate</c> in
/// another letter case in the headers of Kafka or RabbitMQ or the attributes of SQS, which are case-sensitive.</para>
/// <para>Does not report when the type also looks in the right place, when the project writes to system attributes, uses the name for
/// anything but lookups or shares it with other projects, or when a getter cannot be seen or may translate the name, as for X-Ray.</para>
/// </summary>
internal sealed class TL2010_ContextReadFromWrongPlace : Rule
{
    internal const string Id = "TL2010";

    private const string XRayHeader = "AWSTraceHeader";

    private static readonly string[] s_names = ["traceparent", "tracestate", "baggage", XRayHeader];

    // Files in which a lookup in one of the carriers can stand.
    private static readonly string[] s_carrierWords = ["Attributes", "MessageAttributes", "Headers", "Header", "IHeader"];

    private static readonly string[] s_extractions = ["Extract", "ExtractBaggage", "ExtractTraceIdAndState"];

    private static readonly string[] s_spellings =
        ["TRACEPARENT", "TRACESTATE", "TraceParent", "TraceState", "Traceparent", "Tracestate", "traceParent", "traceState"];

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Trace context is read from where it never is",
        messageFormat: "{0} {1}; {2}",
        Category.Consume,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Propagators write traceparent to the message attributes of SQS, never to its system attributes, and in lower case. "
            + "Code that looks elsewhere, or for another spelling where names are case-sensitive, never finds a remote parent.",
        helpLinkUri: Repository.RulesPage + "#tl2010");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words { get; } = s_names.Concat(s_extractions).Concat(s_spellings).ToArray();

    public override void Start(RuleContext context)
    {
        if (ReadCarriers.In(context.CompilationContext) is not { } carriers)
        {
            return;
        }

        var lookups = new Lookups(carriers, context.CompilationContext);
        context.RegisterNodeAction(
            s_carrierWords,
            static node => node is ExpressionSyntax name && MayBeName(name) && HeaderLookup.Of(name) is not null,
            lookups.Analyze,
            SyntaxKind.StringLiteralExpression,
            SyntaxKind.IdentifierName,
            SyntaxKind.SimpleMemberAccessExpression);
        if (carriers.HasSqs)
        {
            context.RegisterCallAction(s_extractions, lookups.AnalyzeExtraction);
        }
    }

    private static bool MayBeName(ExpressionSyntax name) => name switch
    {
        LiteralExpressionSyntax { Token.ValueText: var text } => IndexOf(text) >= 0,
        IdentifierNameSyntax { Identifier.ValueText: var text } => MayNameHeader(text),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var text } => MayNameHeader(text),
        _ => false,
    };

    private static bool MayNameHeader(string constant)
        => TraceVocabulary.MayNameContextHeader(constant) || constant.IndexOf("baggage", StringComparison.OrdinalIgnoreCase) >= 0;

    private static int IndexOf(string name)
        => Array.FindIndex(s_names, one => string.Equals(one, name, StringComparison.OrdinalIgnoreCase));

    private sealed class Lookups(ReadCarriers carriers, CompilationContext compilation)
    {
        private readonly HeaderSpellings _spellings = new(compilation);
        private readonly SystemAttributes _attributes = new(carriers, compilation);

        public void Analyze(NodeContext context)
        {
            var (name, model, cancellation) = ((ExpressionSyntax)context.Node, context.SemanticModel, context.CancellationToken);
            if (HeaderLookup.Of(name) is not { } lookup
                || TextOf(name, model, cancellation) is not { } text
                || IndexOf(text) is not (var index and >= 0)
                || carriers.Of(lookup, model, cancellation) is not { Kind: not ReadCarrierKind.Unknown } carrier)
            {
                return;
            }

            var right = s_names[index];
            if (carrier.Kind is ReadCarrierKind.SystemAttributes)
            {
                if (right != XRayHeader && !_attributes.AreWritten(cancellation) && !LooksElsewhere(name, right, model, cancellation))
                {
                    Report(
                        context,
                        carrier,
                        lookup,
                        $"has only the system attributes of SQS, never '{right}'",
                        "read MessageAttributes instead");
                }
            }
            else if (right == XRayHeader)
            {
                if (carrier.Kind is ReadCarrierKind.MessageAttributes
                    && _spellings.IsOnlyLookedFor(right, canBeRequested: true, cancellation)
                    && !LooksElsewhere(name, right, model, cancellation))
                {
                    Report(context, carrier, lookup, $"does not have {XRayHeader}, which is a system attribute", "read Attributes instead");
                }
            }
            else if (text != right && right != "baggage"
                && !_spellings.IsShared(model.GetSymbolInfo(name, cancellation).Symbol)
                && _spellings.IsOnlyLookedFor(text, canBeRequested: false, cancellation)
                && !LooksElsewhere(name, right, model, cancellation))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    s_rule,
                    name.GetLocation(),
                    lookup.Api,
                    $"{(lookup.Comparison ? "is compared with" : "asks for")} '{text}', but {NamesOf(carrier.Kind)} are case-sensitive",
                    $"use '{right}', the name that propagators write"));
            }
        }

        public void AnalyzeExtraction(NodeContext context)
        {
            var call = (InvocationExpressionSyntax)context.Node;
            var (model, cancellation) = (context.SemanticModel, context.CancellationToken);
            if (model.GetOperation(call, cancellation) is IInvocationOperation operation
                && _attributes.ExtractedBy(operation, cancellation) is var (place, carrier)
                && !_attributes.AreWritten(cancellation)
                && !LooksElsewhere(call, "traceparent", model, cancellation))
            {
                Report(
                    context,
                    carrier,
                    place,
                    "has only the system attributes of SQS and no trace context",
                    "extract from MessageAttributes instead");
            }
        }

        // At the member, or at the local that holds it where the name is looked for.
        private static void Report(NodeContext context, ReadCarrier carrier, HeaderLookup lookup, string problem, string remedy)
            => Report(context, carrier, lookup.Comparison ? carrier.Member!.Syntax : lookup.Subject, problem, remedy);

        private static void Report(NodeContext context, ReadCarrier carrier, SyntaxNode subject, string problem, string remedy)
        {
            var member = NameOf(carrier.Member!.Syntax);
            var where = subject.Span.Contains(member.Span) ? member : subject;
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule, where.GetLocation(), [member.GetLocation()], carrier.Member.Property.Name, problem, remedy));
        }

        private static SyntaxNode NameOf(SyntaxNode member) => member switch
        {
            MemberAccessExpressionSyntax { Name: var name } => name,
            MemberBindingExpressionSyntax { Name: var name } => name,
            _ => member,
        };

        private static string NamesOf(ReadCarrierKind carrier) => carrier switch
        {
            ReadCarrierKind.KafkaHeaders => "Kafka headers",
            ReadCarrierKind.RabbitHeaders => "RabbitMQ headers",
            _ => "message attributes",
        };

        private string? TextOf(ExpressionSyntax name, SemanticModel model, CancellationToken cancellation)
            => model.GetOperation(name, cancellation) is { } operation
                ? HandwrittenHeader.TextOf(operation, compilation.Compilation.Assembly)
                : null;

        // Code that tries several places or spellings finds the context in one of them.
        private bool LooksElsewhere(SyntaxNode place, string name, SemanticModel model, CancellationToken cancellation)
        {
            foreach (var node in MembersAround(place).SelectMany(static member => member.DescendantNodes()))
            {
                cancellation.ThrowIfCancellationRequested();
                switch (node)
                {
                    case ExpressionSyntax other when other != place && MayBeName(other) && HeaderLookup.Of(other) is { } lookup
                        && TextOf(other, model, cancellation) == name && !IsWrongPlace(lookup, name, model, cancellation):
                    case InvocationExpressionSyntax call when call != place && IsExtraction(call)
                        && call.ArgumentList.Arguments.Any(static argument
                            => argument.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "MessageAttributes" }):
                        return true;
                }
            }

            return false;
        }

        // The member, those of its type that call it, and what these call in turn.
        private static HashSet<MemberDeclarationSyntax> MembersAround(SyntaxNode place)
        {
            var around = new HashSet<MemberDeclarationSyntax>();
            if (place.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member)
            {
                return around;
            }

            around.Add(member);
            if (member is GlobalStatementSyntax { Parent: CompilationUnitSyntax program })
            {
                around.UnionWith(program.Members);
            }

            if (member is MethodDeclarationSyntax { Parent: TypeDeclarationSyntax { Members: var members } } method)
            {
                around.UnionWith(members.Where(other => CallsIn(other).Contains(method.Identifier.ValueText)));
                var names = new HashSet<string>(around.SelectMany(CallsIn), StringComparer.Ordinal);
                around.UnionWith(members.Where(other
                    => other is MethodDeclarationSyntax { Identifier.ValueText: var name } && names.Contains(name)));
            }

            return around;
        }

        private static IEnumerable<string> CallsIn(MemberDeclarationSyntax member)
            => member.DescendantNodes().OfType<InvocationExpressionSyntax>()
                .Select(static call => call.CalledName()?.Identifier.ValueText).OfType<string>();

        private static bool IsExtraction(InvocationExpressionSyntax call)
            => call.CalledName() is { Identifier.ValueText: var called } && Array.IndexOf(s_extractions, called) >= 0;

        private bool IsWrongPlace(HeaderLookup lookup, string name, SemanticModel model, CancellationToken cancellation)
            => carriers.Of(lookup, model, cancellation).Kind
                == (name == XRayHeader ? ReadCarrierKind.MessageAttributes : ReadCarrierKind.SystemAttributes);
    }
}
