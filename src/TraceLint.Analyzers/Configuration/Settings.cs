using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TraceLint.Configuration;

/// <summary>
/// The user's configuration of a compilation: .editorconfig and global configs, which apply per file; declaration files, which apply
/// to the whole compilation; and attributes in the code.
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
        Declarations = options.AdditionalFiles
            .SelectMany(file => DeclarationFile.Of(file, cancellation)?.Lines ?? ImmutableArray<Declaration>.Empty)
            .ToImmutableArray();
        foreach (var lines in Declarations.GroupBy(static line => line.Kind))
        {
            _methods[lines.Key] = MethodPatterns.Of(lines.Select(static line => line.Symbol).OfType<SymbolPattern>());
            _programs[lines.Key] = new ProgramNames(lines.Select(static line => line.Target.Text));
        }

        _instrumented = Declarations.Where(static line => line.Kind is DeclarationKind.InstrumentedTransport)
            .SelectMany(static line => KnownOptions.Split(line.Target.Text))
            .ToImmutableHashSet();
    }

    /// <summary>The id of the rule these settings are for; null for all rules without settings of their own.</summary>
    public string? Rule { get; }

    /// <summary>The declarations of all declaration files.</summary>
    public ImmutableArray<Declaration> Declarations { get; }

    /// <summary>Reads the configuration.</summary>
    /// <param name="rule">The id of a rule whose own settings take precedence; null for rules without settings of their own.</param>
    public static Settings Of(AnalyzerOptions options, string? rule, CancellationToken cancellation = default)
        => new(options, rule, cancellation);

    /// <summary>The settings of a file.</summary>
    public Options At(SyntaxTree tree) => Options.Of(tree, _options, Rule);

    /// <summary>Whether an agent propagates the context through the messages of a transport.</summary>
    public bool IsInstrumented(string transport, SyntaxTree at)
        => _instrumented.Contains(transport) || _instrumented.Contains("all") || At(at).IsInstrumented(transport);

    /// <summary>Whether a method is declared to inject the current context into an argument.</summary>
    /// <param name="at">The file with the call.</param>
    public bool Injects(IMethodSymbol method, SyntaxTree at)
        => IsDeclared(method, DeclarationKind.Inject, KnownOptions.InjectMethods, at) || AttributesOf(method).Injects;

    /// <summary>The methods that are declared to inject.</summary>
    /// <param name="at">The file whose settings apply.</param>
    public IEnumerable<SymbolPattern> InjectMethodsAt(SyntaxTree at) => MethodsAt(at, DeclarationKind.Inject, KnownOptions.InjectMethods);

    /// <summary>The methods that are declared to extract.</summary>
    /// <inheritdoc cref="InjectMethodsAt"/>
    public IEnumerable<SymbolPattern> ExtractMethodsAt(SyntaxTree at)
        => MethodsAt(at, DeclarationKind.Extract, KnownOptions.ExtractMethods);

    /// <summary>The methods that a setting names, in the settings of any file.</summary>
    public ImmutableArray<SymbolPattern> PatternsIn(Compilation compilation, Option<MethodPatterns> option)
    {
        var seen = new HashSet<MethodPatterns>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            seen.Add(At(tree).Get(option));
        }

        return seen.SelectMany(static patterns => patterns.Patterns).Distinct().ToImmutableArray();
    }

    /// <summary>Whether a method is declared to extract the context from an argument.</summary>
    /// <inheritdoc cref="Injects"/>
    public bool Extracts(IMethodSymbol method, SyntaxTree at)
        => IsDeclared(method, DeclarationKind.Extract, KnownOptions.ExtractMethods, at) || AttributesOf(method).Extracts;

    /// <summary>The name of the message or carrier parameter of a method that injects or extracts; null when it is not declared.</summary>
    /// <param name="kind">Whether the method injects or extracts.</param>
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

        return kind is DeclarationKind.Publish
            ? null
            : ContextAttributes.ParameterWith(
                method, kind is DeclarationKind.Inject ? ContextAttributes.Injects : ContextAttributes.Extracts)?.Name;
    }

    /// <summary>Whether a method is declared to publish.</summary>
    /// <inheritdoc cref="Injects"/>
    public bool Publishes(IMethodSymbol method, SyntaxTree at)
        => IsDeclared(method, DeclarationKind.Publish, KnownOptions.PublishMethods, at);

    /// <summary>Whether a method is declared to return a received message or to take one as an argument.</summary>
    /// <inheritdoc cref="Injects"/>
    public bool Consumes(IMethodSymbol method, SyntaxTree at)
        => IsDeclared(method, DeclarationKind.Consume, KnownOptions.ConsumeMethods, at);

    /// <summary>Whether the settings of a file name a message type among the methods that publish or consume.</summary>
    public bool NamesMessage(INamedTypeSymbol type, DeclarationKind kind, SyntaxTree at)
        => At(at).Get(kind is DeclarationKind.Publish ? KnownOptions.PublishMethods : KnownOptions.ConsumeMethods).Patterns
            .Any(pattern => pattern.Kind == 'T'
                && type.GetDocumentationCommentId() is { Length: > 2 } id
                && pattern.MatchesId(id.Substring(2)));

    /// <summary>Whether a method is declared to start a span.</summary>
    /// <inheritdoc cref="Injects"/>
    public bool StartsSpan(IMethodSymbol method, SyntaxTree at)
        => IsDeclared(method, DeclarationKind.SpanStart, KnownOptions.SpanStartMethods, at);

    /// <summary>Whether a method with this name can be declared to start a span: a cheap check before the semantic one.</summary>
    public bool MayStartSpan(string name, SyntaxTree at)
        => (_methods.TryGetValue(DeclarationKind.SpanStart, out var declared) && declared.MayContain(name))
            || At(at).Get(KnownOptions.SpanStartMethods).MayContain(name);

    /// <summary>The methods that are declared to start a span, in the settings of any file.</summary>
    public IEnumerable<SymbolPattern> SpanStartMethodsIn(Compilation compilation)
        => (_methods.TryGetValue(DeclarationKind.SpanStart, out var declared) ? declared : MethodPatterns.None).Patterns
            .Concat(PatternsIn(compilation, KnownOptions.SpanStartMethods));

    /// <summary>The methods that are declared to publish, in the settings of any file.</summary>
    public IEnumerable<SymbolPattern> PublishMethodsIn(Compilation compilation)
        => (_methods.TryGetValue(DeclarationKind.Publish, out var declared) ? declared : MethodPatterns.None).Patterns
            .Concat(PatternsIn(compilation, KnownOptions.PublishMethods));

    /// <summary>Whether a program is declared to continue the trace of the process that starts it.</summary>
    /// <param name="file">The name or the path of the program.</param>
    public bool IsTracingProgram(string file, SyntaxTree at)
        => IsDeclared(file, DeclarationKind.TracingProgram, KnownOptions.TracingPrograms, at);

    /// <summary>Whether a program is declared not to trace.</summary>
    /// <param name="file">The name or the path of the program.</param>
    public bool IsUntracedProgram(string file, SyntaxTree at)
        => IsDeclared(file, DeclarationKind.UntracedProgram, KnownOptions.UntracedPrograms, at);

    private IEnumerable<SymbolPattern> MethodsAt(SyntaxTree at, DeclarationKind kind, Option<MethodPatterns> option)
        => (_methods.TryGetValue(kind, out var declared) ? declared : MethodPatterns.None).Patterns.Concat(At(at).Get(option).Patterns);

    private bool IsDeclared(IMethodSymbol method, DeclarationKind kind, Option<MethodPatterns> option, SyntaxTree at)
        => (_methods.TryGetValue(kind, out var declared) && declared.Contains(method)) || At(at).Get(option).Contains(method);

    private bool IsDeclared(string file, DeclarationKind kind, Option<ProgramNames> option, SyntaxTree at)
        => (_programs.TryGetValue(kind, out var declared) && declared.Contains(file)) || At(at).Get(option).Contains(file);

    private (bool Injects, bool Extracts) AttributesOf(IMethodSymbol method)
        => _attributes.GetOrAdd(
            (method.ReducedFrom ?? method).OriginalDefinition,
            static method => (Has(method, ContextAttributes.Injects), Has(method, ContextAttributes.Extracts)));

    private static bool Has(IMethodSymbol method, string attribute)
        => ContextAttributes.AreOn(method, attribute) || ContextAttributes.ParameterWith(method, attribute) is not null;
}
