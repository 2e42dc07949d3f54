using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using TraceLint.Rules;

namespace TraceLint.Host;

/// <summary>
/// TL9002: a rule threw an exception. The host catches the exceptions of rules so that they stop neither other rules nor the build:
/// the compiler's own AD0001 is a warning, hence an error under TreatWarningsAsErrors.
/// <para>Reported at the start of the file, once per rule and file; without a location when the rule failed before any file was
/// analyzed. The stack trace is a property of the diagnostic.</para>
/// </summary>
internal static class TL9002_RuleFailed
{
    /// <summary>The diagnostic property that holds the exception and its stack trace.</summary>
    internal const string ExceptionProperty = "Exception";

    internal static readonly DiagnosticDescriptor Descriptor = new(
        "TL9002",
        title: "TraceLint rule failed",
        messageFormat: "{0} failed {1} with {2} at {3}; please report it with the {4}",
        Category.Configuration,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "A rule threw an exception, which is a bug in TraceLint. "
            + "The diagnostics of that rule for the file are missing; other rules and other files are not affected.",
        helpLinkUri: Repository.RulesPage + "#tl9002");

    /// <summary>The diagnostic for a rule that threw while analyzing a file.</summary>
    public static Diagnostic On(SyntaxTree file, Rule rule, Exception exception)
        => Create(Location.Create(file, default), $"on '{Path.GetFileName(file.FilePath)}'", rule, exception, "file");

    /// <summary>The diagnostic for a rule that threw while analyzing an additional file.</summary>
    public static Diagnostic On(AdditionalText file, Rule rule, Exception exception)
        => Create(Location.Create(file.Path, default, default), $"on '{Path.GetFileName(file.Path)}'", rule, exception, "file");

    /// <summary>The diagnostic for a rule that threw before it analyzed any file.</summary>
    public static Diagnostic AtStart(Rule rule, Exception exception) => Create(Location.None, "at startup", rule, exception, "project");

    private static Diagnostic Create(Location location, string where, Rule rule, Exception exception, string what)
        => Diagnostic.Create(
            Descriptor,
            location,
            ImmutableDictionary<string, string?>.Empty.Add(ExceptionProperty, exception.ToString()),
            rule.Descriptor.Id,
            where,
            exception.GetType().Name,
            PlaceOf(exception),
            what);

    // The innermost method outside .NET and Roslyn, by its name in the source.
    private static string PlaceOf(Exception exception)
    {
        foreach (var frame in new StackTrace(exception).GetFrames() ?? [])
        {
            if (frame?.GetMethod() is { DeclaringType: { } type } method && !IsOfPlatform(type))
            {
                var name = NameIn(method.Name);
                for (; type.Name.StartsWith("<", StringComparison.Ordinal) && type.DeclaringType is { } outer; type = outer)
                {
                    name = name is "MoveNext" ? NameIn(type.Name) : name;
                }

                return $"{type.Name}.{name}";
            }
        }

        return "an unknown place";
    }

    private static bool IsOfPlatform(Type type)
        => type.Assembly.GetName().Name is var name
            && (name.StartsWith("System", StringComparison.Ordinal)
                || name.StartsWith("Microsoft", StringComparison.Ordinal)
                || name is "mscorlib" or "netstandard");

    // <Name>b__0 is a lambda or a local function, <Name>d__0 the state machine of an iterator.
    private static string NameIn(string name)
        => name.Length > 1 && name[0] == '<' && name.IndexOf('>') is > 1 and var end ? name.Substring(1, end - 1) : name;
}
