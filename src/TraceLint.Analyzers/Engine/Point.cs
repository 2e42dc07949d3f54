using Microsoft.CodeAnalysis;

namespace TraceLint.Engine;

/// <summary>A place in a body or in its lambdas and local functions, and what is known there in one run.</summary>
/// <param name="Operation">The operation that is executed next.</param>
/// <param name="Run">The run.</param>
/// <param name="State">What is known.</param>
internal sealed record Point(IOperation Operation, BodyRun Run, State State);
