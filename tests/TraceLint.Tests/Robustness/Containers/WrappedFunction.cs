using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace TraceLint.Tests.Robustness.Containers;

/// <summary>A method, taken apart so that its statements can be put somewhere else.</summary>
/// <param name="method">A method that has a body.</param>
/// <param name="number">What makes the names of a container unique in the file.</param>
internal sealed class WrappedFunction(MethodDeclarationSyntax method, string number)
{
    private readonly BlockSyntax _body = BodyOf(method);

    public string Name { get; } = "Wrapped" + number;

    public string Variable { get; } = "wrapped" + number;

    public MethodDeclarationSyntax Method => method;

    public string Returns { get; } = method.ReturnType.ToString();

    public bool IsAsync { get; } = method.Modifiers.Any(SyntaxKind.AsyncKeyword);

    public bool IsStatic { get; } = method.Modifiers.Any(SyntaxKind.StaticKeyword);

    public bool IsVoid => Returns == "void";

    public bool IsIterator => OwnNodes.OfType<YieldStatementSyntax>().Any();

    /// <summary>Whether the caller gets a value, not counting what is only awaited.</summary>
    public bool ReturnsValue => !IsIterator && !IsVoid && (!IsAsync || method.ReturnType.DescendantNodesAndSelf().Any(static node => node is GenericNameSyntax));

    public bool HasAwait => OwnNodes.Any(static node => node is AwaitExpressionSyntax
        or ForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } or UsingStatementSyntax { AwaitKeyword.RawKind: not 0 } or LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: not 0 });

    public bool HasReturn => OwnNodes.OfType<ReturnStatementSyntax>().Any();

    public string Statements => _body.Statements.ToFullString();

    /// <summary>Parameters that a member or a local function can have: no <c>this</c>, no default values.</summary>
    public string Parameters { get; } = string.Join(", ", method.ParameterList.Parameters.Select(static parameter => Plain(parameter).ToString()));

    public string Arguments { get; } = string.Join(", ", method.ParameterList.Parameters.Select(static parameter
        => string.Concat(parameter.Modifiers.Where(static modifier => modifier.Kind() is SyntaxKind.RefKeyword or SyntaxKind.OutKeyword or SyntaxKind.InKeyword).Select(static modifier => modifier.ValueText + " "))
            + parameter.Identifier.Text));

    /// <summary>The parameters as locals.</summary>
    public string ParametersAsLocals { get; } = string.Concat(method.ParameterList.Parameters.Select(static parameter => $"{parameter.Type} {parameter.Identifier.Text} = default!;\n"));

    public string TypeParameters => $"{method.TypeParameterList}";

    /// <summary>The last statement where a value must be returned and a container is left without.</summary>
    public string End => ReturnsValue ? "\nthrow new System.InvalidOperationException();" : "";

    private IEnumerable<SyntaxNode> OwnNodes => _body.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));

    /// <summary>The statements with other returns.</summary>
    /// <param name="whenValue">What comes after a value was computed.</param>
    public string WithReturns(string whenValue)
        => ((BlockSyntax)new ReturnRewriter(whenValue).Visit(_body)).Statements.ToFullString();

    /// <summary>The statements as a lambda that is called.</summary>
    /// <param name="isDiscarded">Whether the value is not returned.</param>
    public string AsLambda(bool isDiscarded = false, string lambda = "() =>")
        => IsIterator
            ? AsLocalFunction("", isDiscarded)
            : $"System.{(IsVoid ? "Action" : $"Func<{Returns}>")} {Variable} = {(IsAsync ? "async " : "")}{lambda} {{\n{Statements}\n}};\n{HandOut(Variable + "()", isDiscarded)}";

    /// <summary>The statements as a local function that is called.</summary>
    public string AsLocalFunction(string modifiers, bool isDiscarded = false, bool withParameters = false)
        => $$"""
            {{HandOut($"{Name}({(withParameters ? Arguments : "")})", isDiscarded)}}
            {{modifiers}} {{(IsAsync ? "async " : "")}}{{Returns}} {{Name}}({{(withParameters ? Parameters : "")}}) {
            {{Statements}}
            }
            """;

    private string HandOut(string call, bool isDiscarded) => this switch
    {
        { IsIterator: true } when Returns.Contains("Async", StringComparison.Ordinal) => isDiscarded ? $"_ = {call};" : $"await foreach (var item{number} in {call}) {{ yield return item{number}; }}",
        { IsIterator: true } => isDiscarded ? $"_ = {call};" : $"foreach (var item{number} in {call}) {{ yield return item{number}; }}",
        { IsVoid: true } => call + ";",
        { IsAsync: true } => (!ReturnsValue ? "" : isDiscarded ? "_ = " : "return ") + $"await {call};",
        _ => (isDiscarded ? "_ = " : "return ") + call + ";",
    };

    private static ParameterSyntax Plain(ParameterSyntax parameter)
        => parameter.WithDefault(null).WithAttributeLists(default).WithModifiers(TokenList(parameter.Modifiers.Where(static modifier
            => modifier.Kind() is SyntaxKind.RefKeyword or SyntaxKind.OutKeyword or SyntaxKind.InKeyword))).NormalizeWhitespace();

    private static BlockSyntax BodyOf(MethodDeclarationSyntax method)
    {
        if (method.Body is { } body)
        {
            return body;
        }

        var expression = method.ExpressionBody!.Expression;
        var isValue = expression is not (ThrowExpressionSyntax or AssignmentExpressionSyntax) && method.ReturnType.ToString() is not ("void" or "Task" or "ValueTask");
        isValue |= method.ReturnType.ToString() is "Task" or "ValueTask" && !method.Modifiers.Any(SyntaxKind.AsyncKeyword) && expression is not ThrowExpressionSyntax;
        return (BlockSyntax)ParseStatement($"{{\n{(expression is ThrowExpressionSyntax || !isValue ? "" : "return ")}{expression};\n}}");
    }

    private sealed class ReturnRewriter(string whenValue) : CSharpSyntaxRewriter
    {
        public override SyntaxNode? VisitReturnStatement(ReturnStatementSyntax node)
            => ParseStatement($"{{ {(node.Expression is null ? "" : $"_ = {node.Expression}; ")}{whenValue} }}\n");

        public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) => node;

        public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) => node;

        public override SyntaxNode? VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node) => node;

        public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node) => node;
    }
}
