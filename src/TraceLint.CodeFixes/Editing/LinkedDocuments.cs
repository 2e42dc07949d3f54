using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace TraceLint.Editing;

/// <summary>
/// A file and its linked documents: one for each project and target framework that compiles the file. They share one text, so a fix must
/// write text that compiles in all of them, and the same text whichever of them it is applied to.
/// </summary>
internal sealed class LinkedDocuments
{
    private readonly Dictionary<DocumentId, SourceText> _texts;
    private readonly LanguageVersion _language;

    private LinkedDocuments(
        ImmutableArray<Document> documents, SourceText text, Dictionary<DocumentId, SourceText> texts, bool hasDirectives)
    {
        (Documents, Text, _texts, HasDirectives) = (documents, text, texts, hasDirectives);
        _language = LanguageOf(documents[0]);
    }

    /// <summary>
    /// The linked documents with the same text, the lowest language version first. The order does not depend on the requested document.
    /// </summary>
    public ImmutableArray<Document> Documents { get; }

    /// <summary>
    /// The common text of the linked documents. A tool may apply several fixes before it saves anything, so another fix may have changed
    /// some of the documents only; its changes are part of this text.
    /// </summary>
    public SourceText Text { get; }

    /// <summary>Whether the file contains <c>#if</c> or another directive.</summary>
    public bool HasDirectives { get; }

    /// <summary>Whether all linked documents already have this text.</summary>
    public bool AreEqual => _texts.Values.All(Text.ContentEquals);

    /// <summary>The lowest language version with which the file of a document is compiled.</summary>
    public static LanguageVersion LowestLanguage(Document document)
        => LinkedTo(document).Append(document).Min(LanguageOf);

    /// <summary>The linked documents of a document, including itself.</summary>
    /// <returns>Null when their texts differ in a way that cannot be merged.</returns>
    public static async Task<LinkedDocuments?> OfAsync(Document document, CancellationToken cancellation)
    {
        var (documents, texts) = (new List<Document>(), new Dictionary<DocumentId, SourceText>());
        foreach (var linked in LinkedTo(document).Prepend(document))
        {
            documents.Add(linked);
            texts[linked.Id] = await linked.GetTextAsync(cancellation).ConfigureAwait(false);
        }

        if (await JoinAsync(document, texts.Values, cancellation).ConfigureAwait(false) is not { } text)
        {
            return null;
        }

        var ordered = documents.OrderBy(LanguageOf)
            // Code written for nullable annotations also compiles without them, but not the other way round.
            .ThenByDescending(static document => document.Project.CompilationOptions?.NullableContextOptions)
            .ThenBy(static document => document.Project.Name, StringComparer.Ordinal)
            .ThenBy(static document => document.Project.FilePath, StringComparer.Ordinal)
            .Select(document => text.ContentEquals(texts[document.Id]) ? document : document.WithText(text));
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        return new(ordered.ToImmutableArray(), text, texts, root is { ContainsDirectives: true });
    }

    /// <summary>Maps diagnostics from the text of one document to the common text.</summary>
    public async Task<IEnumerable<Diagnostic>> TranslateAsync(
        IEnumerable<Diagnostic> reported, DocumentId document, CancellationToken cancellation)
    {
        if (Text.ContentEquals(_texts[document]))
        {
            return reported;
        }

        var changes = TextMerge.Changes(_texts[document], Text);
        var tree = await Documents.First(other => other.Id == document).GetSyntaxTreeAsync(cancellation).ConfigureAwait(false);
        return reported.Select(diagnostic => Move(diagnostic, At)).OfType<Diagnostic>();

        Location? At(Location location)
            => location.SourceTree?.FilePath != tree!.FilePath ? location
                : TextMerge.Map(location.SourceSpan, changes) is { } span ? Location.Create(tree, span)
                : null;
    }

    /// <summary>
    /// Prepares one of the documents to compute a fix in it: sets the lowest language version of all, and drops the diagnostics in code
    /// that is not active there.
    /// </summary>
    /// <param name="document">One of the documents.</param>
    /// <param name="reported">The diagnostics of all linked documents.</param>
    public async Task<(Document Document, ImmutableArray<Diagnostic> Diagnostics)> PrepareAsync(
        Document document, ImmutableArray<Diagnostic> reported, CancellationToken cancellation)
    {
        if (Documents.Length == 1)
        {
            return (document, reported);
        }

        var original = await document.GetSyntaxTreeAsync(cancellation).ConfigureAwait(false);
        var options = ((CSharpParseOptions)document.Project.ParseOptions!).WithLanguageVersion(_language);
        var lowered = LanguageOf(document) == _language
            ? document
            : document.Project.Solution.WithProjectParseOptions(document.Project.Id, options).GetDocument(document.Id)!;
        var root = (await lowered.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        var here = reported.GroupBy(static diagnostic => (diagnostic.Id, diagnostic.Location.SourceSpan))
            .Select(same => same.FirstOrDefault(diagnostic => diagnostic.Location.SourceTree == original) ?? same.First())
            .Select(diagnostic => Move(diagnostic, At))
            .OfType<Diagnostic>();
        return (lowered, here.ToImmutableArray());

        Location? At(Location location)
            => location.SourceTree?.FilePath == root.SyntaxTree.FilePath ? ActiveIn(root, location) : location;
    }

    private static IEnumerable<Document> LinkedTo(Document document)
        => document.GetLinkedDocumentIds().Select(document.Project.Solution.GetDocument).OfType<Document>();

    /// <summary>The same diagnostic in another project that compiles the same files.</summary>
    /// <returns>Null when the diagnostic refers to a file or to active code that the other project does not have.</returns>
    public static async Task<Diagnostic?> MoveAsync(Diagnostic diagnostic, Project project, CancellationToken cancellation)
    {
        var roots = new Dictionary<SyntaxTree, SyntaxNode?>();
        var locations = diagnostic.AdditionalLocations.Prepend(diagnostic.Location);
        foreach (var tree in locations.Select(static location => location.SourceTree).OfType<SyntaxTree>())
        {
            if (project.Solution.GetDocument(tree) is not { } document)
            {
                roots[tree] = null;
                continue;
            }

            var inProject = document.GetLinkedDocumentIds().Add(document.Id).Where(id => id.ProjectId == project.Id);
            if (inProject.Select(project.GetDocument).FirstOrDefault() is not { } linked)
            {
                return null;
            }

            roots[tree] = await linked.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        }

        return Move(diagnostic, At);

        Location? At(Location location)
            => location.SourceTree is { } tree && roots[tree] is { } root ? ActiveIn(root, location) : location;
    }

    /// <summary>The solution with a new text for all linked documents.</summary>
    public Solution WithText(SourceText text, Solution solution)
    {
        foreach (var document in Documents)
        {
            solution = solution.WithDocumentText(document.Id, text);
        }

        return solution;
    }

    /// <summary>Copies the texts of the documents that a fix has changed to their linked documents.</summary>
    /// <returns>Null when a text does not compile in one of them, or two linked documents have different new texts.</returns>
    public static async Task<Solution?> SpreadAsync(Solution changed, Solution solution, CancellationToken cancellation)
    {
        var spread = solution;
        var affected = new Dictionary<DocumentId, SourceText>();
        foreach (var id in changed.GetChanges(solution).GetProjectChanges().SelectMany(static project => project.GetChangedDocuments()))
        {
            var text = await changed.GetDocument(id)!.GetTextAsync(cancellation).ConfigureAwait(false);
            if (affected.TryGetValue(id, out var other))
            {
                if (!text.ContentEquals(other))
                {
                    return null;
                }

                continue;
            }

            if (await OfAsync(solution.GetDocument(id)!, cancellation).ConfigureAwait(false) is not { AreEqual: true } file)
            {
                return null;
            }

            spread = file.WithText(text, spread);
            foreach (var linked in file.Documents)
            {
                affected[linked.Id] = text;
            }
        }

        foreach (var id in affected.Keys)
        {
            var (before, after) = (solution.GetDocument(id)!, spread.GetDocument(id)!);
            if (await CompileCheck.HasNewErrorsAsync(before, after, cancellation).ConfigureAwait(false))
            {
                return null;
            }
        }

        return spread;
    }

    // The text of all documents, with the unsaved changes of some of them applied to all.
    private static async Task<SourceText?> JoinAsync(Document document, IEnumerable<SourceText> texts, CancellationToken cancellation)
    {
        var first = texts.First();
        if (texts.All(first.ContentEquals))
        {
            return first;
        }

        if (document.Project.Solution.Workspace.CurrentSolution.GetDocument(document.Id) is not { } saved)
        {
            return null;
        }

        var original = await saved.GetTextAsync(cancellation).ConfigureAwait(false);
        return texts.Aggregate((SourceText?)original, (joined, text) => joined is null ? null : TextMerge.Merge(original, joined, text));
    }

    // Null when a location has no counterpart.
    private static Diagnostic? Move(Diagnostic diagnostic, Func<Location, Location?> to)
    {
        var (location, others) = (to(diagnostic.Location), diagnostic.AdditionalLocations.Select(to).ToList());
        return location is null || others.Contains(null)
            ? null
            : Diagnostic.Create(diagnostic.Descriptor, location, others!, diagnostic.Properties);
    }

    // Null when the location is in code that an #if excludes.
    private static Location? ActiveIn(SyntaxNode root, Location location)
        => root.FindToken(location.SourceSpan.Start).Span.Contains(location.SourceSpan.Start)
            ? Location.Create(root.SyntaxTree, location.SourceSpan)
            : null;

    private static LanguageVersion LanguageOf(Document document)
        => document.Project.ParseOptions is CSharpParseOptions options ? options.LanguageVersion : LanguageVersion.CSharp1;
}
