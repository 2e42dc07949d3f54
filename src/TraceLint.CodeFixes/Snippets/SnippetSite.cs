using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Editing;
using TraceLint.Flow;

namespace TraceLint.Snippets;

/// <summary>The place where a snippet is inserted: the names of types, the free names, and the language version there.</summary>
internal sealed class SnippetSite(
    SyntaxNode node, Anchor anchor, Dialect dialect, Compilation compilation, Imports imports, FreshNames names)
{
    public Dialect Dialect => dialect;

    public int Position => node.SpanStart;

    public LanguageVersion Language { get; } = ((CSharpParseOptions)node.SyntaxTree.Options).LanguageVersion;

    /// <summary>The modifier of a lambda that captures nothing.</summary>
    public string Static => Language >= LanguageVersion.CSharp9 ? "static " : "";

    /// <inheritdoc cref="FreshNames.ForParameter"/>
    public string Parameter(params string[] candidates) => names.ForParameter(node.SpanStart, candidates);

    /// <summary>A free name for a local that the inserted statements declare.</summary>
    public string Local(params string[] candidates) => names.ForLocal(anchor.Scope, node.SpanStart, candidates);

    /// <summary>Whether a type has an overload of a method with a number of parameters.</summary>
    public bool Knows(string metadataName, string method, int parameters)
        => compilation.TypeNamed(metadataName)?.GetMembers(method)
            .Any(member => member is IMethodSymbol { Parameters.Length: var count } && count == parameters) is true;

    /// <summary>The name of a type before one of its members, as in <c>Encoding.UTF8</c>.</summary>
    /// <param name="metadataName">The metadata name of a type that exists in the dialect.</param>
    public string Name(string metadataName) => compilation.TypeNamed(metadataName) is { } type ? Name(type) : $"global::{metadataName}";

    /// <summary>The type with a qualified name; null when there is none.</summary>
    public INamedTypeSymbol? TypeNamed(string name) => name.IndexOf('.') > 0 ? compilation.TypeNamed(name) : null;

    /// <inheritdoc cref="Name(string)"/>
    public string Name(INamedTypeSymbol type) => imports.Name(type, node.SpanStart);

    /// <summary>The name of a type after <c>new</c>.</summary>
    public string NameAfterNew(string metadataName)
        => compilation.TypeNamed(metadataName) is { } type ? NameAfterNew(type) : $"global::{metadataName}";

    /// <summary>The name of a type after <c>new</c>.</summary>
    public string NameAfterNew(INamedTypeSymbol type) => imports.NameAfterNew(type, node.SpanStart);
}
