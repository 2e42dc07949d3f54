using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Editing;
using TraceLint.Flow;
using TraceLint.Propagation;
using TraceLint.Snippets;

namespace TraceLint;

/// <summary>The edits that let an injection write the current context.</summary>
/// <param name="call">The call of <c>Inject</c>.</param>
/// <param name="operation">Its operation.</param>
internal sealed class EmptyInjectionRewrite(
    InvocationExpressionSyntax call,
    IInvocationOperation operation,
    SemanticModel model,
    CompilationContext context,
    Imports imports,
    CancellationToken cancellation)
{
    /// <summary>The edit for one of the defects of the injection.</summary>
    /// <returns>Null when no edit is correct: the operand is a variable, or the setter cannot be written.</returns>
    public Replacement? Of(EmptyInjection empty) => empty.Reason switch
    {
        EmptyReason.BaggagePropagator when WritesEveryKey() && Site(Dialect.OpenTelemetry) is { } site
            => With(empty.Operand.Syntax, $"{site.Name(OpenTelemetryApi.Names.Propagators)}.DefaultTextMapPropagator"),
        EmptyReason.DefaultContext => Context(empty.Operand.Unconverted()),
        EmptyReason.NullActivity when IsDefault(empty.Operand) && Site(Dialect.SystemDiagnostics) is { } site
            => With(empty.Operand.Syntax, $"{site.Name(SystemDiagnostics.Names.Activity)}.Current"),
        EmptyReason.EmptySetter => Setter(empty.Operand),
        _ => null,
    };

    private Replacement? Context(IOperation given)
    {
        if (Site(Dialect.OpenTelemetry) is not { } site)
        {
            return null;
        }

        if (IsDefault(given))
        {
            return With(given.Syntax, InjectSnippet.CurrentContext(site));
        }

        return given is IObjectCreationOperation creation
            && creation.Arguments.FirstOrDefault(static argument => argument.Parameter?.Type.Name is "ActivityContext")
                is { Value: var value }
            && IsDefault(value)
                ? With(value.Syntax, $"{site.Name(SystemDiagnostics.Names.Activity)}.Current?.Context ?? default")
                : null;
    }

    private Replacement? Setter(IOperation setter)
    {
        if (setter.Unconverted() is not IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Syntax: var lambda } }
            || lambda.DescendantTrivia().Any(static trivia => trivia.Kind()
                is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia)
            || operation.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "carrier")?.Value.Unconverted()
                is not { Type: { } type } carrier
            || CarrierCodes.In(context).FirstOrDefault(code => code.Transport.RoleOf(type) is CarrierRole.Carrier) is not { } known)
        {
            return null;
        }

        var isOpenTelemetry = operation.TargetMethod.IsGenericMethod;
        if (Site(isOpenTelemetry ? Dialect.OpenTelemetry : Dialect.SystemDiagnostics) is not { } site)
        {
            return null;
        }

        return isOpenTelemetry ? With(lambda, InjectSnippet.OpenTelemetrySetter(null, known, site, Outdent.IndentationAt(lambda)))
            : carrier.Syntax is IdentifierNameSyntax or MemberAccessExpressionSyntax
                ? With(lambda, InjectSnippet.SystemDiagnosticsSetter(carrier.Syntax.ToString(), null, known, site, Outdent.IndentationAt(lambda)))
            : null;
    }

    // A setter that ignores the key would write every header under the same name.
    private bool WritesEveryKey()
        => operation.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "setter") is { Value: var setter }
            && (EmptySetter.Is(setter, context, cancellation)
                || (DelegateBody.Of(setter, context, cancellation) is { Body: var body, Method.Parameters: [_, var key, _] }
                    && body.Descendants().Any(part => part is IParameterReferenceOperation { Parameter: var parameter }
                        && SymbolEqualityComparer.Default.Equals(parameter.OriginalDefinition, key.OriginalDefinition))));

    private SnippetSite? Site(Dialect dialect)
        => Anchor.Of(call) is { } anchor
            ? new SnippetSite(call, anchor, dialect, context.Compilation, imports, new FreshNames(model))
            : null;

    private static bool IsDefault(IOperation operand) => operand.Unconverted()
        is IDefaultValueOperation or ILiteralOperation or IObjectCreationOperation { Arguments.IsEmpty: true };

    private static Replacement With(SyntaxNode old, string code)
        => new(old, SyntaxFactory.ParseExpression(code).WithAdditionalAnnotations(Formatter.Annotation));
}
