using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Tests.Robustness.Containers;

/// <summary>Puts the statements of every method of a file into a container.</summary>
internal static class ContainerRewriter
{
    /// <summary>The file with its methods in a container, in a namespace of its own.</summary>
    /// <param name="name">The namespace; null to leave types where they are.</param>
    public static string Wrap(string source, Container container, string? name, CSharpParseOptions options)
        => InNamespace(new Rewriter(container, "").Rewrite(Parse(AsMethod(source, options), options)), name);

    /// <summary>The same in two containers: statements in the inner one, which is no member, and that in the outer one.</summary>
    public static string Wrap(string source, Container outer, Container inner, string? name, CSharpParseOptions options)
    {
        var once = new Rewriter(inner, "Inner").Rewrite(Parse(AsMethod(source, options), options));
        return InNamespace(new Rewriter(outer, "Outer").Rewrite(Parse(once.ToFullString(), options)), name);
    }

    /// <summary>A file that goes with wrapped ones.</summary>
    public static string Beside(string source, string? name, CSharpParseOptions options) => InNamespace(Parse(source, options), name);

    /// <summary>A program: the longest method as top-level statements, its parameters as locals, the other members of its type around it.</summary>
    public static string Program(string source, CSharpParseOptions options)
    {
        var root = Parse(AsMethod(source, options), options);
        var main = root.DescendantNodes().OfType<MethodDeclarationSyntax>().Where(HasBody).MaxBy(static method => method.Span.Length);
        if (main?.Parent is not TypeDeclarationSyntax type)
        {
            return source;
        }

        var fields = type.Members.OfType<FieldDeclarationSyntax>().Select(static field => string.Concat(field.Declaration.Variables.Select(variable
            => $"{field.Declaration.Type} {variable.Identifier}{variable.Initializer?.ToString() ?? " = default!"};\n")));
        var functions = type.Members.OfType<MethodDeclarationSyntax>().Where(method => method != main && HasBody(method)).Select(static method
            => method.WithModifiers(SyntaxFactory.TokenList(method.Modifiers.Where(static modifier => modifier.IsKind(SyntaxKind.AsyncKeyword)))).ToString());
        var types = root.DescendantNodes(node => node is not BaseTypeDeclarationSyntax || node == type).OfType<MemberDeclarationSyntax>()
            .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax && member != type)
            .Select(static member => member.ToString().Replace("private ", "", StringComparison.Ordinal));
        var body = new WrappedFunction(main, "");
        return $"""
            {root.Usings.ToFullString()}
            {string.Concat(fields)}
            {body.ParametersAsLocals}
            {(body.ReturnsValue ? body.WithReturns("return;") : body.Statements)}
            {string.Join('\n', functions)}
            {string.Join('\n', types)}
            """;
    }

    private static CompilationUnitSyntax Parse(string source, CSharpParseOptions options) => (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(source, options).GetRoot();

    private static bool HasBody(MethodDeclarationSyntax method) => method.Body is not null || method.ExpressionBody is not null;

    // Top-level statements, as the method that they are.
    private static string AsMethod(string source, CSharpParseOptions options)
    {
        var root = Parse(source, options);
        var statements = root.Members.OfType<GlobalStatementSyntax>().ToList();
        if (statements.Count == 0)
        {
            return source;
        }

        var types = root.Members.Where(static member => member is not GlobalStatementSyntax).Select(static member => member.ToFullString());
        return $$"""
            {{root.Usings.ToFullString()}}
            {{string.Concat(types)}}
            internal static class Program
            {
                private static async System.Threading.Tasks.Task Main(string[] args)
                {
            {{string.Concat(statements.Select(static statement => statement.ToFullString()))}}
                }
            }
            """;
    }

    private static string InNamespace(CompilationUnitSyntax root, string? name)
    {
        if (name is null)
        {
            return root.ToFullString();
        }

        var members = root.Members is [FileScopedNamespaceDeclarationSyntax file]
            ? $"namespace {file.Name}\n{{\n{file.Usings.ToFullString()}{file.Members.ToFullString()}\n}}"
            : root.Members.ToFullString();
        return $"{root.Externs.ToFullString()}{root.Usings.ToFullString()}{root.AttributeLists.ToFullString()}\nnamespace {name}\n{{\n{members}\n}}\n";
    }

    private sealed class Rewriter(Container container, string prefix) : CSharpSyntaxRewriter
    {
        private int _number;

        public CompilationUnitSyntax Rewrite(CompilationUnitSyntax root) => (CompilationUnitSyntax)Visit(root);

        public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node)
        {
            if (!HasBody(node) || container.Statements is not { } wrap)
            {
                return node;
            }

            var statements = wrap(new WrappedFunction(node, prefix + ++_number));
            return node.WithExpressionBody(null).WithSemicolonToken(default).WithBody((BlockSyntax)SyntaxFactory.ParseStatement($"{{\n{statements}\n}}\n", options: (CSharpParseOptions)node.SyntaxTree.Options));
        }

        public override SyntaxNode? VisitClassDeclaration(ClassDeclarationSyntax node) => WithMembers(node, (TypeDeclarationSyntax)base.VisitClassDeclaration(node)!);

        public override SyntaxNode? VisitRecordDeclaration(RecordDeclarationSyntax node) => WithMembers(node, (TypeDeclarationSyntax)base.VisitRecordDeclaration(node)!);

        public override SyntaxNode? VisitStructDeclaration(StructDeclarationSyntax node) => WithMembers(node, (TypeDeclarationSyntax)base.VisitStructDeclaration(node)!);

        private TypeDeclarationSyntax WithMembers(TypeDeclarationSyntax node, TypeDeclarationSyntax visited)
        {
            if (container.Members is not { } wrap)
            {
                return visited;
            }

            var type = new EnclosingType(node.Identifier.Text + node.TypeParameterList, node.Identifier.Text, node.ParameterList?.Parameters.Count, !node.Modifiers.Any(SyntaxKind.StaticKeyword));
            var members = new List<MemberDeclarationSyntax>();
            foreach (var member in visited.Members)
            {
                if (member is not MethodDeclarationSyntax method || !HasBody(method))
                {
                    members.Add(member);
                    continue;
                }

                members.Add(WithoutBody(method));
                members.AddRange(MembersOf(wrap(new WrappedFunction(method, prefix + ++_number), type), (CSharpParseOptions)node.SyntaxTree.Options));
            }

            return visited.WithMembers(SyntaxFactory.List(members));
        }

        private static MethodDeclarationSyntax WithoutBody(MethodDeclarationSyntax method)
            => method.WithBody(null)
                .WithModifiers(SyntaxFactory.TokenList(method.Modifiers.Where(static modifier => !modifier.IsKind(SyntaxKind.AsyncKeyword))))
                .WithExpressionBody(SyntaxFactory.ArrowExpressionClause(SyntaxFactory.ParseExpression(" throw new System.InvalidOperationException()")))
                .WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken).WithTrailingTrivia(SyntaxFactory.EndOfLine("\n")));

        private static SyntaxList<MemberDeclarationSyntax> MembersOf(string members, CSharpParseOptions options)
            => ((TypeDeclarationSyntax)((CompilationUnitSyntax)CSharpSyntaxTree.ParseText($"class X {{\n{members}\n}}\n", options).GetRoot()).Members[0]).Members;
    }
}
