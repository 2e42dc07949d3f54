using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace TraceLint.Tests.Ide;

/// <summary>What holds for the light bulb at any squiggle.</summary>
internal static partial class LightBulbCheck
{
    private const int LongestTitle = 79;

    private static readonly HashSet<string> s_verbs =
    [
        "Await", "Capture", "Extract", "Flow", "Include", "Inject", "Make", "Mark", "Move", "Pass", "Propagate",
        "Read", "Remove", "Request", "Restore", "Return", "Start", "Stop", "Store", "Use",
    ];

    /// <summary>Opens the light bulb, twice at the same time, previews, applies and undoes each action.</summary>
    /// <returns>The number of actions.</returns>
    public static async Task<int> VerifyAsync(EditorSession session, Diagnostic squiggle)
    {
        var before = session.Solution;
        var twice = await Task.WhenAll(Task.Run(() => session.LightBulbAsync(squiggle)), Task.Run(() => session.LightBulbAsync(squiggle)));
        Assert.Same(before, session.Solution);
        var (actions, again) = (twice[0], twice[1]);
        AssertReadable(actions);
        Assert.Equal(
            actions.Select(static action => (action.Title, action.EquivalenceKey)),
            again.Select(static action => (action.Title, action.EquivalenceKey)));
        var errors = await session.ErrorsAsync();
        foreach (var (action, same) in actions.Zip(again))
        {
            var preview = await EditorSession.PreviewAsync(action);
            Assert.Empty(ChangesOf(before, session.Solution));
            Assert.Equal(ChangesOf(before, preview), ChangesOf(before, await EditorSession.PreviewAsync(same)));
            await AssertSmallAsync(before, preview, squiggle);

            await session.ApplyAsync(action);
            Assert.Equal(ChangesOf(before, preview), ChangesOf(before, session.Solution));
            Assert.Equal(errors.Count, (await session.ErrorsAsync()).Count);
            await AssertGoneAsync(session, squiggle, before);

            session.Undo();
            Assert.Empty(ChangesOf(before, session.Solution));
        }

        return actions.Count;
    }

    private static void AssertReadable(IReadOnlyList<CodeAction> actions)
    {
        Assert.Equal(actions.Count, actions.Select(static action => action.Title).Distinct().Count());
        Assert.Equal(actions.Count, actions.Select(static action => action.EquivalenceKey).Distinct().Count());
        Assert.All(actions, static action =>
        {
            Assert.Contains(action.Title.Split(' ')[0], s_verbs);
            Assert.True(action.Title.Length <= LongestTitle, action.Title);
            Assert.Matches(Words(), action.Title);
            Assert.Matches(Key(), action.EquivalenceKey);
        });
    }

    // The document's diagnostics of the rule are fewer, so nothing is offered there any more.
    private static async Task AssertGoneAsync(EditorSession session, Diagnostic squiggle, Solution before)
    {
        var document = before.GetDocument(squiggle.Location.SourceTree)!;
        var left = (await session.SquigglesAsync(document.Name)).Count(one => one.Id == squiggle.Id);
        session.Undo();
        var had = (await session.SquigglesAsync(document.Name)).Count(one => one.Id == squiggle.Id);
        session.Redo();
        Assert.True(left < had, $"{squiggle} is still reported:\n{session.Text(document.Name)}");
    }

    // What the user sees change is the member with the squiggle, what it names or the diagnostic refers to, a member that the fix adds, and
    // the usings.
    private static async Task AssertSmallAsync(Solution before, Solution after, Diagnostic squiggle)
    {
        var document = before.GetDocument(squiggle.Location.SourceTree)!;
        var changed = after.GetDocument(document.Id)!;
        var (root, newRoot) = ((await document.GetSyntaxRootAsync())!, (await changed.GetSyntaxRootAsync())!);
        var about = squiggle.AdditionalLocations.Prepend(squiggle.Location).Where(one => one.SourceTree == root.SyntaxTree)
            .Select(one => MemberAt(root, one.SourceSpan.Start)).ToList();
        var named = about[0].DescendantTokens().Select(static token => token.ValueText).ToHashSet();
        about.AddRange(root.DescendantNodes().OfType<MemberDeclarationSyntax>().Where(one => named.Contains(NameOf(one))));
        var known = root.DescendantNodes().OfType<MemberDeclarationSyntax>().Select(NameOf).ToHashSet();
        var shift = 0;
        foreach (var change in await changed.GetTextChangesAsync(document))
        {
            var added = new TextSpan(change.Span.Start + shift, change.NewText!.Length);
            shift += change.NewText.Length - change.Span.Length;
            Assert.True(
                IsUsing(change, root)
                    || about.Exists(one => one.FullSpan.Contains(change.Span))
                    || NewMembers(newRoot, known).Any(one => one.FullSpan.Contains(added))
                    || string.IsNullOrWhiteSpace(change.NewText + root.GetText().ToString(change.Span)),
                $"{squiggle}: '{change}' is outside of:\n{about[0]}");
        }
    }

    private static bool IsUsing(TextChange change, SyntaxNode root)
        => change.Span.IsEmpty && change.Span.Start <= FirstType(root)
            && change.NewText!.Trim() is ['u', 's', 'i', 'n', 'g', ' ', .. var rest] && !rest.Contains('(');

    private static int FirstType(SyntaxNode root)
        => root.DescendantNodes().FirstOrDefault(static node => node is BaseTypeDeclarationSyntax or GlobalStatementSyntax)?.SpanStart ?? 0;

    private static SyntaxNode MemberAt(SyntaxNode root, int position)
        => root.FindToken(position).Parent!.FirstAncestorOrSelf<MemberDeclarationSyntax>(static node
            => node is not (BaseTypeDeclarationSyntax or GlobalStatementSyntax)) ?? root;

    private static IEnumerable<MemberDeclarationSyntax> NewMembers(SyntaxNode root, HashSet<string> known)
        => root.DescendantNodes().OfType<MemberDeclarationSyntax>().Where(member => !known.Contains(NameOf(member)));

    private static string NameOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        BaseFieldDeclarationSyntax field => field.Declaration.Variables.ToString(),
        _ => member.Kind().ToString(),
    };

    private static IReadOnlyList<string> ChangesOf(Solution before, Solution after)
        => [.. after.GetChanges(before).GetProjectChanges().SelectMany(static project => project.GetChangedDocuments())
            .Where(id => !EditorSession.TextOf(after.GetDocument(id)!).ContentEquals(EditorSession.TextOf(before.GetDocument(id)!)))
            .Select(id => $"{after.GetDocument(id)!.Name}: {EditorSession.TextOf(after.GetDocument(id)!)}")];

    // Words, and names such as Activity.Current; no signature, no full stop.
    [GeneratedRegex(@"^[A-Z][A-Za-z']*( [A-Za-z']+(\.[A-Z][A-Za-z]*)?)+$")]
    private static partial Regex Words();

    [GeneratedRegex(@"^TL\d{4}\.[A-Z]\w+$")]
    private static partial Regex Key();
}
