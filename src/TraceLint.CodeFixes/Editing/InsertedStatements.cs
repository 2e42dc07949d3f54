using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace TraceLint.Editing;

/// <summary>
/// Statements to insert before or after others, collected for a whole document and applied in one pass, so that several edits in the
/// same statement, the same method or nested lambdas do not conflict.
/// </summary>
internal sealed class InsertedStatements(CompilationUnitSyntax root, FreshNames names)
{
    private readonly Dictionary<SyntaxNode, (Anchor Anchor, bool ReturnsNothing, List<StatementSyntax> Statements)> _before = [];
    private readonly Dictionary<StatementSyntax, List<StatementSyntax>> _after = [];
    private readonly Dictionary<SyntaxNode, SyntaxNode> _replacements = [];
    private readonly Dictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>> _changes = [];
    private readonly HashSet<StatementSyntax> _removed = [];
    private readonly Dictionary<SyntaxNode, string> _enclosed = [];
    private readonly string _newLine = LineEnding.Of(root.SyntaxTree.GetText());

    public bool IsEmpty => _before.Count == 0 && _after.Count == 0 && _replacements.Count == 0;

    /// <summary>Inserts statements before a publish.</summary>
    /// <param name="message">The published message. It is extracted to a local when it is not in a variable.</param>
    /// <param name="statements">Returns the statements as text, given the name of the message's variable.</param>
    public void Add(PublishedMessage message, Func<string, IEnumerable<string>> statements)
    {
        var before = Before(message.Anchor, message.ReturnsNothing);
        var name = message.Variable;
        if (name is null)
        {
            name = names.ForLocal(message.Anchor.Scope, message.Replacement.Node.SpanStart, message.LocalNames);
            before.Add(Declare(name, message.LocalType, message.Completed(Outdent.Node(message.Value))));
            _replacements.Add(message.Replacement.Node, message.Replacement.With(name));
        }

        before.AddRange(statements(name).Select(Parse));
    }

    /// <summary>Inserts statements at an anchor.</summary>
    /// <param name="returnsNothing">Whether an expression body of the anchor becomes an expression statement, not a return.</param>
    public void Add(Anchor anchor, bool returnsNothing, IEnumerable<string> statements)
        => Before(anchor, returnsNothing).AddRange(statements.Select(Parse));

    /// <summary>Puts the statement at an anchor, together with the statements inserted before it, inside a <c>using</c>.</summary>
    /// <param name="resource">The resource expression. Only the first one for an anchor counts.</param>
    public void Enclose(Anchor anchor, string resource)
    {
        if (!_enclosed.ContainsKey(anchor.Node))
        {
            _enclosed.Add(anchor.Node, resource);
        }
    }

    /// <summary>Inserts statements after one that is in a list. An empty line follows them, unless they are the last.</summary>
    public void AddAfter(StatementSyntax statement, IEnumerable<string> statements)
    {
        if (!_after.TryGetValue(statement, out var after))
        {
            _after.Add(statement, after = []);
        }

        var texts = statements.ToList();
        texts[texts.Count - 1] = texts[texts.Count - 1].TrimEnd('\n') + (IsApart(statement) ? "" : "\n");
        after.AddRange(texts.Select(Parse));
    }

    /// <summary>Replaces a node.</summary>
    public void Replace(SyntaxNode node, SyntaxNode replacement) => _replacements.Add(node, replacement);

    /// <summary>Changes a node. A second change of the same node replaces the first.</summary>
    /// <param name="change">Returns the replacement, given the node after the edits inside it.</param>
    public void Change(SyntaxNode node, Func<SyntaxNode, SyntaxNode> change) => _changes[node] = change;

    /// <summary>Removes a statement from a block; a comment above it stays.</summary>
    public void Remove(StatementSyntax statement) => _removed.Add(statement);

    /// <summary>Extracts an expression to a local, and inserts statements after its declaration.</summary>
    /// <param name="name">The name of the local.</param>
    /// <param name="value">The expression.</param>
    /// <param name="replaced">The node that contains the expression.</param>
    /// <param name="replacement">The replacement of that node.</param>
    public void Pull(
        Anchor anchor,
        bool returnsNothing,
        string name,
        ExpressionSyntax value,
        SyntaxNode replaced,
        SyntaxNode replacement,
        IEnumerable<string> statements)
    {
        var before = Before(anchor, returnsNothing);
        before.Add(Declare(name, "var", Outdent.Node(value)));
        before.AddRange(statements.Select(Parse));
        _replacements.Add(replaced, replacement);
    }

    private List<StatementSyntax> Before(Anchor anchor, bool returnsNothing)
    {
        if (!_before.TryGetValue(anchor.Node, out var before))
        {
            _before.Add(anchor.Node, before = (anchor, returnsNothing, []));
        }

        return before.Statements;
    }

    /// <summary>The root with all edits applied.</summary>
    public CompilationUnitSyntax Apply()
    {
        var changed = _before.Values.Select(static before => before.Anchor.Container)
            .Concat(_replacements.Keys)
            .Concat(_changes.Keys)
            .Concat(_removed.Concat(_after.Keys).Select(ContainerOf))
            .Distinct();
        return root.ReplaceNodes(changed, Rewrite);
    }

    private SyntaxNode Rewrite(SyntaxNode original, SyntaxNode rewritten)
    {
        if (_replacements.TryGetValue(original, out var replacement))
        {
            return replacement.WithTriviaFrom(rewritten);
        }

        if (_changes.TryGetValue(original, out var change))
        {
            return change(rewritten);
        }

        return (original, rewritten) switch
        {
            (BlockSyntax before, BlockSyntax after) => after.WithStatements(Expand(before.Statements, after.Statements)),
            (SwitchSectionSyntax before, SwitchSectionSyntax after) => after.WithStatements(Expand(before.Statements, after.Statements)),
            (CompilationUnitSyntax before, CompilationUnitSyntax after) => after.WithMembers(Expand(before.Members, after.Members)),
            _ when _before[original] is { Anchor.HasExpressionBody: true } before
                => ExpressionBody.ToBlock(rewritten, before.Statements, before.ReturnsNothing, _newLine, EnclosureOf(original)),
            (_, StatementSyntax after) when EnclosureOf(original) is { } enclose
                => Block([], enclose(_before[original].Statements.Append(after.WithoutLeadingTrivia()))),
            (_, StatementSyntax after) => Block(_before[original].Statements, after),
            _ => rewritten,
        };
    }

    private SyntaxList<StatementSyntax> Expand(SyntaxList<StatementSyntax> originals, SyntaxList<StatementSyntax> rewritten)
    {
        var expanded = new List<StatementSyntax>();
        for (var i = 0; i < originals.Count; i++)
        {
            if (_removed.Contains(originals[i]))
            {
                if (i + 1 < originals.Count && HasComment(rewritten[i]))
                {
                    var next = rewritten[i + 1];
                    var leading = Unindented(rewritten[i]).AddRange(next.GetLeadingTrivia());
                    rewritten = rewritten.Replace(next, next.WithLeadingTrivia(leading));
                }
                else if (i + 1 < originals.Count && expanded.Count == 0)
                {
                    rewritten = rewritten.Replace(rewritten[i + 1], WithoutEmptyLineAbove(rewritten[i + 1]));
                }
            }
            else
            {
                expanded.AddRange(Surround(originals[i], rewritten[i]));
            }
        }

        return SyntaxFactory.List(expanded);
    }

    private SyntaxList<MemberDeclarationSyntax> Expand(
        SyntaxList<MemberDeclarationSyntax> originals, SyntaxList<MemberDeclarationSyntax> rewritten)
    {
        var expanded = new List<MemberDeclarationSyntax>();
        for (var i = 0; i < originals.Count; i++)
        {
            if (originals[i] is GlobalStatementSyntax { Statement: var gone } && _removed.Contains(gone))
            {
                continue;
            }

            if (originals[i] is GlobalStatementSyntax { Statement: var original }
                && rewritten[i] is GlobalStatementSyntax { Statement: var statement }
                && (IsPreceded(original, out _) || _after.ContainsKey(original)))
            {
                expanded.AddRange(Surround(original, statement).Select(SyntaxFactory.GlobalStatement));
            }
            else
            {
                expanded.Add(rewritten[i]);
            }
        }

        return SyntaxFactory.List(expanded);
    }

    private static SyntaxNode ContainerOf(StatementSyntax statement)
        => statement.Parent is GlobalStatementSyntax { Parent: { } program } ? program : statement.Parent!;

    private static SyntaxTriviaList Unindented(SyntaxNode node)
        => node.GetLeadingTrivia() is [.., { RawKind: (int)SyntaxKind.WhitespaceTrivia }] and var leading
            ? leading.RemoveAt(leading.Count - 1)
            : node.GetLeadingTrivia();

    private static StatementSyntax WithoutEmptyLineAbove(StatementSyntax statement)
        => statement.GetLeadingTrivia() is [{ RawKind: (int)SyntaxKind.EndOfLineTrivia }, ..] and var leading
            ? statement.WithLeadingTrivia(leading.RemoveAt(0))
            : statement;

    private static bool HasComment(SyntaxNode node)
    {
        foreach (var trivia in node.GetLeadingTrivia())
        {
            if (trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia)
            {
                return true;
            }
        }

        return false;
    }

    private IEnumerable<StatementSyntax> Surround(StatementSyntax original, StatementSyntax rewritten)
    {
        var preceded = !IsPreceded(original, out var prelude) ? [rewritten]
            : EnclosureOf(original) is { } enclose
                ? [enclose(prelude.Append(rewritten.WithoutLeadingTrivia())).WithLeadingTrivia(rewritten.GetLeadingTrivia())]
            : Precede(rewritten, prelude);
        return _after.TryGetValue(original, out var after) ? preceded.Concat(after) : preceded;
    }

    // A local function with an expression body is a statement as well, but the inserted statements go into its body.
    private bool IsPreceded(StatementSyntax statement, out List<StatementSyntax> prelude)
    {
        var isPreceded = _before.TryGetValue(statement, out var before) && !before.Anchor.HasExpressionBody;
        prelude = before.Statements;
        return isPreceded;
    }

    // The trivia above the statement, including comments, moves above the first inserted statement. The inserted statements have no
    // indentation: the formatter indents them as a whole.
    private static IEnumerable<StatementSyntax> Precede(StatementSyntax statement, List<StatementSyntax> prelude)
    {
        var leading = statement.GetLeadingTrivia();
        var indentation = SyntaxFactory.TriviaList();
        if (leading is [.., { RawKind: (int)SyntaxKind.WhitespaceTrivia } space])
        {
            indentation = indentation.Add(space);
            leading = leading.RemoveAt(leading.Count - 1);
        }

        for (var i = 0; i < prelude.Count; i++)
        {
            yield return i == 0 ? prelude[i].WithLeadingTrivia(leading) : prelude[i];
        }

        yield return statement.WithLeadingTrivia(indentation);
    }

    // The formatter indents a lambda in the first statement as a whole only if the statement begins a line.
    private Func<IEnumerable<StatementSyntax>, StatementSyntax>? EnclosureOf(SyntaxNode node)
    {
        if (!_enclosed.TryGetValue(node, out var resource))
        {
            return null;
        }

        var text = $"using ({resource})\n{{\n}}{(IsApart(node) ? "" : "\n")}";
        return statements =>
        {
            var enclosure = (UsingStatementSyntax)Parse(text);
            var block = SyntaxFactory.Block(statements);
            return enclosure
                .WithStatement(block.WithOpenBraceToken(block.OpenBraceToken.WithTrailingTrivia(SyntaxFactory.EndOfLine(_newLine))))
                .WithTrailingTrivia(enclosure.GetTrailingTrivia());
        };
    }

    // Whether an empty line, a closing brace or the end of the file follows a node.
    private static bool IsApart(SyntaxNode node)
        => node.GetLastToken().GetNextToken() is var next
            && (next.Kind() is SyntaxKind.CloseBraceToken or SyntaxKind.EndOfFileToken or SyntaxKind.None
                || next.LeadingTrivia is [{ RawKind: (int)SyntaxKind.EndOfLineTrivia }, ..]);

    private BlockSyntax Block(List<StatementSyntax> prelude, StatementSyntax statement)
        => SyntaxFactory.Block(prelude.Append(statement.WithoutLeadingTrivia()))
            .WithLeadingTrivia(statement.GetLeadingTrivia())
            .WithTrailingTrivia(SyntaxFactory.EndOfLine(_newLine))
            .WithAdditionalAnnotations(Formatter.Annotation);

    // Uses the expression itself, not its text, because a string of several lines must not change.
    private LocalDeclarationStatementSyntax Declare(string name, string type, ExpressionSyntax value)
    {
        var declaration = (LocalDeclarationStatementSyntax)Parse($"{type} {name} = null;");
        return declaration.ReplaceNode(declaration.Declaration.Variables[0].Initializer!.Value, value);
    }

    private StatementSyntax Parse(string text) => CodeText.Statement(text, _newLine);
}
