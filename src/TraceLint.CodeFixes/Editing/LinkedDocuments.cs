using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace TraceLint.Editing;

/// <summary>
/// A file, and the documents that show it: one in each project, and in each target framework, that compiles it. There is one
/// text for all of them, so a fix must write what every one of them can compile, and the same whichever of them asks.
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

    /// <summary>All of them with one text, in an order that does not depend on the one asked for: the lowest language version comes first.</summary>
    public ImmutableArray<Document> Documents { get; }

    /// <summary>
    /// The text of all of them. Where a tool runs several fixes before it saves anything, another fix may have changed some of the documents;
    /// its changes are in this text.
    /// </summary>
    public SourceText Text { get; }

    /// <summary>Whether there is an <c>#if</c>, or another directive, in the file.</summary>
    public bool HasDirectives { get; }

    /// <summary>Whether all of them have this text already.</summary>
    public bool AreEqual => _texts.Values.All(Text.ContentEquals);

    /// <summary>The lowest language version that a document's file is compiled with.</summary>
    public static LanguageVersion LowestLanguage(Document document)
        => LinkedTo(document).Append(document).Min(LanguageOf);

    /// <summary>The documents of a document's file.</summary>
    /// <returns>Null when they have texts that cannot be joined.</returns>
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
            // What is written for nullable annotations compiles without them, but not the other way round.
            .ThenByDescending(static document => document.Project.CompilationOptions?.NullableContextOptions)
            .ThenBy(static document => document.Project.Name, StringComparer.Ordinal)
            .ThenBy(static document => document.Project.FilePath, StringComparer.Ordinal)
            .Select(document => text.ContentEquals(texts[document.Id]) ? document : document.WithText(text));
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        return new(ordered.ToImmutableArray(), text, texts, root is { ContainsDirectives: true });
    }

    /// <summary>What is reported in one of the documents as it is, at the same places in the text of all.</summary>
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
    /// One of the documents, to compute a fix in, and what is reported in it: with the lowest language version of all, and without what
    /// is reported in code that is not active there.
    /// </summary>
    /// <param name="document">One of the documents.</param>
    /// <param name="reported">What is reported in any of them.</param>
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

    /// <summary>The same diagnostic in another project that has the files it points to.</summary>
    /// <returns>Null when it points to a file that is not there, or to code that is not active there.</returns>
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

    /// <summary>A solution in which all of them have another text.</summary>
    public Solution WithText(SourceText text, Solution solution)
    {
        foreach (var document in Documents)
        {
            solution = solution.WithDocumentText(document.Id, text);
        }

        return solution;
    }

    /// <summary>Gives what a fix has made of some documents to every document of their files.</summary>
    /// <returns>Null when it does not compile in one of them, or two of them were given different texts.</returns>
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

    // The text that all documents have, or would have if those were saved that have been changed.
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

    // Null where a location is nowhere else.
    private static Diagnostic? Move(Diagnostic diagnostic, Func<Location, Location?> to)
    {
        var (location, others) = (to(diagnostic.Location), diagnostic.AdditionalLocations.Select(to).ToList());
        return location is null || others.Contains(null)
            ? null
            : Diagnostic.Create(diagnostic.Descriptor, location, others!, diagnostic.Properties);
    }

    // Null where it is in code that an #if leaves out.
    private static Location? ActiveIn(SyntaxNode root, Location location)
        => root.FindToken(location.SourceSpan.Start).Span.Contains(location.SourceSpan.Start)
            ? Location.Create(root.SyntaxTree, location.SourceSpan)
            : null;

    private static LanguageVersion LanguageOf(Document document)
        => document.Project.ParseOptions is CSharpParseOptions options ? options.LanguageVersion : LanguageVersion.CSharp1;
}
