using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Tests.Verification;

/// <summary>The ids of what all rules together report in some members of a case, in order.</summary>
/// <param name="Label">The name of the row.</param>
/// <param name="Members">The members, as <c>Type.Method</c>, separated by spaces.</param>
/// <param name="Right">What should be reported in them.</param>
internal sealed record CaseRow(string Label, string Members, string Right)
{
    /// <summary>What is reported today, where that is wrong.</summary>
    public string? Known { get; init; }

    public IEnumerable<string> MemberNames => Members.Split(' ');

    /// <summary>Fails when the row is not answered as it says.</summary>
    public void Check(IReadOnlyList<(string Member, string Id)> answers)
    {
        var ids = answers.Where(answer => MemberNames.Contains(answer.Member)).Select(static answer => answer.Id);
        var answer = string.Join(' ', ids.Order(StringComparer.Ordinal));
        Verification.Known.Check(Right == answer, answer, Right, Known);
    }

    /// <summary>Each diagnostic in a compilation, with the member that it is in.</summary>
    public static async Task<IReadOnlyList<(string Member, string Id)>> AnswersAsync(CSharpCompilation compilation)
    {
        Assert.Empty(compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return [.. (await Analysis.RunAsync(compilation)).Select(static diagnostic => (MemberAt(diagnostic.Location), diagnostic.Id))];
    }

    /// <summary>The names of the methods of a compilation, as rows have them.</summary>
    public static IEnumerable<string> NamesIn(CSharpCompilation compilation)
        => compilation.SyntaxTrees.SelectMany(static tree => tree.GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>()).Select(NameOf).OfType<string>();

    private static string MemberAt(Location location)
        => location.SourceTree!.GetRoot().FindNode(location.SourceSpan).AncestorsAndSelf().OfType<MemberDeclarationSyntax>().Select(NameOf).OfType<string>().Last();

    // A field is a member too: a block of TPL Dataflow may be made there.
    private static string? NameOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => $"{TypeOf(method)}.{method.Identifier.ValueText}",
        FieldDeclarationSyntax { Declaration.Variables: [{ Identifier.ValueText: var name }, ..] } field => $"{TypeOf(field)}.{name}",
        _ => null,
    };

    // An extension block has no name.
    private static string TypeOf(MemberDeclarationSyntax member)
        => member.Ancestors().OfType<TypeDeclarationSyntax>().First(static type => type.Identifier.ValueText.Length > 0).Identifier.ValueText;
}
