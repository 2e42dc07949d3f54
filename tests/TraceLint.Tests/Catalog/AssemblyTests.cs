using TraceLint.Host;

namespace TraceLint.Tests.Catalog;

/// <summary>The assemblies in the package need nothing but what every host has: anything else is a FileNotFoundException in somebody's build.</summary>
public class AssemblyTests
{
    private static readonly string[] s_compiler =
        ["netstandard", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable", "System.Reflection.Metadata"];

    private static readonly string[] s_editor =
        [.. s_compiler, "Microsoft.CodeAnalysis.Workspaces", "Microsoft.CodeAnalysis.CSharp.Workspaces", "System.Composition.AttributedModel", "TraceLint.Analyzers"];

    [Fact]
    public void Analyzers_NeedTheCompilerAlone() => Assert.Empty(References(typeof(TraceLintAnalyzer)).Except(s_compiler));

    [Fact]
    public void CodeFixes_NeedTheEditorToo() => Assert.Empty(References(typeof(TraceCodeFix)).Except(s_editor));

    private static IEnumerable<string?> References(Type type) => type.Assembly.GetReferencedAssemblies().Select(static reference => reference.Name);
}
