using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TraceLint.Editing;

/// <summary>
/// The names of types in inserted code, and the usings they need. A using that would change the meaning of another name in the file is
/// not added; the type is then fully qualified.
/// </summary>
/// <param name="root">The root of the file.</param>
/// <param name="model">The semantic model of the file.</param>
/// <param name="config">The .editorconfig options of the file.</param>
internal sealed class Imports(CompilationUnitSyntax root, SemanticModel model, AnalyzerConfigOptions? config = null)
{
    private readonly SortedSet<string> _added = new(UsingOrder.By(config));
    private readonly Dictionary<string, bool> _safe = [];
    private readonly SyntaxTrivia _lineEnd = SyntaxFactory.EndOfLine(LineEnding.Of(root.SyntaxTree.GetText()));

    /// <summary>The imports of a document.</summary>
    public static Imports Of(Document document, CompilationUnitSyntax root, SemanticModel model)
        => new(root, model, document.Project.AnalyzerOptions.AnalyzerConfigOptionsProvider.GetOptions(root.SyntaxTree));

    /// <summary>The name of a type before one of its members, as in <c>Encoding.UTF8</c>.</summary>
    public string Name(INamedTypeSymbol type, int position) => Write(type, model.LookupSymbols(position, name: type.Name));

    /// <summary>The name of a type after <c>new</c>, where a member of the same name does not hide it.</summary>
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

    /// <summary>Adds the usings for all names that were requested.</summary>
    public CompilationUnitSyntax AddTo(CompilationUnitSyntax changed)
    {
        if (_added.Count == 0)
        {
            return changed;
        }

        // Inside the namespace, if the file has its usings there.
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

    // A comment with an empty line after it is the header of the file; a comment right above the code belongs to the code.
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
