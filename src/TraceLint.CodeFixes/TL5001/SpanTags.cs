using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Editing;

namespace TraceLint;

/// <summary>Changes names of spans and sets tags right after the spans are started, for a whole document.</summary>
internal sealed class SpanTags
{
    private readonly Dictionary<SyntaxNode, SyntaxNode> _names = [];
    private readonly List<(StatementSyntax Start, string[] Tags)> _tags = [];

    /// <summary>Changes the name of a span and sets tags on it.</summary>
    public void Add(ExpressionSyntax name, ExpressionSyntax constant, SpanVariable span, IEnumerable<string> tags)
    {
        _names[name] = constant.WithTriviaFrom(name);
        _tags.Add((span.Statement, [.. tags]));
    }

    /// <summary>The changed root; null when nothing changes.</summary>
    public CompilationUnitSyntax? Apply(CompilationUnitSyntax root)
    {
        if (_names.Count == 0)
        {
            return null;
        }

        var newLine = LineEnding.Of(root.SyntaxTree.GetText());
        var tracked = root.TrackNodes(_names.Keys.Concat(_tags.Select(static tag => tag.Start)).Distinct());
        tracked = tracked.ReplaceNodes(
            _names.Keys.Select(name => tracked.GetCurrentNode(name)!),
            (original, _) => _names.First(pair => tracked.GetCurrentNode(pair.Key) == original).Value);
        foreach (var (start, tags) in _tags)
        {
            var statement = tracked.GetCurrentNode(start)!;
            var added = tags.Select(tag => Statement(tag, Indentation(statement), newLine)).ToList();
            tracked = statement switch
            {
                UsingStatementSyntax { Statement: BlockSyntax block }
                    => tracked.ReplaceNode(block, block.WithStatements(block.Statements.InsertRange(0, added))),
                { Parent: GlobalStatementSyntax global } => tracked.InsertNodesAfter(global, added.Select(SyntaxFactory.GlobalStatement)),
                _ => tracked.InsertNodesAfter(statement, added),
            };
        }

        return tracked;
    }

    private static StatementSyntax Statement(string text, SyntaxTriviaList indentation, string newLine)
        => CodeText.Statement(text, newLine).WithLeadingTrivia(indentation);

    private static SyntaxTriviaList Indentation(SyntaxNode statement)
        => statement.GetLeadingTrivia() is [.., { RawKind: (int)SyntaxKind.WhitespaceTrivia } space]
            ? SyntaxFactory.TriviaList(space)
            : default;
}
