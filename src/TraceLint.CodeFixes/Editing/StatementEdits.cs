using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Editing;

/// <summary>Replaces statements by one or more others, collected for a document and applied in one pass, including nested ones.</summary>
internal sealed class StatementEdits(CompilationUnitSyntax root)
{
    private readonly Dictionary<StatementSyntax, Func<StatementSyntax, IReadOnlyList<StatementSyntax>>> _edits = [];

    public bool IsEmpty => _edits.Count == 0;

    /// <summary>Whether a statement is in a list, so that several statements can replace it.</summary>
    public static bool IsInList(StatementSyntax statement)
        => statement.Parent is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax;

    /// <summary>Replaces a statement.</summary>
    /// <param name="edit">Returns the replacement, given the statement after the edits inside it.</param>
    public bool Add(StatementSyntax statement, Func<StatementSyntax, IReadOnlyList<StatementSyntax>> edit)
    {
        if (_edits.ContainsKey(statement))
        {
            return false;
        }

        _edits.Add(statement, edit);
        return true;
    }

    public CompilationUnitSyntax Apply()
    {
        return root.ReplaceNodes(_edits.Keys.Select(ChangedBy).Distinct(), (original, rewritten) => (original, rewritten) switch
        {
            (BlockSyntax before, BlockSyntax after) => after.WithStatements(Expand(before.Statements, after.Statements)),
            (SwitchSectionSyntax before, SwitchSectionSyntax after) => after.WithStatements(Expand(before.Statements, after.Statements)),
            (CompilationUnitSyntax before, CompilationUnitSyntax after) => after.WithMembers(Expand(before.Members, after.Members)),
            (StatementSyntax before, StatementSyntax after) => _edits[before](after)[0],
            _ => rewritten,
        });
    }

    private static SyntaxNode ChangedBy(StatementSyntax statement)
        => statement.Parent is GlobalStatementSyntax { Parent: { } program } ? program
            : IsInList(statement) ? statement.Parent!
            : statement;

    private SyntaxList<StatementSyntax> Expand(SyntaxList<StatementSyntax> originals, SyntaxList<StatementSyntax> rewritten)
        => SyntaxFactory.List(originals.Zip(rewritten, (before, after) => Edited(before, after)).SelectMany(static edited => edited));

    private SyntaxList<MemberDeclarationSyntax> Expand(
        SyntaxList<MemberDeclarationSyntax> originals, SyntaxList<MemberDeclarationSyntax> rewritten)
        => SyntaxFactory.List(originals.Zip(rewritten, (before, after) => Edited(before, after)).SelectMany(static edited => edited));

    private IEnumerable<MemberDeclarationSyntax> Edited(MemberDeclarationSyntax original, MemberDeclarationSyntax rewritten)
        => original is GlobalStatementSyntax { Statement: var before }
            && rewritten is GlobalStatementSyntax { Statement: var after }
            && _edits.ContainsKey(before)
                ? Edited(before, after).Select(SyntaxFactory.GlobalStatement)
                : [rewritten];

    private IReadOnlyList<StatementSyntax> Edited(StatementSyntax original, StatementSyntax rewritten)
        => _edits.TryGetValue(original, out var edit) ? edit(rewritten) : [rewritten];
}
