using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;

namespace TraceLint.Rules;

/// <summary>
/// Whether a project only ever looks for a header of some name. Where the name is used for anything else, the project may write
/// the header itself, or let another one do so.
/// </summary>
internal sealed class HeaderSpellings(CompilationContext context)
{
    private static readonly string[] s_readingCalls = ["AddTag", "Contains", "Get", "Has", "Log", "SetTag", "TryGet"];

    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

    /// <summary>Whether the project looks for a header of this name and does nothing else with the name.</summary>
    /// <param name="name">The name, in the letter case that is written.</param>
    /// <param name="canBeRequested">Whether a list of names with this one is a list of what to receive.</param>
    public bool IsOnlyLookedFor(string name, bool canBeRequested, CancellationToken cancellation)
        => _known.GetOrAdd(name, _ => LiteralsOf(name, cancellation).All(literal => Reads(literal, canBeRequested, cancellation)));

    /// <summary>Whether other projects can refer to a constant.</summary>
    public bool IsShared(ISymbol? constant)
    {
        if (constant is not IFieldSymbol)
        {
            return false;
        }

        if (!context.Has(constant))
        {
            return true;
        }

        if (context.Compilation.Options.OutputKind is not OutputKind.DynamicallyLinkedLibrary)
        {
            return false;
        }

        for (var symbol = constant; symbol is not (null or INamespaceSymbol); symbol = symbol.ContainingSymbol)
        {
            if (symbol.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
            {
                return false;
            }
        }

        return true;
    }

    private IEnumerable<LiteralExpressionSyntax> LiteralsOf(string name, CancellationToken cancellation)
    {
        foreach (var tree in context.Compilation.SyntaxTrees)
        {
            if (SourceWords.StandsIn(tree, name, cancellation))
            {
                foreach (var node in tree.GetRoot(cancellation).DescendantNodes())
                {
                    if (node is LiteralExpressionSyntax literal
                        && literal.IsKind(SyntaxKind.StringLiteralExpression)
                        && literal.Token.ValueText == name)
                    {
                        yield return literal;
                    }
                }
            }
        }
    }

    private bool Reads(ExpressionSyntax name, bool canBeRequested, CancellationToken cancellation) => name.Parent switch
    {
        AttributeArgumentSyntax => true,
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } => IsRead(variable, canBeRequested, cancellation),
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } when call.CalledName() is { Identifier.ValueText: var called }
            && Array.Exists(s_readingCalls, prefix => called.StartsWith(prefix, StringComparison.Ordinal)) => true,
        InitializerExpressionSyntax { RawKind: not (int)SyntaxKind.ComplexElementInitializerExpression } => canBeRequested,
        ExpressionElementSyntax => canBeRequested,
        _ => HeaderLookup.Of(name) is not null,
    };

    private bool IsRead(VariableDeclaratorSyntax variable, bool canBeRequested, CancellationToken cancellation)
    {
        if (context.Of(variable.SyntaxTree).GetDeclaredSymbol(variable, cancellation) is not { } symbol || IsShared(symbol))
        {
            return false;
        }

        foreach (var mention in CallIndex.MentionsOf(symbol.Name, context, cancellation))
        {
            var whole = mention.Parent is MemberAccessExpressionSyntax access && access.Name == mention
                ? access
                : (ExpressionSyntax)mention;
            if (SymbolEqualityComparer.Default.Equals(context.Of(mention.SyntaxTree).GetSymbolInfo(mention, cancellation).Symbol, symbol)
                && (whole.Parent is EqualsValueClauseSyntax || !Reads(whole, canBeRequested, cancellation)))
            {
                return false;
            }
        }

        return true;
    }
}
