using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace TraceLint.Flow;

/// <summary>
/// Where in a file there is something that rules look at, in the order in which it stands there. A file is walked once, for all rules:
/// edits in the IDE leave all other files, and what was read of them, as they are. Only positions are kept, so that no tree
/// is held in memory for it.
/// </summary>
internal sealed class FileIndex
{
    private static readonly ConditionalWeakTable<SyntaxTree, FileIndex> s_trees = new();
    private readonly Dictionary<string, List<TextSpan>> _calls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<TextSpan>> _creations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<TextSpan>> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asyncMethods = new(StringComparer.Ordinal);
    private readonly List<TextSpan> _loops = [];
    private readonly List<TextSpan> _scopes = [];

    private FileIndex(SyntaxTree tree, CancellationToken cancellation)
    {
        foreach (var node in tree.GetRoot(cancellation).DescendantNodes())
        {
            switch (node)
            {
                case InvocationExpressionSyntax call when call.CalledName() is { Identifier.ValueText: var name }:
                    Add(_calls, name, node);
                    break;
                case BaseObjectCreationExpressionSyntax creation when TypeNameOf(creation) is { } name:
                    Add(_creations, name, node);
                    break;
                case AssignmentExpressionSyntax or InitializerExpressionSyntax when KeyOf(node) is { } key && NameOf(key) is { } name:
                    Add(_entries, name, node);
                    break;
                case MethodDeclarationSyntax { Modifiers: var modifiers, Identifier.ValueText: var name } when modifiers.Any(SyntaxKind.AsyncKeyword):
                    _asyncMethods.Add(name);
                    break;
                case LocalFunctionStatementSyntax { Modifiers: var modifiers, Identifier.ValueText: var name } when modifiers.Any(SyntaxKind.AsyncKeyword):
                    _asyncMethods.Add(name);
                    break;
                case UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } or TryStatementSyntax { Finally: not null }:
                    _scopes.Add(node.Span);
                    break;
                case StatementSyntax statement when EndlessLoops.MayBeEndless(statement):
                    _loops.Add(node.Span);
                    break;
            }
        }
    }

    /// <summary>The calls, by the name that is called.</summary>
    public IReadOnlyDictionary<string, List<TextSpan>> Calls => _calls;

    /// <summary>The objects that are made, by the name of the type without its namespace; by none for <c>new(a, b)</c>, of two arguments or more.</summary>
    public IReadOnlyDictionary<string, List<TextSpan>> Creations => _creations;

    /// <summary>The entries that are set in dictionaries and the like, by assignments and initializers: by the text of the key, or the last name in it.</summary>
    public IReadOnlyDictionary<string, List<TextSpan>> Entries => _entries;

    /// <summary>The names of the async methods and local functions that the file declares.</summary>
    public IReadOnlyCollection<string> AsyncMethods => _asyncMethods;

    /// <summary>The loops that may have no end, as far as their syntax says.</summary>
    public IReadOnlyList<TextSpan> Loops => _loops;

    /// <summary>What may end something where a block is left: using statements, using declarations, and try statements with a finally.</summary>
    public IReadOnlyList<TextSpan> Scopes => _scopes;

    /// <summary>That of a file.</summary>
    public static FileIndex Of(SyntaxTree tree, CancellationToken cancellation)
    {
        if (!s_trees.TryGetValue(tree, out var index))
        {
            var read = new FileIndex(tree, cancellation);
            index = s_trees.GetValue(tree, _ => read);
        }

        return index;
    }

    /// <summary>The key of an entry: <c>entries[key] = value</c>, <c>{ [key] = value }</c>, <c>{ key, value }</c>; null for anything else.</summary>
    public static ExpressionSyntax? KeyOf(SyntaxNode node) => node switch
    {
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: ElementAccessExpressionSyntax { ArgumentList.Arguments: [var key] } } => key.Expression,
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: ImplicitElementAccessSyntax { ArgumentList.Arguments: [var key] } } => key.Expression,
        InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ComplexElementInitializerExpression, Expressions: [var key, _, ..] } => key,
        _ => null,
    };

    /// <summary>The text of a literal, or the last name in a reference to a constant; null where there is neither.</summary>
    public static string? NameOf(ExpressionSyntax key) => key switch
    {
        LiteralExpressionSyntax literal => literal.Token.ValueText,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } => name,
        IdentifierNameSyntax { Identifier.ValueText: var name } => name,
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [var first, _, ..] } => NameOf(first.Expression),
        _ => null,
    };

    /// <summary>The name of the type of which an object is made, without its namespace; empty for <c>new(a, b)</c>, null where neither is known.</summary>
    public static string? TypeNameOf(BaseObjectCreationExpressionSyntax creation) => creation switch
    {
        ObjectCreationExpressionSyntax { Type: SimpleNameSyntax type } => type.Identifier.ValueText,
        ObjectCreationExpressionSyntax { Type: QualifiedNameSyntax { Right: var type } } => type.Identifier.ValueText,
        ObjectCreationExpressionSyntax { Type: AliasQualifiedNameSyntax { Name: var type } } => type.Identifier.ValueText,
        ImplicitObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: > 1 } => "",
        _ => null,
    };

    private static void Add(Dictionary<string, List<TextSpan>> places, string name, SyntaxNode node)
    {
        if (!places.TryGetValue(name, out var spans))
        {
            places.Add(name, spans = []);
        }

        spans.Add(node.Span);
    }
}
