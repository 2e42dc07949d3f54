using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Snippets;

/// <summary>
/// The message attributes of SQS and SNS. They are null on a new request since version 4; a value without a data type is rejected.
/// </summary>
internal sealed class AwsMessageAttributes(AwsMessaging aws) : CarrierCode
{
    private bool IsTight { get; init; }

    public override Transport Transport => aws;

    public override string Member => "MessageAttributes";

    public override string[] CarrierNames { get; } = ["attributes", "carrier"];

    public override string[] LocalNames(CarrierRole role) => role switch
    {
        CarrierRole.Carrier => ["attributes", "messageAttributes"],
        CarrierRole.Batch => ["batch", "entries"],
        _ => ["request", "sendRequest"],
    };

    public override string Empty(ITypeSymbol? message, SnippetSite site) => site.Language switch
    {
        >= (LanguageVersion)1200 => "[]",
        >= LanguageVersion.CSharp9 => "new()",
        _ => $"new {site.NameAfterNew("System.Collections.Generic.Dictionary`2")}"
            + $"<string, {site.NameAfterNew(ServiceOf(message).AttributeValue)}>()",
    };

    public override IReadOnlyList<string> Set(string carrier, string key, string value, ITypeSymbol? message, SnippetSite site)
    {
        var type = site.Language >= LanguageVersion.CSharp9 ? "()" : $" {site.NameAfterNew(ServiceOf(message).AttributeValue)}";
        var set = $$"""{{carrier}}[{{key}}] = new{{type}} { DataType = "String", StringValue = {{value}} };""";
        return IsTight ? [$"if ({carrier}.Count < {AttributeCount.Most} || {carrier}.ContainsKey({key}))", "{", $"    {set}", "}"] : [set];
    }

    // Propagators write the traceparent first, which is the most important entry.
    public override CarrierCode WithRoom(int? entries) => entries is null ? this : new AwsMessageAttributes(aws) { IsTight = true };

    public override string? Received(string variable, IReadOnlyList<ISymbol> symbols) => $"{variable}.MessageAttributes";

    public override string TryRead(string carrier, string key, string value)
        => $"{carrier} != null && {carrier}.TryGetValue({key}, out var {value})";

    public override string TextOf(string value, SnippetSite site) => $"{value}.StringValue";

    // The constructor of the request takes the same strings in the same order.
    public override RewrittenPublish? Rewrite(
        InvocationExpressionSyntax call, IInvocationOperation operation, Func<INamedTypeSymbol, string> nameOf)
    {
        if (aws.ServiceOf(operation.TargetMethod) is not { Request: var request })
        {
            return null;
        }

        var strings = operation.Arguments.Where(static argument => argument.Parameter?.Type.SpecialType is SpecialType.System_String)
            .OrderBy(static argument => argument.Parameter!.Ordinal)
            .Select(static argument => ((ArgumentSyntax)argument.Syntax).WithNameColon(null).WithoutTrivia())
            .ToList();
        if (!request.InstanceConstructors.Any(constructor
            => constructor.Parameters.Length == strings.Count
                && constructor.Parameters.All(static parameter => parameter.Type.SpecialType is SpecialType.System_String)))
        {
            return null;
        }

        var made = SyntaxFactory.ObjectCreationExpression(
            SyntaxFactory.Token(SyntaxKind.NewKeyword).WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.ParseTypeName(nameOf(request)),
            SyntaxFactory.ArgumentList(Separated(strings)),
            initializer: null);
        var others = operation.Arguments
            .Where(static argument => !argument.IsImplicit && argument.Parameter?.Type.SpecialType is not SpecialType.System_String)
            .Select(static argument => ((ArgumentSyntax)argument.Syntax).WithoutTrivia());
        return new RewrittenPublish(made, request, name => call.ArgumentList.WithArguments(
            Separated(others.Prepend(SyntaxFactory.Argument(SyntaxFactory.IdentifierName(name))).ToList())));
    }

    private static SeparatedSyntaxList<ArgumentSyntax> Separated(List<ArgumentSyntax> arguments)
        => SyntaxFactory.SeparatedList(
            arguments,
            Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), arguments.Count - 1));

    private AwsService ServiceOf(ITypeSymbol? message)
    {
        var own = aws.Services.FirstOrDefault(service
            => SymbolEqualityComparer.Default.Equals(service.Client.ContainingAssembly, message?.ContainingAssembly));
        return own ?? aws.Services[0];
    }
}
