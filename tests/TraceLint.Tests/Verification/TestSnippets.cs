using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;
using Xunit.Sdk;

namespace TraceLint.Tests.Verification;

/// <summary>A program that a test of a rule or of a fix hands to <see cref="Verify{TRule}"/> or <see cref="Analysis"/>.</summary>
/// <param name="Name">The class and the method of the test, and a number where it has several programs.</param>
/// <param name="Rule">The rule under test; null when all of them are.</param>
/// <param name="Fix">The fix under test; null when there is none.</param>
/// <param name="Source">The code, without markup.</param>
/// <param name="Reported">Where the test expects a diagnostic; empty for <see cref="Analysis"/>.</param>
/// <param name="Setup">How it is compiled, its other files included; nothing is marked in its declarations.</param>
internal sealed record Snippet(string Name, Type? Rule, Type? Fix, string Source, ImmutableArray<TextSpan> Reported, Setup Setup)
{
    /// <summary>The class and the method of the test.</summary>
    public string Test => Name.Split(' ')[0];

    public override string ToString() => Name;
}

/// <summary>
/// Every program in the tests of rules and fixes. The tests run, but <see cref="Verify{TRule}"/> and <see cref="Analysis"/> only note what
/// they are given: collecting costs no compilation. The order is that of the names of classes and methods, hence the same in every run.
/// </summary>
internal static class TestSnippets
{
    private static readonly string[] s_namespaces = ["TraceLint.Tests.Rules", "TraceLint.Tests.CodeFixes"];
    private static readonly AsyncLocal<Recorder?> s_recorder = new();
    private static readonly Lazy<ImmutableArray<Snippet>> s_all = new(Collect);

    /// <summary>Each program once, under the name of the first test that uses it with this setup.</summary>
    public static ImmutableArray<Snippet> All => s_all.Value;

    /// <summary>Called by the helpers of the tests before they run anything.</summary>
    /// <returns>Whether the program was noted and must not be run.</returns>
    public static bool Take(Type? rule, Type? fix, string marked, Setup setup)
    {
        if (s_recorder.Value is not { } recorder)
        {
            return false;
        }

        recorder.Add(rule, fix, marked, setup);
        return true;
    }

    /// <summary>The same where the test goes on with the diagnostics: it is left there, after its first program.</summary>
    public static void TakeAndLeave(string source, Setup setup)
    {
        if (Take(null, null, source, setup))
        {
            throw new LeaveTestException();
        }
    }

    private static ImmutableArray<Snippet> Collect()
    {
        var all = new Dictionary<(string, Setup), Snippet>();
        foreach (var type in typeof(TestSnippets).Assembly.GetTypes().Where(IsTestClass).OrderBy(static type => type.FullName, StringComparer.Ordinal))
        {
            foreach (var method in type.GetMethods().Where(static method => method.IsDefined(typeof(FactAttribute))).OrderBy(static method => method.Name, StringComparer.Ordinal))
            {
                foreach (var snippet in ProgramsOf(type, method))
                {
                    all.TryAdd((snippet.Source, snippet.Setup), snippet);
                }
            }
        }

        return [.. all.Values];
    }

    private static bool IsTestClass(Type type) => s_namespaces.Contains(type.Namespace) && type is { IsAbstract: false, IsNested: false };

    private static List<Snippet> ProgramsOf(Type type, MethodInfo method)
    {
        var recorder = new Recorder($"{type.Name}.{method.Name}");
        object?[][] cases = method.IsDefined(typeof(TheoryAttribute))
            ? [.. method.GetCustomAttributes<DataAttribute>().SelectMany(data => data.GetData(method))]
            : [[]];
        s_recorder.Value = recorder;
        try
        {
            foreach (var arguments in cases)
            {
                Run(Activator.CreateInstance(type), method, arguments);
            }
        }
        finally
        {
            s_recorder.Value = null;
        }

        return recorder.Snippets;
    }

    // Nothing is awaited: a test that only notes its programs has ended when the call returns.
    private static void Run(object? instance, MethodInfo method, object?[] arguments)
    {
        try
        {
            var parameters = method.GetParameters();
            object?[] given = [.. arguments, .. parameters.Skip(arguments.Length).Select(static parameter => parameter.DefaultValue)];
            if (method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, given, null) is Task task)
            {
                if (!task.IsCompleted)
                {
                    throw new InvalidOperationException($"{method.DeclaringType}.{method.Name} waits for something besides Verify and Analysis.");
                }

                task.GetAwaiter().GetResult();
            }
        }
        catch (LeaveTestException)
        {
        }
        catch (TargetInvocationException exception) when (exception.InnerException is LeaveTestException)
        {
        }
    }

    private sealed class Recorder(string test)
    {
        public List<Snippet> Snippets { get; } = [];

        private static Setup Unmarked(Setup setup)
        {
            TestFileMarkupParser.GetSpans(setup.Declarations, out var declarations, out ImmutableArray<TextSpan> _);
            return declarations == setup.Declarations ? setup : setup with { Declarations = declarations };
        }

        public void Add(Type? rule, Type? fix, string marked, Setup setup)
        {
            TestFileMarkupParser.GetPositionsAndSpans(marked, out var source, out _, out var spans);
            var name = Snippets.Count == 0 ? test : $"{test} {Snippets.Count + 1}";
            Snippets.Add(new Snippet(name, rule, fix, source, [.. spans.Values.SelectMany(static all => all).Order()], Unmarked(setup)));
        }
    }

    private sealed class LeaveTestException : Exception;
}
