using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Host;
using TraceLint.Propagation;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Facts;

/// <summary>A messaging library, and the ways in which a project can reference it.</summary>
internal static class FactLibrary
{
    public const string Name = "Acme.Messaging";

    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Diagnostics;
        global using System.Linq;
        global using System.Text;
        global using System.Threading.Tasks;
        global using Amazon.SQS;
        global using Amazon.SQS.Model;
        global using Confluent.Kafka;
        global using OpenTelemetry;
        global using OpenTelemetry.Context.Propagation;
        """;

    /// <summary>The library, without the attribute.</summary>
    public static CSharpCompilation Compile(string source, string name = Name, params MetadataReference[] references)
    {
        var library = Analysis.Compile([CSharpSyntaxTree.ParseText(Usings), CSharpSyntaxTree.ParseText(source, path: name + ".cs")], References.Newest)
            .AddReferences(references)
            .WithAssemblyName(name);
        Assert.Empty(library.GetDiagnostics().Where(static diagnostic => diagnostic.Severity is DiagnosticSeverity.Error));
        return library;
    }

    /// <summary>The library with what the generator adds to it.</summary>
    public static Compilation Generate(CSharpCompilation library)
    {
        CSharpGeneratorDriver.Create(new FactsGenerator()).RunGeneratorsAndUpdateCompilation(library, out var generated, out var diagnostics);
        Assert.Empty(diagnostics);
        Assert.Empty(generated.GetDiagnostics().Where(static diagnostic => diagnostic.Severity is DiagnosticSeverity.Error));
        return generated;
    }

    /// <summary>The file of an assembly.</summary>
    public static MetadataReference Image(Compilation library)
    {
        using var image = new MemoryStream();
        var result = library.Emit(image);
        return result.Success ? MetadataReference.CreateFromImage(image.ToArray()) : throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }

    /// <summary>What a build references.</summary>
    public static MetadataReference Built(string source, string name = Name, params MetadataReference[] references)
        => Image(Generate(Compile(source, name, references)));

    /// <summary>The lines of the facts of a library.</summary>
    public static string FactsOf(Compilation library) => FactExport.Of(library, FactExport.NoOptions, CancellationToken.None) ?? "";
}
