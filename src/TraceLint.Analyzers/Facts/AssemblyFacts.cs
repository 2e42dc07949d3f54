using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using TraceLint.Configuration;

namespace TraceLint.Facts;

/// <summary>
/// The facts of one referenced project. Methods are looked up by documentation id: where the project has another target framework, its
/// symbols are not those of its own compilation.
/// </summary>
internal sealed class AssemblyFacts
{
    private readonly Dictionary<(DeclarationKind Kind, string Id), string> _parameters = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public AssemblyFacts(ImmutableArray<Declaration> lines)
    {
        foreach (var line in lines)
        {
            _parameters[(line.Kind, line.Symbol!.Id)] = line.Part(Declaration.PartNames.Carrier)!;
            _names.Add(line.Symbol.MethodName!);
        }
    }

    /// <summary>The names of the methods of a kind.</summary>
    public IEnumerable<string> NamesOf(DeclarationKind kind)
        => _parameters.Keys.Where(fact => fact.Kind == kind)
            .Select(static fact => SymbolPattern.Parse(fact.Id, "M").Pattern?.MethodName)
            .OfType<string>();

    /// <summary>The methods of a kind, with the parameter that they are about.</summary>
    /// <param name="assembly">The project as a compilation sees it.</param>
    public IEnumerable<IParameterSymbol> MethodsOf(DeclarationKind kind, IAssemblySymbol assembly, Compilation compilation)
    {
        foreach (var fact in _parameters.OrderBy(static fact => fact.Key.Id, StringComparer.Ordinal))
        {
            if (fact.Key.Kind != kind)
            {
                continue;
            }

            foreach (var symbol in DocumentationCommentId.GetSymbolsForDeclarationId(fact.Key.Id, compilation))
            {
                if (symbol is IMethodSymbol method && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, assembly)
                    && ParameterOf(method, fact.Value) is { } parameter)
                {
                    yield return parameter;
                }
            }
        }
    }

    /// <summary>The parameter that is injected into, extracted from or published by a method; null when that is not known.</summary>
    /// <param name="method">The original definition of the method.</param>
    public IParameterSymbol? Find(DeclarationKind kind, IMethodSymbol method)
        => _names.Contains(method.Name) && method.GetDocumentationCommentId() is { } id && _parameters.TryGetValue((kind, id), out var name)
            ? ParameterOf(method, name)
            : null;

    private static IParameterSymbol? ParameterOf(IMethodSymbol method, string name)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Name == name)
            {
                return parameter;
            }
        }

        return null;
    }
}
