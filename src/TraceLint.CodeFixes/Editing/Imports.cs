using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TraceLint.Editing;

/// <summary>
/// The names of types in inserted code, and the usings they need. A using that would make another name of the file mean
/// something else is not added: there the type is named in full.
/// </summary>
/// <param name="root">The file.</param>
/// <param name="model">What its names mean.</param>
/// <param name="config">What .editorconfig says about it.</param>
internal sealed class Imports(CompilationUnitSyntax root, SemanticModel model, AnalyzerConfigOptions? config = null)
{
    private readonly SortedSet<string> _added = new(UsingOrder.By(config));
    private readonly Dictionary<string, bool> _safe = [];
    private readonly SyntaxTrivia _lineEnd = SyntaxFactory.EndOfLine(LineEnding.Of(root.SyntaxTree.GetText()));

    /// <summary>Those of a document.</summary>
    public static Imports Of(Document document, CompilationUnitSyntax root, SemanticModel model)
        => new(root, model, document.Project.AnalyzerOptions.AnalyzerConfigOptionsProvider.GetOptions(root.SyntaxTree));

    /// <summary>How to write a type where a member of it is used, as in <c>Encoding.UTF8</c>.</summary>
    public string Name(INamedTypeSymbol type, int position) => Write(type, model.LookupSymbols(position, name: type.Name));

    /// <summary>How to write a type after <c>new</c>, where a member of the same name does not hide it.</summary>
    public string NameAfterNew(INamedTypeSymbol type, int position)
        => Write(type, model.LookupNamespacesAndTypes(position, name: type.Name));

    private string Write(INamedTypeSymbol type, IReadOnlyList<ISymbol> found)
    {
        var home = type.ContainingNamespace.ToDisplayString();
        if (found.Count == 0 && IsSafe(type.ContainingNamespace, home))
        {
            _added.Add(home);
            return type.Name;
        }

        return found is [INamedTypeSymbol only] && SymbolEqualityComparer.Default.Equals(only, type)
            ? type.Name
            : $"global::{home}.{type.Name}";
    }

    private bool IsSafe(INamespaceSymbol home, string name)
    {
        if (!_safe.TryGetValue(name, out var safe))
        {
            _safe.Add(name, safe = !HidesAnything(home));
        }

        return safe;
    }

    private bool HidesAnything(INamespaceSymbol home)
    {
        foreach (var node in root.DescendantNodes())
        {
            if (node is SimpleNameSyntax name
                && !home.GetTypeMembers(name.Identifier.ValueText, name.Arity).IsEmpty
                && model.GetSymbolInfo(name).Symbol is INamedTypeSymbol type
                && !SymbolEqualityComparer.Default.Equals(type.ContainingNamespace, home))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds the usings that the names asked for need, among the others.</summary>
    public CompilationUnitSyntax AddTo(CompilationUnitSyntax changed)
    {
        if (_added.Count == 0)
        {
            return changed;
        }

        // Where the file keeps them: on top, or inside its namespace.
        var usings = new UsingList(config, _lineEnd);
        if (changed.Usings.All(static directive => directive.GlobalKeyword.RawKind != 0)
            && changed.Members.OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault() is { Usings.Count: > 0 } home)
        {
            return changed.ReplaceNode(home, home.WithUsings(usings.Add(home.Usings, _added)));
        }

        if (changed.Usings.Count > 0)
        {
            return changed.WithUsings(usings.Add(changed.Usings, _added));
        }

        var first = changed.GetFirstToken();
        var (header, code) = SplitHeader(first.LeadingTrivia);
        changed = changed.ReplaceToken(first, first.WithLeadingTrivia(code.Insert(0, _lineEnd)));
        var all = _added.Select(usings.Directive).ToList();
        all[0] = all[0].WithLeadingTrivia(header);
        return changed.WithUsings(SyntaxFactory.List(all));
    }

    // A comment with an empty line after it is the file's; one right above the code is the code's.
    private static (SyntaxTriviaList Header, SyntaxTriviaList Code) SplitHeader(SyntaxTriviaList leading)
    {
        for (var i = leading.Count - 1; i > 0; i--)
        {
            if (leading[i].IsKind(SyntaxKind.EndOfLineTrivia) && leading[i - 1].IsKind(SyntaxKind.EndOfLineTrivia))
            {
                return (SyntaxFactory.TriviaList(leading.Take(i + 1)), SyntaxFactory.TriviaList(leading.Skip(i + 1)));
            }
        }

        return (default, leading);
    }
}
