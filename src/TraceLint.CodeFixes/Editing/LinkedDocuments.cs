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
    private readonly LanguageVersion _language;

    private LinkedDocuments(ImmutableArray<Document> documents, ImmutableArray<DocumentId> withSameText, SourceText text, bool hasDirectives)
    {
        (Documents, WithSameText, Text, HasDirectives) = (documents, withSameText, text, hasDirectives);
        _language = LanguageOf(documents[0]);
    }

    /// <summary>All of them with one text, in an order that does not depend on the one asked for: the lowest language version comes first.</summary>
    public ImmutableArray<Document> Documents { get; }

    /// <summary>Those that have this text, in the same order: a tool that runs several fixes may have changed some of the others, and not saved them.</summary>
    public ImmutableArray<DocumentId> WithSameText { get; }

    public SourceText Text { get; }

    /// <summary>Whether there is an <c>#if</c>, or another directive, in the file.</summary>
    public bool HasDirectives { get; }

    /// <summary>The lowest language version that a document's file is compiled with.</summary>
    public static LanguageVersion LowestLanguage(Document document)
        => document.GetLinkedDocumentIds().Select(document.Project.Solution.GetDocument).OfType<Document>().Append(document).Min(LanguageOf);

    /// <summary>The documents of a document's file.</summary>
    public static async Task<LinkedDocuments> OfAsync(Document document, CancellationToken cancellation)
    {
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var (documents, others) = (new List<Document> { document }, new HashSet<DocumentId>());
        foreach (var linked in document.GetLinkedDocumentIds().Select(document.Project.Solution.GetDocument).OfType<Document>())
        {
            var isSame = text.ContentEquals(await linked.GetTextAsync(cancellation).ConfigureAwait(false));
            documents.Add(isSame ? linked : linked.WithText(text));
            if (!isSame)
            {
                others.Add(linked.Id);
            }
        }

        var ordered = documents.OrderBy(LanguageOf)
            // What is written for nullable annotations compiles without them, but not the other way round.
            .ThenByDescending(static document => document.Project.CompilationOptions?.NullableContextOptions)
            .ThenBy(static document => document.Project.Name, StringComparer.Ordinal)
            .ThenBy(static document => document.Project.FilePath, StringComparer.Ordinal)
            .ToImmutableArray();
        return new(
            ordered,
            ordered.Select(static document => document.Id).Where(id => !others.Contains(id)).ToImmutableArray(),
            text,
            await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is { ContainsDirectives: true });
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
        var lowered = LanguageOf(document) == _language
            ? document
            : document.Project.Solution
                .WithProjectParseOptions(document.Project.Id, ((CSharpParseOptions)document.Project.ParseOptions!).WithLanguageVersion(_language))
                .GetDocument(document.Id)!;
        var root = (await lowered.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        var here = reported.GroupBy(static diagnostic => (diagnostic.Id, diagnostic.Location.SourceSpan))
            .Select(same => same.FirstOrDefault(diagnostic => diagnostic.Location.SourceTree == original) ?? same.First())
            .Select(diagnostic => Move(diagnostic, tree => tree.FilePath == root.SyntaxTree.FilePath ? root : null))
            .OfType<Diagnostic>();
        return (lowered, here.ToImmutableArray());
    }

    /// <summary>The same diagnostic in another project that has the files it points to.</summary>
    /// <returns>Null when it points to a file that is not there, or to code that is not active there.</returns>
    public static async Task<Diagnostic?> MoveAsync(Diagnostic diagnostic, Project project, CancellationToken cancellation)
    {
        var roots = new Dictionary<SyntaxTree, SyntaxNode?>();
        foreach (var tree in diagnostic.AdditionalLocations.Prepend(diagnostic.Location).Select(static location => location.SourceTree).OfType<SyntaxTree>())
        {
            if (project.Solution.GetDocument(tree) is not { } document)
            {
                roots[tree] = null;
                continue;
            }

            if (document.GetLinkedDocumentIds().Add(document.Id).Where(id => id.ProjectId == project.Id).Select(project.GetDocument).FirstOrDefault() is not { } linked)
            {
                return null;
            }

            roots[tree] = await linked.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        }

        return Move(diagnostic, tree => roots[tree]);
    }

    /// <summary>A solution in which the documents that have this text have another one.</summary>
    public Solution WithText(SourceText text, Solution solution)
    {
        foreach (var id in WithSameText)
        {
            solution = solution.WithDocumentText(id, text);
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

            var file = await OfAsync(solution.GetDocument(id)!, cancellation).ConfigureAwait(false);
            spread = file.WithText(text, spread);
            foreach (var linked in file.WithSameText)
            {
                affected[linked] = text;
            }
        }

        foreach (var id in affected.Keys)
        {
            if (await CompileCheck.HasNewErrorsAsync(solution.GetDocument(id)!, spread.GetDocument(id)!, cancellation).ConfigureAwait(false))
            {
                return null;
            }
        }

        return spread;
    }

    // Null where it points to code that an #if leaves out. A location stays where it is when there is no root for its tree.
    private static Diagnostic? Move(Diagnostic diagnostic, Func<SyntaxTree, SyntaxNode?> rootFor)
    {
        var (location, others) = (At(diagnostic.Location), diagnostic.AdditionalLocations.Select(At).ToList());
        return location is null || others.Contains(null) ? null : Diagnostic.Create(diagnostic.Descriptor, location, others!, diagnostic.Properties);

        Location? At(Location original)
            => original.SourceTree is not { } tree || rootFor(tree) is not { } root ? original
                : root.FindToken(original.SourceSpan.Start).Span.Contains(original.SourceSpan.Start) ? Location.Create(root.SyntaxTree, original.SourceSpan)
                : null;
    }

    private static LanguageVersion LanguageOf(Document document)
        => document.Project.ParseOptions is CSharpParseOptions options ? options.LanguageVersion : LanguageVersion.CSharp1;
}
