using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Snippets;
using TraceLint.Spans;

namespace TraceLint.Editing;

/// <summary>
/// Marks contexts as remote. Since DiagnosticSource 7 TryParse takes that as an argument; before, a context that was parsed is made again.
/// What is written is an expression in the place of another, so that no evaluation moves.
/// </summary>
internal sealed class RemoteMend(SemanticModel model, Imports imports, FreshNames names, CancellationToken cancellation)
{
    private readonly Dictionary<ExpressionSyntax, ExpressionSyntax> _changes = [];
    private readonly bool _canSay = RemoteContextSnippet.HasRemoteTryParse(model.Compilation);

    /// <summary>Mends a call or a creation that makes a context, or a start that is handed an id.</summary>
    public void Add(ExpressionSyntax made)
    {
        if (_changes.ContainsKey(made))
        {
            return;
        }

        if (made switch
        {
            ObjectCreationExpressionSyntax creation => creation.WithArgumentList(creation.ArgumentList!.AddArguments(IsRemote())),
            InvocationExpressionSyntax call => OfCall(call),
            _ => null,
        } is { } mended)
        {
            _changes.Add(made, mended.WithTriviaFrom(made));
        }
    }

    /// <summary>The document's root with everything in its place; null when nothing can be mended.</summary>
    public CompilationUnitSyntax? Apply(CompilationUnitSyntax root)
        => _changes.Count == 0 ? null : root.ReplaceNodes(_changes.Keys, (original, _) => _changes[original]);

    private ExpressionSyntax? OfCall(InvocationExpressionSyntax call) => call.CalledName()?.Identifier.ValueText switch
    {
        "TryParse" when call.ArgumentList.Arguments is [var text, var state, var result] && _canSay
            => call.WithArgumentList(call.ArgumentList.WithArguments(Arguments(text, state, IsRemote(), result))),
        "Parse" when call.ArgumentList.Arguments is [{ NameColon: null, Expression: var text }, { NameColon: null, Expression: var state }]
            => AsOperand(Parsed(text, state.WithoutTrivia().ToString(), call), call),
        "StartActivity" or "CreateActivity" => WithContext(call),
        _ => null,
    };

    // The id of a parent gives way to its context.
    private InvocationExpressionSyntax? WithContext(InvocationExpressionSyntax call)
    {
        if (model.GetOperation(call, cancellation) is not IInvocationOperation operation
            || SpanStarts.In(model.Compilation)?.Of(operation)?.ParentId?.Syntax.FirstAncestorOrSelf<ArgumentSyntax>() is not { } id || id.Parent != call.ArgumentList)
        {
            return null;
        }

        var context = id
            .WithNameColon(id.NameColon?.WithName(SyntaxFactory.IdentifierName("parentContext")))
            .WithExpression(Parsed(id.Expression, "null", call).WithTriviaFrom(id.Expression));
        return call.ReplaceNode(id, context);
    }

    private ExpressionSyntax Parsed(ExpressionSyntax text, string state, SyntaxNode at)
    {
        var type = imports.Name(model.Compilation.GetTypeByMetadataName(SpanTypes.Names.ActivityContext)!, at.SpanStart);
        var scope = at.FirstAncestorOrSelf<StatementSyntax>() ?? (SyntaxNode?)at.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? at.SyntaxTree.GetRoot(cancellation);
        var parsed = names.ForLocal(scope.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? scope, at.SpanStart, "parent", "remoteParent", "parsedContext");
        return SyntaxFactory.ParseExpression(_canSay
            ? $"{type}.TryParse({text.WithoutTrivia()}, {state}, isRemote: true, out var {parsed}) ? {parsed} : default"
            : $"{type}.TryParse({text.WithoutTrivia()}, {state}, out var {parsed}) ? {RemoteContextSnippet.Remote(parsed, type)} : default");
    }

    private static ExpressionSyntax AsOperand(ExpressionSyntax conditional, ExpressionSyntax original)
        => original.Parent is EqualsValueClauseSyntax or ArgumentSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or AssignmentExpressionSyntax or ParenthesizedExpressionSyntax
            ? conditional
            : SyntaxFactory.ParenthesizedExpression(conditional);

    private static ArgumentSyntax IsRemote() => SyntaxFactory.ParseArgumentList("(isRemote: true)").Arguments[0];

    private static SeparatedSyntaxList<ArgumentSyntax> Arguments(params ArgumentSyntax[] arguments)
    {
        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        return SyntaxFactory.SeparatedList(arguments, Enumerable.Repeat(comma, arguments.Length - 1));
    }
}
