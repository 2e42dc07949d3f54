using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>The <c>ActivitySource</c> that a span can be started with at a place: what is in scope there, or else a static member of the project.</summary>
internal sealed class SourceInReach(CompilationContext context)
{
    /// <summary>Finds one.</summary>
    /// <returns>Its name where it is in scope, its documentation id where it is a member of another type; null when there is none.</returns>
    public string? At(SyntaxNode node, CancellationToken cancellation)
        => context.Compilation.TypeNamed(SpanTypes.Names.ActivitySource) is { } type ? InScope(node, type, cancellation) ?? Elsewhere(node, type, cancellation) : null;

    private string? InScope(SyntaxNode node, INamedTypeSymbol type, CancellationToken cancellation)
    {
        var model = context.Of(node.SyntaxTree);
        var (isStatic, capturesNothing) = (IsStaticMember(node), node.Ancestors().Any(static ancestor => ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax && IsStatic(ancestor)));
        foreach (var symbol in model.LookupSymbols(node.SpanStart))
        {
            cancellation.ThrowIfCancellationRequested();
            var isInReach = symbol switch
            {
                IFieldSymbol field => Is(field.Type, field.NullableAnnotation, type) && (field.IsStatic || !(isStatic || capturesNothing)),
                IPropertySymbol { GetMethod: not null } property => Is(property.Type, property.NullableAnnotation, type) && (property.IsStatic || !(isStatic || capturesNothing)),
                IParameterSymbol { RefKind: RefKind.None } parameter => Is(parameter.Type, parameter.NullableAnnotation, type) && !capturesNothing,
                ILocalSymbol { DeclaringSyntaxReferences: [var declaration] } local => Is(local.Type, local.NullableAnnotation, type) && !capturesNothing && declaration.Span.End < node.SpanStart,
                _ => false,
            };
            if (isInReach)
            {
                return symbol.Name;
            }
        }

        return null;
    }

    private string? Elsewhere(SyntaxNode node, INamedTypeSymbol type, CancellationToken cancellation)
    {
        var here = context.Of(node.SyntaxTree);
        foreach (var tree in context.Compilation.SyntaxTrees)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!SourceWords.StandsIn(tree, "ActivitySource", cancellation))
            {
                continue;
            }

            var model = context.Of(tree);
            foreach (var member in tree.GetRoot(cancellation).DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax).OfType<MemberDeclarationSyntax>())
            {
                var symbol = member switch
                {
                    FieldDeclarationSyntax { Declaration.Variables: [var variable] } => model.GetDeclaredSymbol(variable, cancellation),
                    PropertyDeclarationSyntax property => model.GetDeclaredSymbol(property, cancellation),
                    _ => null,
                };
                var isSource = symbol switch
                {
                    IFieldSymbol field => Is(field.Type, field.NullableAnnotation, type),
                    IPropertySymbol { GetMethod: not null } property => Is(property.Type, property.NullableAnnotation, type),
                    _ => false,
                };
                if (isSource && symbol is { IsStatic: true, ContainingType: { ContainingType: null, IsGenericType: false, IsFileLocal: false } } && here.IsAccessible(node.SpanStart, symbol))
                {
                    return symbol.GetDocumentationCommentId();
                }
            }
        }

        return null;
    }

    private static bool IsStaticMember(SyntaxNode node)
        => node.Ancestors().FirstOrDefault(static ancestor => ancestor is MemberDeclarationSyntax and not GlobalStatementSyntax) is MemberDeclarationSyntax { Modifiers: var modifiers } && modifiers.Any(SyntaxKind.StaticKeyword);

    private static bool IsStatic(SyntaxNode function) => function switch
    {
        AnonymousFunctionExpressionSyntax lambda => lambda.Modifiers.Any(SyntaxKind.StaticKeyword),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.StaticKeyword),
        _ => false,
    };

    private static bool Is(ITypeSymbol type, NullableAnnotation annotation, INamedTypeSymbol source)
        => annotation is not NullableAnnotation.Annotated && SymbolEqualityComparer.Default.Equals(type, source);
}
