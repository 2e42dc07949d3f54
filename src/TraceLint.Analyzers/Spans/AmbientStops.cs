using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>
/// Code that stops whatever span is current: <c>Activity.Current?.Stop()</c>. A span that nothing holds may be stopped by it, started
/// in one event handler, stopped in another. To set <c>Activity.Current</c> stops nothing: that restores a span, or hides it.
/// <para>A stop can reach a span when both stand in the same type, or in one and the type it derives from or is nested in; and when
/// some type names what is around both, to subscribe, register or call them.</para>
/// </summary>
internal sealed class AmbientStops(CompilationContext context)
{
    private StrongBox<List<MemberDeclarationSyntax>>? _stops;

    /// <summary>Whether there is a stop that can reach a span.</summary>
    /// <param name="start">The call that starts it.</param>
    public bool Reach(SyntaxNode start, CancellationToken cancellation)
    {
        var member = start.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        foreach (var stop in member is null ? [] : (_stops ??= new StrongBox<List<MemberDeclarationSyntax>>(Search(cancellation))).Value!)
        {
            if (AreInOneType(start, stop, cancellation) || AreNamedTogether(member!, stop, cancellation))
            {
                return true;
            }
        }

        return false;
    }

    private bool AreInOneType(SyntaxNode start, SyntaxNode stop, CancellationToken cancellation)
    {
        var (one, other) = (OutermostType(start, cancellation), OutermostType(stop, cancellation));
        return one is null || other is null ? one is null && other is null && start.SyntaxTree == stop.SyntaxTree : DerivesFrom(one, other)
            || DerivesFrom(other, one);
    }

    private INamedTypeSymbol? OutermostType(SyntaxNode node, CancellationToken cancellation)
        => node.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().LastOrDefault() is { } type
            ? context.Of(type.SyntaxTree).GetDeclaredSymbol(type, cancellation) as INamedTypeSymbol : null;

    private static bool DerivesFrom(INamedTypeSymbol type, INamedTypeSymbol other)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, other))
            {
                return true;
            }
        }

        return false;
    }

    // bus.Started += tracing.OnStarted; bus.Finished += cleanup.OnFinished; or AddFilter<Starting>() and AddFilter<Finishing>().
    private bool AreNamedTogether(MemberDeclarationSyntax start, MemberDeclarationSyntax stop, CancellationToken cancellation)
    {
        var (starts, stops) = (NamesOf(start, cancellation), NamesOf(stop, cancellation));
        foreach (var tree in context.Compilation.SyntaxTrees)
        {
            if (!MayName(tree, start, starts, cancellation) || !MayName(tree, stop, stops, cancellation))
            {
                continue;
            }

            var root = tree.GetRoot(cancellation);
            foreach (var type in root.DescendantNodesAndSelf(static node => node is CompilationUnitSyntax
                or BaseNamespaceDeclarationSyntax))
            {
                SyntaxNode[] code = type == root ? [.. root.ChildNodes().OfType<GlobalStatementSyntax>()] : type is TypeDeclarationSyntax
                    ? [type] : [];
                if ((code.Any(one => one.Contains(start)) || Names(code, starts, cancellation)) && (code.Any(one => one.Contains(stop))
                    || Names(code, stops, cancellation)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool MayName(SyntaxTree tree, SyntaxNode member, ISymbol[] names, CancellationToken cancellation)
        => member.SyntaxTree == tree || names.Any(one => SourceWords.StandsIn(tree, one.Name, cancellation));

    // A method and its type.
    private ISymbol[] NamesOf(MemberDeclarationSyntax member, CancellationToken cancellation)
    {
        if (context.Of(member.SyntaxTree).GetDeclaredSymbol(member, cancellation) is not { ContainingType: { } type } symbol)
        {
            return [];
        }

        return symbol is IMethodSymbol { MethodKind: MethodKind.Ordinary } ? [symbol, type] : [type];
    }

    private bool Names(SyntaxNode[] code, ISymbol[] symbols, CancellationToken cancellation)
    {
        foreach (var one in code)
        {
            foreach (var symbol in symbols)
            {
                foreach (var name in NameIndex.Of(one, symbol.Name))
                {
                    if (IsOrRuns(context.Of(one.SyntaxTree).GetSymbolInfo(name, cancellation).Symbol, symbol))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    private static bool IsOrRuns(ISymbol? named, ISymbol symbol)
        => SymbolEqualityComparer.Default.Equals(named?.OriginalDefinition, symbol)
            || (named is IMethodSymbol method && symbol is IMethodSymbol runs && Callers.MayRun(method, runs))
            || (named is IMethodSymbol { MethodKind: MethodKind.Constructor }
                && SymbolEqualityComparer.Default.Equals(named.ContainingType, symbol));

    private List<MemberDeclarationSyntax> Search(CancellationToken cancellation)
    {
        var stops = new List<MemberDeclarationSyntax>();
        foreach (var tree in context.Compilation.SyntaxTrees)
        {
            if (!SourceWords.StandsIn(tree, "Activity", cancellation) || !SourceWords.StandsIn(tree, "Current", cancellation))
            {
                continue;
            }

            foreach (var name in NameIndex.Of(tree.GetRoot(cancellation), "Current"))
            {
                if (name.Parent is MemberAccessExpressionSyntax { Expression: var type } current && current.Name == name
                    && LastName(type) == "Activity"
                    && (IsStopped(current) || (HolderOf(current) is { } holder && IsStopped(holder, current)))
                    && current.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member)
                {
                    stops.Add(member);
                }
            }
        }

        return stops;
    }

    private static string? LastName(ExpressionSyntax type) => type switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Name: var name } => name.Identifier.ValueText,
        AliasQualifiedNameSyntax { Name: var name } => name.Identifier.ValueText,
        _ => null,
    };

    // Activity.Current.Stop(), Activity.Current?.Dispose(), using (Activity.Current).
    private static bool IsStopped(SyntaxNode span)
    {
        while (span.Parent is PostfixUnaryExpressionSyntax or ParenthesizedExpressionSyntax)
        {
            span = span.Parent;
        }

        return span.Parent switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Stop" or "Dispose" } => true,
            ConditionalAccessExpressionSyntax { WhenNotNull: var then } access when access.Expression == span
                => then.DescendantNodesAndSelf().Any(static node
                    => node is MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Stop" or "Dispose" }
                    or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Stop" or "Dispose" }),
            UsingStatementSyntax => true,
            EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax { Parent: UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } } } => true,
            _ => false,
        };
    }

    private static string? HolderOf(SyntaxNode current)
    {
        while (current.Parent is PostfixUnaryExpressionSyntax or ParenthesizedExpressionSyntax)
        {
            current = current.Parent;
        }

        return current.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier.ValueText: var name } } => name,
            IsPatternExpressionSyntax { Pattern: var pattern } => pattern.DescendantNodesAndSelf().OfType<SingleVariableDesignationSyntax>().FirstOrDefault()?.Identifier.ValueText,
            _ => null,
        };
    }

    private static bool IsStopped(string name, SyntaxNode current)
        => current.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member && NameIndex.Of(member, name).Any(IsStopped);
}
