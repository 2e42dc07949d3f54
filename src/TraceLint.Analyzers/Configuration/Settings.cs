using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TraceLint.Configuration;

/// <summary>
/// What the user has said about a compilation: in .editorconfig and global configs, per file; in declaration files, for all
/// of it; and by attributes.
/// </summary>
internal sealed class Settings
{
    private readonly AnalyzerOptions _options;
    private readonly Dictionary<DeclarationKind, MethodPatterns> _methods = [];
    private readonly Dictionary<DeclarationKind, ProgramNames> _programs = [];
    private readonly ImmutableHashSet<string> _instrumented;
    private readonly ConcurrentDictionary<IMethodSymbol, (bool Injects, bool Extracts)> _attributes = new(SymbolEqualityComparer.Default);

    private Settings(AnalyzerOptions options, string? rule, CancellationToken cancellation)
    {
        (_options, Rule) = (options, rule);
        Declarations = options.AdditionalFiles.SelectMany(file => DeclarationFile.Of(file, cancellation)?.Lines ?? ImmutableArray<Declaration>.Empty).ToImmutableArray();
        foreach (var lines in Declarations.GroupBy(static line => line.Kind))
        {
            _methods[lines.Key] = MethodPatterns.Of(lines.Select(static line => line.Symbol).OfType<SymbolPattern>());
            _programs[lines.Key] = new ProgramNames(lines.Select(static line => line.Target.Text));
        }

        _instrumented = Declarations.Where(static line => line.Kind is DeclarationKind.InstrumentedTransport).SelectMany(static line => KnownOptions.Split(line.Target.Text)).ToImmutableHashSet();
    }

    /// <summary>The id of the rule that they are for; null when they are for all that have none of their own.</summary>
    public string? Rule { get; }

    /// <summary>The lines of all declaration files.</summary>
    public ImmutableArray<Declaration> Declarations { get; }

    /// <summary>Reads what there is.</summary>
    /// <param name="rule">The id of the rule that they are for, whose own settings come before those of all; null when it has none.</param>
    public static Settings Of(AnalyzerOptions options, string? rule, CancellationToken cancellation = default) => new(options, rule, cancellation);

    /// <summary>The settings of a file.</summary>
    public Options At(SyntaxTree tree) => Options.Of(tree, _options, Rule);

    /// <summary>Whether an agent injects into, and extracts from, the messages of a transport.</summary>
    public bool IsInstrumented(string transport, SyntaxTree at)
        => _instrumented.Contains(transport) || _instrumented.Contains("all") || At(at).IsInstrumented(transport);

    /// <summary>Whether a method is said to inject the current context into what it is handed.</summary>
    /// <param name="at">The file with the call.</param>
    public bool Injects(IMethodSymbol method, SyntaxTree at) => IsDeclared(method, DeclarationKind.Inject, KnownOptions.InjectMethods, at) || AttributesOf(method).Injects;

    /// <summary>The methods that are said to inject.</summary>
    /// <param name="at">The file that asks.</param>
    public IEnumerable<SymbolPattern> InjectMethodsAt(SyntaxTree at)
        => (_methods.TryGetValue(DeclarationKind.Inject, out var declared) ? declared : MethodPatterns.None).Patterns.Concat(At(at).Get(KnownOptions.InjectMethods).Patterns);

    /// <summary>The methods that a setting names in any file.</summary>
    public ImmutableArray<SymbolPattern> PatternsIn(Compilation compilation, Option<MethodPatterns> option)
    {
        var seen = new HashSet<MethodPatterns>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            seen.Add(At(tree).Get(option));
        }

        return seen.SelectMany(static patterns => patterns.Patterns).Distinct().ToImmutableArray();
    }

    /// <summary>Whether a method is said to extract the context of what it is handed.</summary>
    /// <inheritdoc cref="Injects"/>
    public bool Extracts(IMethodSymbol method, SyntaxTree at) => IsDeclared(method, DeclarationKind.Extract, KnownOptions.ExtractMethods, at) || AttributesOf(method).Extracts;

    /// <summary>Which parameter of a method that injects or extracts is the message or carrier, where that is said.</summary>
    /// <param name="kind">Whether it injects or extracts.</param>
    public string? CarrierParameterOf(IMethodSymbol method, DeclarationKind kind)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        foreach (var line in Declarations)
        {
            if (line.Kind == kind && line.Part(Declaration.PartNames.Carrier) is { } path && line.Symbol!.Matches(method))
            {
                return path.Split('.')[0];
            }
        }

        return ContextAttributes.ParameterWith(method, kind is DeclarationKind.Inject ? ContextAttributes.Injects : ContextAttributes.Extracts)?.Name;
    }

    /// <summary>Whether a method is said to publish.</summary>
    /// <inheritdoc cref="Injects"/>
    public bool Publishes(IMethodSymbol method, SyntaxTree at) => IsDeclared(method, DeclarationKind.Publish, KnownOptions.PublishMethods, at);

    /// <summary>Whether a method is said to return, or to be handed, a received message.</summary>
    /// <inheritdoc cref="Injects"/>
    public bool Consumes(IMethodSymbol method, SyntaxTree at) => IsDeclared(method, DeclarationKind.Consume, KnownOptions.ConsumeMethods, at);

    /// <summary>Whether a method is said to start a span.</summary>
    /// <inheritdoc cref="Injects"/>
    public bool StartsSpan(IMethodSymbol method, SyntaxTree at) => IsDeclared(method, DeclarationKind.SpanStart, KnownOptions.SpanStartMethods, at);

    /// <summary>Whether a method of a name can be one that is said to start a span. Asked before anything semantic.</summary>
    public bool MayStartSpan(string name, SyntaxTree at)
        => (_methods.TryGetValue(DeclarationKind.SpanStart, out var declared) && declared.MayContain(name)) || At(at).Get(KnownOptions.SpanStartMethods).MayContain(name);

    /// <summary>The methods that are said, anywhere in a compilation, to start a span.</summary>
    public IEnumerable<SymbolPattern> SpanStartMethodsIn(Compilation compilation)
        => (_methods.TryGetValue(DeclarationKind.SpanStart, out var declared) ? declared : MethodPatterns.None).Patterns.Concat(PatternsIn(compilation, KnownOptions.SpanStartMethods));

    /// <summary>Whether a program is said to continue the trace it is started in.</summary>
    /// <param name="file">What is started: a name or a path.</param>
    public bool IsTracingProgram(string file, SyntaxTree at) => IsDeclared(file, DeclarationKind.TracingProgram, KnownOptions.TracingPrograms, at);

    /// <summary>Whether a program is said to know nothing of traces.</summary>
    /// <param name="file">What is started: a name or a path.</param>
    public bool IsUntracedProgram(string file, SyntaxTree at) => IsDeclared(file, DeclarationKind.UntracedProgram, KnownOptions.UntracedPrograms, at);

    private bool IsDeclared(IMethodSymbol method, DeclarationKind kind, Option<MethodPatterns> option, SyntaxTree at)
        => (_methods.TryGetValue(kind, out var declared) && declared.Contains(method)) || At(at).Get(option).Contains(method);

    private bool IsDeclared(string file, DeclarationKind kind, Option<ProgramNames> option, SyntaxTree at)
        => (_programs.TryGetValue(kind, out var declared) && declared.Contains(file)) || At(at).Get(option).Contains(file);

    private (bool Injects, bool Extracts) AttributesOf(IMethodSymbol method)
        => _attributes.GetOrAdd((method.ReducedFrom ?? method).OriginalDefinition, static method => (Has(method, ContextAttributes.Injects), Has(method, ContextAttributes.Extracts)));

    private static bool Has(IMethodSymbol method, string attribute)
        => ContextAttributes.AreOn(method, attribute) || ContextAttributes.ParameterWith(method, attribute) is not null;
}
