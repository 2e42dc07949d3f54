namespace TraceLint.Tests.Robustness.Containers;

/// <summary>Something in which statements can stand.</summary>
/// <param name="Name">What it is called in a report.</param>
/// <param name="Statements">The statements of a function, put into the container; null for a member.</param>
/// <param name="Members">The members that take the place of a method: the container, and the method without its body.</param>
internal sealed record Container(string Name, Func<WrappedFunction, string>? Statements, Func<WrappedFunction, EnclosingType, string>? Members)
{
    private const string Task = "System.Threading.Tasks.Task";
    private const string Enumerable = "System.Collections.Generic.IEnumerable<object?>";
    private const string AsyncEnumerable = "System.Collections.Generic.IAsyncEnumerable<object?>";

    /// <summary>Every container but a program, which is a file of its own: see <see cref="ContainerRewriter.Program"/>.</summary>
    public static readonly IReadOnlyList<Container> All =
    [
        Of("lambda", static body => body.AsLambda()),
        Of("anonymous method", static body => body.AsLambda(lambda: "delegate ()")),
        Of("async lambda", AsyncLambda),
        Of("local function", static body => body.AsLocalFunction("")),
        Of("static local function", static body => body.AsLocalFunction("static", withParameters: true)),
        Of("using", static body => $"using (new System.IO.MemoryStream()) {{\n{body.Statements}\n}}{body.End}"),
        Of("using declaration", static body => $"using var {body.Variable} = new System.IO.MemoryStream();\n{body.Statements}"),
        Of("lock", static body => $"lock (new object()) {{\n{(body.HasAwait || body.IsIterator ? body.AsLambda(isDiscarded: true).Replace("await ", "", StringComparison.Ordinal) : body.Statements)}\n}}{body.End}"),
        Of("lambda in lock", LambdaInLock),
        Of("foreach", static body => $"foreach (var {body.Variable} in new[] {{ 1, 2 }}) {{\n{body.Statements}\n}}{body.End}"),
        Of("await foreach", AwaitForEach),
        Of("while", static body => $"while (System.Environment.TickCount > 1) {{\n{body.Statements}\n}}{body.End}"),
        Of("for and if", static body => $"for (var {body.Variable} = 0; {body.Variable} < 2; {body.Variable}++) {{ if ({body.Variable} == 1) {{\n{body.Statements}\n}} else {{ continue; }} }}{body.End}"),
        Of("try", static body => $"try {{\n{body.Statements}\n}} finally {{ System.GC.Collect(); }}"),
        Of("try with catch", static body => $"try {{\n{(body.IsIterator ? body.AsLocalFunction("", isDiscarded: true) : body.Statements)}\n}} catch (System.IO.IOException) when (System.Environment.TickCount > 1) {{ throw; }}{Break(body)}"),
        Of("catch", static body => $"try {{ System.GC.Collect(); }} catch (System.Exception) {{\n{(body.IsIterator ? body.AsLocalFunction("", isDiscarded: true) : body.Statements)}\n}}{body.End}{Break(body)}"),
        Of("finally", static body => $"try {{ System.GC.Collect(); }} finally {{\n{(body.IsIterator || body.HasReturn ? body.AsLambda(isDiscarded: true) : body.Statements)}\n}}{body.End}{Break(body)}"),
        Of("switch section", static body => $"switch (System.Environment.TickCount) {{ case 1: break; case > 5 and < 100: default: {{\n{body.Statements}\n}} break; }}{body.End}"),
        Of("iterator", Iterator),
        Of("async iterator", AsyncIterator),
        OfMembers("constructor", static (body, type) => type.For(body, $"public {type.NameFor(body)}({With(body)}) {type.ThisFor(body)} {{\n{Synchronous(body, "return;")}\n}}")),
        OfMembers("getter", static (body, type) => type.For(body, $"public object? this[{With(body)}] {{ get {{\n{Synchronous(body, "return null;")}\nreturn null; }} }}")),
        OfMembers("setter", static (body, type) => type.For(body, $"public object? Property{body.Name} {{ set {{\n{body.ParametersAsLocals}{Synchronous(body, "return;")}\n}} }}")),
        OfMembers("event accessor", static (body, type) => type.For(body, $"public event System.Action Event{body.Name} {{ add {{\n{body.ParametersAsLocals}{Synchronous(body, "return;")}\n}} remove {{ }} }}")),
        OfMembers("operator", static (body, type) => type.For(body, $"public static object? operator +({type.NameFor(body)} self, Marker{body.Name} marker) {{\n{body.ParametersAsLocals}{Synchronous(body, "return null;")}\nreturn null; }}")),
        OfMembers("field initializer", static (body, type) => FieldInitializer(body)),
        OfMembers("primary constructor class", static (body, type) => $"private sealed class Primary{body.Name}{body.TypeParameters}({body.Parameters}) {{ public {(body.IsAsync ? "async " : "")}{body.Returns} Run() {{\n{body.Statements}\n}} }}"),
    ];

    public override string ToString() => Name;

    private static Container Of(string name, Func<WrappedFunction, string> statements) => new(name, statements, null);

    private static Container OfMembers(string name, Func<WrappedFunction, EnclosingType, string> members) => new(name, null, members);

    private static string With(WrappedFunction body) => body.Parameters + (body.Parameters.Length > 0 ? ", " : "") + $"Marker{body.Name} marker";

    private static string Break(WrappedFunction body) => body.IsIterator ? "\nyield break;" : "";

    private static string Synchronous(WrappedFunction body, string whenValue)
        => body.HasAwait || body.IsIterator ? body.AsLambda(isDiscarded: true).Replace("await " + body.Variable, body.Variable, StringComparison.Ordinal) : body.WithReturns(whenValue);

    private static string AsyncLambda(WrappedFunction body) => body switch
    {
        { IsIterator: true } => body.AsLocalFunction(""),
        { IsAsync: true } => $"{(body.ReturnsValue ? "return " : "")}await {Task}.Run(async () => {{\n{body.Statements}\n}});",
        { IsVoid: true } => $"{Task}.Run(async () => {{ await {Task}.Yield();\n{body.Statements}\n}}).Wait();",
        _ => $"return {Task}.Run<{body.Returns}>(async () => {{ await {Task}.Yield();\n{body.Statements}\n}}).Result;",
    };

    private static string LambdaInLock(WrappedFunction body)
        => body.IsIterator
            ? $"lock (new object()) {{ {body.AsLocalFunction("", isDiscarded: true)} }} yield break;"
            : $$"""
                System.{{(body.IsVoid ? "Action" : $"Func<{body.Returns}>")}} {{body.Variable}};
                lock (new object()) {
                {{body.Variable}} = {{(body.IsAsync ? "async " : "")}}() => {
                {{body.Statements}}
                };
                }
                {{(body.ReturnsValue ? "return " : "")}}{{(body is { IsAsync: true, IsVoid: false } ? "await " : "")}}{{body.Variable}}();
                """;

    private static string AwaitForEach(WrappedFunction body)
    {
        var loop = $"await foreach (var {body.Variable} in System.Threading.Channels.Channel.CreateUnbounded<int>().Reader.ReadAllAsync()) {{\n{body.Statements}\n}}{body.End}";
        return body switch
        {
            { IsAsync: true } => loop,
            { IsVoid: true } => $"{Task}.Run(async () => {{ {loop} }}).Wait();",
            { IsIterator: true } => loop,
            _ => $"return {Task}.Run<{body.Returns}>(async () => {{ {loop} }}).Result;",
        };
    }

    private static string Iterator(WrappedFunction body)
        => body.IsIterator ? body.AsLocalFunction("") : $$"""
            foreach (var item{{body.Variable}} in {{body.Name}}()) { }{{body.End}}
            {{Enumerable}} {{body.Name}}() {
            {{(body.HasAwait ? body.AsLambda(isDiscarded: true).Replace("await " + body.Variable, body.Variable, StringComparison.Ordinal) : body.WithReturns("yield break;"))}}
            yield return null;
            }
            """;

    private static string AsyncIterator(WrappedFunction body)
        => body.IsIterator ? body.AsLocalFunction("") : $$"""
            {{(body.IsAsync ? "await foreach" : "foreach")}} (var item{{body.Variable}} in {{(body.IsAsync ? $"{body.Name}()" : $"{Task}AsyncEnumerableExtensions.ToBlockingEnumerable({body.Name}())")}}) { }{{body.End}}
            async {{AsyncEnumerable}} {{body.Name}}() {
            await {{Task}}.Yield();
            {{body.WithReturns("yield break;")}}
            yield return null;
            }
            """;

    private static string FieldInitializer(WrappedFunction body) => $$"""
        private delegate {{body.Returns}} Delegate{{body.Name}}{{body.TypeParameters}}({{body.Parameters}});
        private {{(body.IsStatic ? "static " : "")}}readonly Delegate{{body.Name}} field{{body.Name}} = {{(body.IsAsync && !body.IsIterator ? "async " : "")}}({{body.Parameters}}) => {
        {{(body.IsIterator ? $"return {body.Name}();\n{body.AsLocalFunction("").Split('\n', 2)[1]}" : body.Statements)}}
        };
        """;
}

/// <summary>The type of a method whose body goes into another member.</summary>
/// <param name="Name">With its type parameters.</param>
/// <param name="Parameters">The number of parameters of its primary constructor; null when it has none.</param>
internal sealed record EnclosingType(string Name, string Identifier, int? Parameters, bool HasInstances)
{
    /// <summary>The type that gets the member: for a static method one inside, since a type may be static and statements need no instance.</summary>
    public string For(WrappedFunction body, string member)
        => $"public readonly struct Marker{body.Name} {{ }}\n" + (IsInside(body) ? $"public sealed class Type{body.Name}{body.TypeParameters} {{\n{member}\n}}" : member);

    public string NameFor(WrappedFunction body)
        => IsInside(body) ? $"Type{body.Name}" : Identifier;

    public string ThisFor(WrappedFunction body)
        => Parameters is { } count && !IsInside(body) ? $": this({string.Join(", ", Enumerable.Repeat("default!", count))})" : "";

    private bool IsInside(WrappedFunction body) => body.IsStatic || !HasInstances || body.TypeParameters.Length > 0;
}
