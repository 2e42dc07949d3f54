using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Tests.Robustness.Linked;

/// <summary>
/// Rewrites what the tests write in new C# to the same in C# 7.3, as far as it is about declarations: records, <c>new()</c> and
/// annotations of nullable types.
/// </summary>
internal sealed class OlderSource(SemanticModel model) : CSharpSyntaxRewriter
{
    public static string Of(SemanticModel model)
        => new OlderSource(model).Visit(model.SyntaxTree.GetRoot()).ToFullString().Replace("using System.Text.Json;", "", StringComparison.Ordinal);

    public override SyntaxNode? VisitImplicitObjectCreationExpression(ImplicitObjectCreationExpressionSyntax node)
        => model.GetTypeInfo(node).Type is { } type
            ? SyntaxFactory.ParseExpression($"new {type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}{Visit(node.ArgumentList)}{Visit(node.Initializer)}").WithTriviaFrom(node)
            : base.VisitImplicitObjectCreationExpression(node);

    public override SyntaxNode? VisitNullableType(NullableTypeSyntax node)
        => model.GetTypeInfo(node.ElementType).Type is { IsReferenceType: true } ? Visit(node.ElementType).WithTriviaFrom(node) : base.VisitNullableType(node);

    public override SyntaxNode? VisitPostfixUnaryExpression(PostfixUnaryExpressionSyntax node)
        => node.IsKind(SyntaxKind.SuppressNullableWarningExpression) ? Visit(node.Operand).WithTriviaFrom(node) : base.VisitPostfixUnaryExpression(node);

    public override SyntaxNode? VisitRecordDeclaration(RecordDeclarationSyntax node)
    {
        if (node is not { ParameterList.Parameters: var parameters, Members.Count: 0, BaseList: null, ClassOrStructKeyword.RawKind: 0 })
        {
            return base.VisitRecordDeclaration(node);
        }

        var members = string.Concat(parameters.Select(parameter => $" public {Visit(parameter.Type)} {parameter.Identifier} {{ get; set; }}"));
        var assignments = string.Concat(parameters.Select(static parameter => $" this.{parameter.Identifier} = {parameter.Identifier};"));
        return SyntaxFactory.ParseMemberDeclaration(
            $"{node.Modifiers} class {node.Identifier}{node.TypeParameterList} {{{members} public {node.Identifier}{Visit(node.ParameterList)} {{{assignments} }} }}")!.WithTriviaFrom(node);
    }
}
