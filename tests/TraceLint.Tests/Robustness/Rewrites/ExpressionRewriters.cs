using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace TraceLint.Tests.Robustness.Rewrites;

/// <summary><c>=> x</c> becomes <c>{ return x; }</c>, of methods, local functions and lambdas.</summary>
internal sealed class ExpressionAsBlock(SemanticModel model) : CSharpSyntaxRewriter
{
    public override SyntaxNode VisitMethodDeclaration(MethodDeclarationSyntax node)
        => base.VisitMethodDeclaration(node) is MethodDeclarationSyntax { ExpressionBody.Expression: var value } visited
            ? visited.WithExpressionBody(null).WithSemicolonToken(default).WithBody(BlockOf(value, model.GetDeclaredSymbol(node)))
            : base.VisitMethodDeclaration(node)!;

    public override SyntaxNode VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
        => base.VisitLocalFunctionStatement(node) is LocalFunctionStatementSyntax { ExpressionBody.Expression: var value } visited
            ? visited.WithExpressionBody(null).WithSemicolonToken(default).WithBody(BlockOf(value, model.GetDeclaredSymbol(node) as IMethodSymbol))
            : base.VisitLocalFunctionStatement(node)!;

    public override SyntaxNode VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node)
        => base.VisitParenthesizedLambdaExpression(node) is ParenthesizedLambdaExpressionSyntax { ExpressionBody: { } value } visited
            ? visited.WithBody(BlockOf(value, model.GetSymbolInfo(node).Symbol as IMethodSymbol))
            : base.VisitParenthesizedLambdaExpression(node)!;

    public override SyntaxNode VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node)
        => base.VisitSimpleLambdaExpression(node) is SimpleLambdaExpressionSyntax { ExpressionBody: { } value } visited
            ? visited.WithBody(BlockOf(value, model.GetSymbolInfo(node).Symbol as IMethodSymbol))
            : base.VisitSimpleLambdaExpression(node)!;

    private static BlockSyntax BlockOf(ExpressionSyntax value, IMethodSymbol? function)
    {
        var hasResult = function is { ReturnsVoid: false } && !(function.IsAsync && function.ReturnType is INamedTypeSymbol { Arity: 0 });
        return Block(value is ThrowExpressionSyntax { Expression: var thrown } ? ThrowStatement(thrown)
            : hasResult ? ReturnStatement(value)
            : ExpressionStatement(value)).NormalizeWhitespace();
    }
}

/// <summary><c>{ return x; }</c> becomes <c>=> x</c>, of methods.</summary>
internal sealed class BlockAsExpression : CSharpSyntaxRewriter
{
    public override SyntaxNode VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        var value = node.Body?.Statements switch
        {
            [ReturnStatementSyntax { Expression: { } returned }] => returned,
            [ExpressionStatementSyntax { Expression: var expression }] => expression,
            _ => null,
        };
        return value is null
            ? base.VisitMethodDeclaration(node)!
            : node.WithBody(null).WithExpressionBody(ArrowExpressionClause(value.WithLeadingTrivia(Space))).WithSemicolonToken(Token(SyntaxKind.SemicolonToken));
    }
}

/// <summary><c>F(x)</c> becomes <c>F(parameter: x)</c>.</summary>
internal sealed class NamedArguments(SemanticModel model) : CSharpSyntaxRewriter
{
    public override SyntaxNode VisitInvocationExpression(InvocationExpressionSyntax node)
        => base.VisitInvocationExpression(node) is InvocationExpressionSyntax visited
            ? visited.WithArgumentList(Named(visited.ArgumentList, node))
            : node;

    public override SyntaxNode VisitObjectCreationExpression(ObjectCreationExpressionSyntax node)
        => base.VisitObjectCreationExpression(node) is ObjectCreationExpressionSyntax { ArgumentList: { } list } visited
            ? visited.WithArgumentList(Named(list, node))
            : base.VisitObjectCreationExpression(node)!;

    private ArgumentListSyntax Named(ArgumentListSyntax list, ExpressionSyntax call)
        => model.GetSymbolInfo(call).Symbol is IMethodSymbol { MethodKind: not MethodKind.DelegateInvoke } method
            && !method.Parameters.Any(static parameter => parameter.IsParams)
            && list.Arguments.Count <= method.Parameters.Length
            && list.Arguments.All(static argument => argument.NameColon is null)
                ? list.WithArguments(SeparatedList(
                    list.Arguments.Select((argument, index) => argument.WithNameColon(NameColon(method.Parameters[index].Name)))))
                : list;
}

/// <summary><c>$"a{b}"</c> becomes <c>"a" + b</c>.</summary>
internal sealed class InterpolationAsSum : CSharpSyntaxRewriter
{
    public override SyntaxNode VisitInterpolatedStringExpression(InterpolatedStringExpressionSyntax node)
    {
        if (node.StringStartToken.IsKind(SyntaxKind.InterpolatedStringStartToken)
            && node.Contents.All(static part => part is InterpolatedStringTextSyntax or InterpolationSyntax { FormatClause: null, AlignmentClause: null }))
        {
            var terms = node.Contents.Select(static part => part is InterpolationSyntax { Expression: var value }
                ? $"({value})"
                : $"\"{((InterpolatedStringTextSyntax)part).TextToken.Text.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal)}\"");
            return ParseExpression($"(\"\" + {string.Join(" + ", terms)})");
        }

        return base.VisitInterpolatedStringExpression(node)!;
    }
}

/// <summary>Every other method of each class moves to a second part of the class, in a file of its own.</summary>
internal static class TwoFiles
{
    public static SyntaxNode[] Of(CompilationUnitSyntax root)
    {
        var classes = root.DescendantNodes(static node => node is not TypeDeclarationSyntax).OfType<ClassDeclarationSyntax>()
            .Where(static one => one.Members.OfType<MethodDeclarationSyntax>().Count() > 1).ToList();
        return classes.Count == 0 || root.Members.Any(static member => member is GlobalStatementSyntax)
            ? [root]
            : [Part(root, classes, isFirst: true), Part(root, classes, isFirst: false)];
    }

    private static CompilationUnitSyntax Part(CompilationUnitSyntax root, List<ClassDeclarationSyntax> classes, bool isFirst)
    {
        var part = root.ReplaceNodes(classes, (one, _) => PartOf(one, isFirst));
        return isFirst
            ? part
            : part.RemoveNodes(
                part.DescendantNodes().OfType<MemberDeclarationSyntax>().Where(member => member is not (BaseNamespaceDeclarationSyntax or ClassDeclarationSyntax)
                    && member.Parent is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax || member is ClassDeclarationSyntax whole && !IsPart(whole)),
                SyntaxRemoveOptions.KeepNoTrivia)!.WithAttributeLists(default);
    }

    private static bool IsPart(ClassDeclarationSyntax one) => one.HasAnnotations("part") || one.Ancestors().Any(static outer => outer.HasAnnotations("part"));

    private static ClassDeclarationSyntax PartOf(ClassDeclarationSyntax whole, bool isFirst)
    {
        var moved = whole.Members.OfType<MethodDeclarationSyntax>().Where((_, index) => index % 2 == 1).ToList();
        var part = isFirst
            ? whole.RemoveNodes(moved, SyntaxRemoveOptions.KeepNoTrivia)!
            : whole.WithMembers(List<MemberDeclarationSyntax>(moved)).WithBaseList(null).WithAttributeLists(default).WithParameterList(null);
        return (part.Modifiers.Any(SyntaxKind.PartialKeyword) ? part : part.AddModifiers(Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(Space)))
            .WithAdditionalAnnotations(new SyntaxAnnotation("part"));
    }
}

/// <summary>Locals, parameters, and private fields and methods get names that say nothing.</summary>
internal static class Renamed
{
    public static SyntaxNode In(CompilationUnitSyntax root, SemanticModel model)
    {
        var names = new Dictionary<ISymbol, string>(SymbolEqualityComparer.Default);
        foreach (var node in root.DescendantNodes())
        {
            if (model.GetDeclaredSymbol(node) is { IsImplicitlyDeclared: false } symbol && MayBeRenamed(symbol))
            {
                names[symbol] = $"n{names.Count + 1}";
            }
        }

        return root.ReplaceTokens(
            root.DescendantTokens().Where(static token => token.IsKind(SyntaxKind.IdentifierToken)),
            (token, _) => SymbolAt(token, model) is { } symbol && names.TryGetValue(symbol, out var name)
                ? Identifier(token.LeadingTrivia, name, token.TrailingTrivia)
                : token);
    }

    private static bool MayBeRenamed(ISymbol symbol) => symbol switch
    {
        ILocalSymbol => true,
        IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction or MethodKind.AnonymousFunction } } => true,
        IFieldSymbol { DeclaredAccessibility: Accessibility.Private } => true,
        IMethodSymbol { MethodKind: MethodKind.LocalFunction } => true,
        IMethodSymbol { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Private, ExplicitInterfaceImplementations.IsEmpty: true } => true,
        _ => false,
    };

    private static ISymbol? SymbolAt(SyntaxToken token, SemanticModel model)
        => token.Parent is not { } parent ? null
            : (model.GetDeclaredSymbol(parent) is { } declared && declared.Locations.Any(at => at.SourceSpan == token.Span) ? declared
                : parent is SimpleNameSyntax ? model.GetSymbolInfo(parent).Symbol
                : null)?.OriginalDefinition;
}

/// <summary>Values of locals, or calls that are statements, move to private methods that get what they use.</summary>
internal sealed class ExtractedMethods(SemanticModel model, bool ofValues) : CSharpSyntaxRewriter
{
    private readonly Dictionary<TypeDeclarationSyntax, List<MemberDeclarationSyntax>> _methods = [];
    private int _count;

    public SyntaxNode Extract(CompilationUnitSyntax root) => Visit(root);

    public override SyntaxNode VisitClassDeclaration(ClassDeclarationSyntax node)
    {
        var visited = (ClassDeclarationSyntax)base.VisitClassDeclaration(node)!;
        return _methods.TryGetValue(node, out var methods) ? visited.AddMembers([.. methods]) : visited;
    }

    public override SyntaxNode VisitEqualsValueClause(EqualsValueClauseSyntax node)
        => ofValues
            && node is { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax }, Value: InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax }
            && model.GetTypeInfo(node.Value).Type is { } type
            && CallOfExtracted(node.Value, type) is { } call
                ? node.WithValue(call)
                : base.VisitEqualsValueClause(node)!;

    public override SyntaxNode VisitExpressionStatement(ExpressionStatementSyntax node)
        => !ofValues && node.Expression is InvocationExpressionSyntax or AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax or ElementAccessExpressionSyntax }
            && CallOfExtracted(node.Expression, null) is { } call
                ? node.WithExpression(call)
                : base.VisitExpressionStatement(node)!;

    private ExpressionSyntax? CallOfExtracted(ExpressionSyntax code, ITypeSymbol? type)
    {
        if (code.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not ClassDeclarationSyntax home
            || code.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method
            || method.TypeParameterList is not null
            || code.DescendantNodesAndSelf().Any(static node => node is AwaitExpressionSyntax or DeclarationExpressionSyntax or AnonymousFunctionExpressionSyntax or BaseExpressionSyntax)
            || model.AnalyzeDataFlow(code) is not { Succeeded: true } flow
            || flow.WrittenInside.Any()
            || type is { IsAnonymousType: true })
        {
            return null;
        }

        var used = flow.ReadInside.Where(static one => one is ILocalSymbol or IParameterSymbol { IsThis: false }).ToList();
        if (used.Any(static one => one is IParameterSymbol { RefKind: not RefKind.None } or ILocalSymbol { IsRef: true })
            || code.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => model.GetSymbolInfo(name).Symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction }))
        {
            return null;
        }

        var name = $"Extracted{++_count}";
        var isStatic = method.Modifiers.Any(SyntaxKind.StaticKeyword) ? "static " : "";
        var parameters = used.Select(static one => $"{TypeOf(one)} {one.Name}");
        if (!_methods.TryGetValue(home, out var methods))
        {
            _methods[home] = methods = [];
        }

        methods.Add(ParseMemberDeclaration($"private {isStatic}{(type is null ? "void" : Text(type))} {name}({string.Join(", ", parameters)}) => {code};\n")!);
        return ParseExpression($"{name}({string.Join(", ", used.Select(static one => one.Name))})");
    }

    private static string TypeOf(ISymbol used) => Text(used is ILocalSymbol { Type: var local } ? local : ((IParameterSymbol)used).Type);

    private static string Text(ITypeSymbol type)
        => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier));
}
