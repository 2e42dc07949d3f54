using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;

namespace TraceLint.Tests.Flow;

/// <summary>What is left of a lambda's state when it has run: what somebody else can still reach.</summary>
public class FlowStateTests
{
    private static readonly (IMethodSymbol Lambda, ILocalSymbol Own, ILocalSymbol Outer) s_symbols = Symbols();

    private static readonly TrackedObject s_message = new(CarrierRole.Message, "message", Location.None, Opaque: null);
    private static readonly TrackedObject s_headers = new(CarrierRole.Carrier, "headers", Location.None, Opaque: null);

    private static readonly FlowState s_made = FlowState.Empty
        .WithParts(s_message, [s_headers])
        .WithContext(s_message, ContextState.Absent)
        .WithContext(s_headers, ContextState.Present);

    [Fact]
    public void ItsOwnVariable_AndWhatOnlyThatHeld_AreGone()
    {
        var left = s_made.WithVariable(s_symbols.Own, [s_message]).After(s_symbols.Lambda, FlowState.Empty, []);

        Assert.Empty(left.Variables);
        Assert.Empty(left.Parts);
        Assert.Empty(left.Contexts);
    }

    [Fact]
    public void WhatAnOuterVariableHolds_Stays_WithItsParts()
    {
        var left = s_made.WithVariable(s_symbols.Own, [s_message]).WithVariable(s_symbols.Outer, [s_message]).After(s_symbols.Lambda, FlowState.Empty, []);

        Assert.Equal([s_symbols.Outer], left.Variables.Keys);
        Assert.Equal(ContextState.Present, left.ContextOf(s_headers));
    }

    [Fact]
    public void WhatItReturns_Stays()
        => Assert.Equal([s_headers], s_made.WithVariable(s_symbols.Own, [s_message]).After(s_symbols.Lambda, FlowState.Empty, [s_message]).PartsOf(s_message)!);

    [Fact]
    public void WhatWasThereBefore_Stays()
        => Assert.Equal(ContextState.Present, s_made.After(s_symbols.Lambda, s_made, []).ContextOf(s_headers));

    private static (IMethodSymbol Lambda, ILocalSymbol Own, ILocalSymbol Outer) Symbols()
    {
        var tree = CSharpSyntaxTree.ParseText("class C { void M() { object outer; System.Action a = () => { object own; }; } }");
        var model = CSharpCompilation.Create("Code", [tree], [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)]).GetSemanticModel(tree);
        var nodes = tree.GetRoot().DescendantNodes().ToList();
        return (
            (IMethodSymbol)model.GetSymbolInfo(nodes.OfType<LambdaExpressionSyntax>().Single()).Symbol!,
            Local("own"),
            Local("outer"));

        ILocalSymbol Local(string name) => (ILocalSymbol)model.GetDeclaredSymbol(nodes.OfType<VariableDeclaratorSyntax>().Single(variable => variable.Identifier.ValueText == name))!;
    }
}
