using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using TraceLint.Editing;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint;

/// <summary>Makes receive requests ask for the attributes of the context.</summary>
internal sealed class ReceiveRewrite(SemanticModel model, Imports imports)
{
    private static readonly string[] s_names = ["traceparent", "tracestate", "baggage"];

    private readonly Dictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>> _changes = [];

    /// <summary>Rewrites the argument of a receive: a URL, a new request, a list of names, or a name that is added to a list.</summary>
    public void Add(ExpressionSyntax where)
    {
        if (_changes.ContainsKey(where))
        {
            return;
        }

        if (where is BaseObjectCreationExpressionSyntax creation && IsRequest(creation))
        {
            var names = All(where.SpanStart);
            _changes.Add(where, rewritten => WithNames((BaseObjectCreationExpressionSyntax)rewritten, names));
        }
        else if (model.GetTypeInfo(where).ConvertedType?.SpecialType is SpecialType.System_String)
        {
            if (where.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } argument
                && call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: not "Add" })
            {
                AddRequest(argument);
            }
        }
        else if (IsEmpty(where))
        {
            var names = All(where.SpanStart);
            _changes.Add(where, rewritten => SyntaxFactory.ParseExpression(names).WithTriviaFrom(rewritten));
        }
        else if (ElementsOf(where) is { } elements)
        {
            AddNames(where, elements);
        }
    }

    /// <summary>The root with all edits applied; null when there are none.</summary>
    public CompilationUnitSyntax? Apply(CompilationUnitSyntax root)
        => _changes.Count == 0
            ? null
            : imports.AddTo(root.ReplaceNodes(_changes.Keys, (original, rewritten) => _changes[original](rewritten)));

    private bool IsRequest(BaseObjectCreationExpressionSyntax creation)
        => SymbolEqualityComparer.Default.Equals(model.GetTypeInfo(creation).Type, model.Compilation.TypeNamed(SqsReceive.Names.Request));

    private static BaseObjectCreationExpressionSyntax WithNames(BaseObjectCreationExpressionSyntax creation, string names)
    {
        var member = SyntaxFactory.ParseExpression($"{SqsReceive.AttributeNames} = {names}");
        if (creation.Initializer is not { Expressions: { Count: > 0 } members } initializer)
        {
            var trailing = creation.GetTrailingTrivia();
            var added = SyntaxFactory.InitializerExpression(
                SyntaxKind.ObjectInitializerExpression, SyntaxFactory.SingletonSeparatedList(member));
            return creation.WithoutTrailingTrivia()
                .WithInitializer(added.WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(trailing))
                .WithAdditionalAnnotations(Formatter.Annotation);
        }

        return creation.WithInitializer(initializer.WithExpressions(SeparatedLists.Append(members, member)));
    }

    private void AddRequest(ArgumentSyntax url)
    {
        var request = imports.NameAfterNew(model.Compilation.TypeNamed(SqsReceive.Names.Request)!, url.SpanStart);
        var names = All(url.SpanStart);
        var made = SyntaxFactory.ParseExpression(
            $"new {request}({url.Expression.WithoutTrivia()}) {{ {SqsReceive.AttributeNames} = {names} }}");
        _changes.Add(url, rewritten => ((ArgumentSyntax)rewritten)
            .WithNameColon(url.NameColon?.WithName(SyntaxFactory.IdentifierName("request")))
            .WithExpression(made.WithTriviaFrom(url.Expression)));
    }

    private void AddNames(ExpressionSyntax list, IReadOnlyList<ExpressionSyntax> elements)
    {
        // "*" was probably meant to request all attributes.
        if (elements.FirstOrDefault(element => model.GetConstantValue(element) is { HasValue: true, Value: "*" }) is { } wildcard)
        {
            _changes.Add(wildcard, static rewritten => SyntaxFactory.ParseExpression("\"All\"").WithTriviaFrom(rewritten));
        }
        else
        {
            _changes.Add(list, static rewritten => WithNames((ExpressionSyntax)rewritten));
        }
    }

    private static ExpressionSyntax WithNames(ExpressionSyntax list)
    {
        foreach (var name in s_names)
        {
            var added = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(name));
            list = list switch
            {
                CollectionExpressionSyntax collection
                    => collection.WithElements(SeparatedLists.Append(collection.Elements, SyntaxFactory.ExpressionElement(added))),
                BaseObjectCreationExpressionSyntax { Initializer: { } initializer } creation => creation.WithInitializer(With(initializer)),
                ArrayCreationExpressionSyntax { Initializer: { } initializer } array => array.WithInitializer(With(initializer)),
                ImplicitArrayCreationExpressionSyntax { Initializer: var initializer } array => array.WithInitializer(With(initializer)),
                _ => list,
            };

            InitializerExpressionSyntax With(InitializerExpressionSyntax initializer)
                => initializer.WithExpressions(SeparatedLists.Append(initializer.Expressions, added));
        }

        return list;
    }

    private static bool IsEmpty(ExpressionSyntax list) => list switch
    {
        LiteralExpressionSyntax => true,
        CollectionExpressionSyntax { Elements.Count: 0 } => true,
        BaseObjectCreationExpressionSyntax
        {
            ArgumentList: null or { Arguments.Count: 0 },
            Initializer: null or { Expressions.Count: 0 },
        } => true,
        _ => false,
    };

    private static List<ExpressionSyntax>? ElementsOf(ExpressionSyntax list) => list switch
    {
        CollectionExpressionSyntax collection
            => [.. collection.Elements.OfType<ExpressionElementSyntax>().Select(static element => element.Expression)],
        BaseObjectCreationExpressionSyntax { Initializer.Expressions: { Count: > 0 } elements } => [.. elements],
        ArrayCreationExpressionSyntax { Initializer.Expressions: { Count: > 0 } elements } => [.. elements],
        ImplicitArrayCreationExpressionSyntax { Initializer.Expressions: { Count: > 0 } elements } => [.. elements],
        _ => null,
    };

    private string All(int position) => Language >= LanguageVersion.CSharp12 ? "[\"All\"]" : $"new {List(position)}<string> {{ \"All\" }}";

    private string List(int position)
        => model.Compilation.TypeNamed(typeof(List<>).FullName!) is { } list
            ? imports.NameAfterNew(list, position)
            : "global::System.Collections.Generic.List";

    private LanguageVersion Language => ((CSharpParseOptions)model.SyntaxTree.Options).LanguageVersion;
}
