using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using TraceLint.Engine;
using TraceLint.Flow;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Engine;

/// <summary>
/// Small bodies for the engine. In them, <c>Sent()</c> is what another process sent, <c>Own()</c> is the id of a span of this process, and
/// <c>P(value)</c> starts a span with the value as the text of its parent.
/// </summary>
internal static class Origins
{
    /// <summary>The origins of the value in each <c>P(value)</c> of a body, in the order of the code.</summary>
    /// <param name="statements">The body of a method with the parameters <c>bool flag, string[] items, string given</c>.</param>
    /// <param name="members">Other members of the type.</param>
    /// <returns>S for sent, O for own, P for a parameter, - for none, ! for a place that is never reached; separated by blanks.</returns>
    public static string In(string statements, string members = "")
        => string.Join(" ", StartsIn(statements, members).Select(static starts => Letters(starts)));

    /// <summary>The text of the value in each <c>P(value)</c>, with a star for each part that is not a constant.</summary>
    /// <returns>The texts, separated by commas; a question mark where it is not known what a text is composed of.</returns>
    public static string TextsIn(string statements, string members = "")
        => string.Join(", ", StartsIn(statements, members).Select(static starts => TextOf(starts.Single().Call.Argument("parentId")!)));

    /// <summary>The code that the value in each <c>P(value)</c> comes from, separated by commas.</summary>
    public static string SourcesIn(string statements, string members = "")
        => string.Join(", ", StartsIn(statements, members).Select(
            static starts => string.Join("|", starts.Single().Call.Argument("parentId")!.Sources.Select(static source => source.Syntax))));

    private static string TextOf(Value value)
        => value.Text?.Template.Replace(ComposedText.Hole, '*') ?? value.Constant as string ?? "?";

    private static List<IEnumerable<SpanCreated>> StartsIn(string statements, string members)
    {
        var code = Expand($$"""
            using System;
            using System.Collections.Generic;
            using System.Diagnostics;
            using System.Linq;
            using System.Text;
            using System.Threading.Tasks;

            public partial class Sample
            {
                private static readonly ActivitySource source = new("sample");

                public async Task Body(bool flag, string[] items, string given)
                {
                    await Task.Yield();
                    {{statements}}
                }

                {{members}}
            }
            """);
        var tree = CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.Preview));
        var compilation = CSharpCompilation.Create(
            "Sample", [tree], References.Newest, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Empty(compilation.GetDiagnostics().Where(static one => one.Severity is DiagnosticSeverity.Error));

        var context = CompilationContext.For(compilation, new AnalyzerOptions(ImmutableArray<AdditionalText>.Empty));
        var body = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().First(static method => method.Identifier.ValueText == "Body");
        var analysis = CodeBodies.In(context).AnalysisOf(body.Body!, CancellationToken.None)!;
        var starts = tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(static call => call.Expression.ToString() == "source.StartActivity");
        return [.. starts.Select(start => analysis.Events.OfType<SpanCreated>().Where(one => one.Operation.Syntax == start))];
    }

    private static string Expand(string code)
    {
        code = Regex.Replace(code, @"\bP\(", "source.StartActivity(\"name\", ActivityKind.Internal, ");
        code = code.Replace("Sent()", "Environment.GetEnvironmentVariable(\"SENT\")!", StringComparison.Ordinal);
        return code.Replace("Own()", "Activity.Current!.Id!", StringComparison.Ordinal);
    }

    private static string Letters(IEnumerable<SpanCreated> starts)
    {
        var origins = starts.Select(static start => start.Call.Argument("parentId")!.Origin).ToList();
        if (origins.Count == 0)
        {
            return "!";
        }

        var origin = origins.Aggregate(static (one, other) => one | other);
        var letters = $"{(origin.HasFlag(Origin.OtherProcess) ? "S" : "")}{(origin.HasFlag(Origin.OwnSpan) ? "O" : "")}{(origin.HasFlag(Origin.Parameter) ? "P" : "")}";
        return letters.Length == 0 ? "-" : letters;
    }
}
