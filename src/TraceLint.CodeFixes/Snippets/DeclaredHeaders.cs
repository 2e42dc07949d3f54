using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Editing;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Snippets;

/// <summary>The carrier of a declared bus: a dictionary, or a type that its declaration says how to write.</summary>
internal sealed class DeclaredHeaders : CarrierCode
{
    private readonly DeclaredBus _bus;
    private readonly DeclaredCarrier _carrier;

    private readonly INamedTypeSymbol? _dictionary;

    private DeclaredHeaders(DeclaredBus bus, DeclaredCarrier carrier, Compilation compilation)
        => (_bus, _carrier, _dictionary) = (bus, carrier, compilation.TypeNamed(Names.Dictionary));

    /// <summary>The metadata names, which tests compare with the real library.</summary>
    internal static class Names
    {
        public const string Dictionary = "System.Collections.Generic.Dictionary`2";
    }

    /// <summary>The code for every declared bus that has a carrier.</summary>
    public static IEnumerable<DeclaredHeaders> In(CompilationContext context)
        => DeclaredBus.AllIn(context.Compilation, context.Settings, CancellationToken.None)
            .Where(static bus => bus.Carrier is not null)
            .Select(bus => new DeclaredHeaders(bus, bus.Carrier!, context.Compilation));

    /// <summary>Whether it is known how to write to the carrier.</summary>
    public bool IsWritten => _carrier.Write is not null || _carrier.DictionaryValue is not null || HasIndexer(_carrier.Type);

    public override Transport Transport => _bus;

    public override string Member => _carrier.Member?.Name ?? "";

    public override bool IsAlwaysThere
        => _carrier.Member is { SetMethod: null or { IsInitOnly: true } } member
            && (member.SetMethod is null || member.NullableAnnotation is NullableAnnotation.NotAnnotated);

    public override bool CanBeMade
        => _carrier.Member is { SetMethod: { IsInitOnly: false, DeclaredAccessibility: Accessibility.Public } } && IsMade;

    public override string[] CarrierNames { get; } = ["headers", "carrier"];

    public override string[] LocalNames(CarrierRole role) => role switch
    {
        CarrierRole.Carrier => ["headers", "messageHeaders"],
        CarrierRole.Batch => ["messages", "batch"],
        _ => _carrier.Message is { Name: var name } ? [char.ToLowerInvariant(name[0]) + name.Substring(1), "message"] : ["message"],
    };

    public override string Empty(ITypeSymbol? message, SnippetSite site)
        => EmptyText(site.NameAfterNew, type => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));

    public override IReadOnlyList<string> Set(string carrier, string key, string value, ITypeSymbol? message, SnippetSite site)
        => _carrier.Write is { } template
            ? DeclaredTemplate.Statements(template, site, ("carrier", carrier), ("key", key), ("value", value))
            : [$"{carrier}[{key}] = {(IsBytes ? $"{site.Name("System.Text.Encoding")}.UTF8.GetBytes({value})" : value)};"];

    public override string? Received(string variable, IReadOnlyList<ISymbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            if (((symbol as ILocalSymbol)?.Type ?? (symbol as IParameterSymbol)?.Type) is { } type
                && ReceivedAs(type, variable) is { } carrier)
            {
                return carrier;
            }
        }

        return null;
    }

    public override string? ReceivedAs(ITypeSymbol type, string variable)
        => (_carrier.Read is not null || _carrier.DictionaryValue is not null) && _bus.ReceivedAt(type) is { Path: var path }
            ? $"{variable}.{path}"
            : null;

    public override string TryRead(string carrier, string key, string value) => _carrier switch
    {
        { Read: { } template } => $"{DeclaredTemplate.Expression(template, ("carrier", carrier), ("key", key))} is string {value}",
        { DictionaryValue.SpecialType: SpecialType.System_Object }
            => $"{carrier} != null && {carrier}.TryGetValue({key}, out var {value}Object) && {value}Object is string {value}",
        _ => $"{carrier} != null && {carrier}.TryGetValue({key}, out var {value})",
    };

    public override string TextOf(string value, SnippetSite site)
        => IsBytes && _carrier.Read is null ? $"{site.Name("System.Text.Encoding")}.UTF8.GetString({value})" : value;

    // Passes an argument for an optional parameter that was left out, or for one that only another overload has.
    public override RewrittenPublish? Rewrite(
        InvocationExpressionSyntax call, IInvocationOperation operation, Func<INamedTypeSymbol, string> nameOf)
    {
        if (ParameterFor(operation) is not { } parameter || NewArgumentFor(parameter, nameOf) is not { } made)
        {
            return null;
        }

        var expression = SyntaxFactory.ParseExpression(made);
        return new RewrittenPublish(expression, parameter.Type, name => NamedArgument.Add(call.ArgumentList, operation, parameter, name))
        {
            Role = _bus.RoleOf(parameter.Type),
        };
    }

    private string? NewArgumentFor(IParameterSymbol parameter, Func<INamedTypeSymbol, string> nameOf)
    {
        if (parameter.Type is INamedTypeSymbol { IsAbstract: false, TypeKind: TypeKind.Class } message
            && _bus.RoleOf(message) is CarrierRole.Message
            && IsMadeOfNothing(message))
        {
            return $"new {nameOf(message)}()";
        }

        return _bus.RoleOf(parameter.Type) is CarrierRole.Carrier && IsMade
            ? EmptyText(nameOf, static type => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat))
            : null;
    }

    private IParameterSymbol? ParameterFor(IInvocationOperation operation)
    {
        if (_bus.PublishOf(operation) is not { } publish)
        {
            return null;
        }

        if (publish.Parameter is { } left)
        {
            return operation.TargetMethod.Parameters.FirstOrDefault(parameter => parameter.Ordinal == left.Ordinal);
        }

        return _bus.Publishes
            .Where(other => other.Parameter is not null
                && other.IsOverloadOf(publish)
                && other.Method.TypeParameters.Length == publish.Method.TypeParameters.Length
                && HasAllOf(other.Method, publish.Method, other.Parameter))
            .Select(static other => other.Parameter)
            .FirstOrDefault();
    }

    // Whether an overload has all parameters of another one, and its additional parameters are the carrier or optional.
    private static bool HasAllOf(IMethodSymbol wide, IMethodSymbol narrow, IParameterSymbol carrier)
        => narrow.Parameters.All(parameter
                => wide.Parameters.Any(other
                    => other.Name == parameter.Name && SymbolEqualityComparer.Default.Equals(other.Type, parameter.Type)))
            && wide.Parameters.All(parameter
                => SymbolEqualityComparer.Default.Equals(parameter, carrier)
                    || parameter.IsOptional
                    || narrow.Parameters.Any(other => other.Name == parameter.Name));

    private bool IsBytes => _carrier.DictionaryValue is IArrayTypeSymbol;

    private bool IsMade
        => _carrier.New is not null
            || _carrier.DictionaryValue is not null
            || (_carrier.Type is INamedTypeSymbol { IsAbstract: false } type && IsMadeOfNothing(type));

    private string EmptyText(Func<INamedTypeSymbol, string> nameOf, Func<ITypeSymbol, string> textOf)
    {
        if (_carrier.New is { } made)
        {
            return made;
        }

        var type = (INamedTypeSymbol)_carrier.Type;
        return _carrier.DictionaryValue is { } value && _dictionary is not null
            ? $"new {nameOf(_dictionary)}<string, {textOf(value)}>()"
            : $"new {nameOf(type)}()";
    }

    private static bool IsMadeOfNothing(INamedTypeSymbol type)
        => type.InstanceConstructors.Any(
            static constructor => constructor is { DeclaredAccessibility: Accessibility.Public, Parameters.IsEmpty: true });

    private static bool HasIndexer(ITypeSymbol type)
        => type.GetMembers().Any(static member => member is IPropertySymbol
        {
            IsIndexer: true,
            SetMethod: not null,
            Type.SpecialType: SpecialType.System_String,
            Parameters: [{ Type.SpecialType: SpecialType.System_String }],
        });
}
