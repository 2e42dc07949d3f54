using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Propagation;

/// <summary>Headers written by hand: what they mean, as far as their names say.</summary>
internal static class HandwrittenHeader
{
    /// <summary>What a header of the given name is, as far as its name says.</summary>
    /// <param name="name">The operand that names the header.</param>
    /// <param name="project">The project being compiled. Only its fields are read: those of others show their source in the IDE, not in a build.</param>
    /// <param name="text">The name, when it can be read.</param>
    public static EntryMeaning MeaningOf(IOperation name, IAssemblySymbol project, out string text)
    {
        text = TextOf(name, project) ?? "";
        return text switch
        {
            "" => EntryMeaning.Unclear,
            _ when TraceVocabulary.IsContextHeader(text) => EntryMeaning.Context,
            _ when TraceVocabulary.IsCompanionHeader(text) => EntryMeaning.Business,
            _ => TraceVocabulary.IsAboutTracing(text) ? EntryMeaning.Unclear : EntryMeaning.Business,
        };
    }

    /// <summary>The text of a literal, a constant, or a static readonly field that is set to a literal; null when it cannot be read.</summary>
    /// <inheritdoc cref="MeaningOf"/>
    public static string? TextOf(IOperation name, IAssemblySymbol project) => name switch
    {
        { ConstantValue: { HasValue: true, Value: string constant } } => constant,
        IFlowCaptureReferenceOperation { Syntax: LiteralExpressionSyntax literal } when literal.IsKind(SyntaxKind.StringLiteralExpression) => literal.Token.ValueText,
        IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true, DeclaringSyntaxReferences: [var declaration] } field }
            when field.ContainingType.StaticConstructors.All(static constructor => constructor.IsImplicitlyDeclared) && SymbolEqualityComparer.Default.Equals(field.ContainingAssembly, project) && declaration.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: LiteralExpressionSyntax literal }
                && literal.IsKind(SyntaxKind.StringLiteralExpression) => literal.Token.ValueText,
        _ => null,
    };
}
