using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Tests.Robustness.Rewrites;

/// <summary>A change of a file that leaves its meaning as it is: what the rules say must not change.</summary>
/// <param name="Name">What it is called in a report.</param>
/// <param name="Apply">
/// Rewrites the file, and gets its semantic model for it. Returns the files that it becomes: the same one where there is nothing to rewrite.
/// </param>
internal sealed record Rewrite(string Name, Func<CompilationUnitSyntax, SemanticModel, SyntaxNode[]> Apply)
{
    private Rewrite(string name, Func<CompilationUnitSyntax, SemanticModel, SyntaxNode> apply)
        : this(name, (root, model) => [apply(root, model)])
    {
    }

    public static readonly IReadOnlyList<Rewrite> All =
    [
        new("using declaration as try and finally", static (root, _) => new UsingAsTry().Visit(root)),
        new("using declaration as statement", static (root, _) => new UsingAsStatement().Visit(root)),
        new("conditional as if", static (root, model) => new ConditionalAsIf(model).Visit(root)),
        new("if the other way round", static (root, _) => new InvertedIf().Visit(root)),
        new("expression body as block", static (root, model) => new ExpressionAsBlock(model).Visit(root)),
        new("block as expression body", static (root, _) => new BlockAsExpression().Visit(root)),
        new("aliased locals", static (root, _) => new AliasedLocals().Visit(root)),
        new("initializer as assignments", static (root, _) => new InitializerAsAssignments().Visit(root)),
        new("arguments as locals", static (root, model) => new ArgumentsAsLocals(model).Visit(root)),
        new("named arguments", static (root, model) => new NamedArguments(model).Visit(root)),
        new("interpolation as sum", static (root, _) => new InterpolationAsSum().Visit(root)),
        new("extracted values", static (root, model) => new ExtractedMethods(model, ofValues: true).Extract(root)),
        new("extracted statements", static (root, model) => new ExtractedMethods(model, ofValues: false).Extract(root)),
        new("awaited locals", static (root, _) => new AwaitedLocals().Visit(root)),
        new("members in another file", static (root, _) => TwoFiles.Of(root)),
        new("renamed", static (root, model) => Renamed.In(root, model)),
    ];

    public override string ToString() => Name;
}
