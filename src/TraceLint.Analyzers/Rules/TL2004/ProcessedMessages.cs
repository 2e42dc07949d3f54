using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Propagation;

namespace TraceLint.Rules;

/// <summary>
/// Whether received messages are processed with a context from their attributes: the body of a message is read, or a message is passed
/// on, in the same method, in methods it calls or in its callers. Messages that are counted, listed or deleted are not processed; a
/// message whose body is an envelope with a context needs no attributes.
/// </summary>
internal sealed class ProcessedMessages(SqsReceive sqs, CompilationContext context)
{
    private const int MaxDepth = 3;
    private const int MaxCallers = 20;

    // The envelope of SNS: the body of the SQS message contains the attributes of the published message.
    private static readonly HashSet<string> s_envelopeMembers = new(StringComparer.Ordinal) { "MessageAttributes", "TopicArn" };

    private static readonly string[] s_parsing = ["CreateActivity", "Parse", "SetParentId", "StartActivity", "TryParse"];

    private enum Use
    {
        None,
        Processed,
        Enveloped,
    }

    /// <summary>Whether the messages of a receive are processed.</summary>
    /// <param name="receive">The call that receives.</param>
    public bool AreProcessed(IInvocationOperation receive, CancellationToken cancellation)
        => EnclosingBody.Of(receive.Syntax) is { } body && UseIn(body, MaxDepth, [], cancellation) is Use.Processed;

    private Use UseIn(SyntaxNode body, int depth, HashSet<SyntaxNode> seen, CancellationToken cancellation)
    {
        if (depth == 0 || !seen.Add(body) || context.Of(body.SyntaxTree).GetOperation(body, cancellation) is not { } root)
        {
            return Use.None;
        }

        var (use, isReturned) = (Use.None, false);
        foreach (var operation in root.DescendantsAndSelf())
        {
            cancellation.ThrowIfCancellationRequested();
            var one = operation switch
            {
                IPropertyReferenceOperation { Property.Name: "Body", Instance: { } message } when sqs.IsMessage(message.Type)
                    => Use.Processed,
                IPropertyReferenceOperation { Property.IsIndexer: true, Instance.Type: { } json, Arguments: [{ Value: var key }] }
                    when IsJson(json) && NamesContext(key)
                    => Use.Enveloped,
                IInvocationOperation call => UseBy(call, depth, seen, cancellation),
                IObjectCreationOperation { Type.Locations: [{ IsInSource: true }, ..] } creation
                    when creation.Arguments.Any(argument => sqs.HoldsMessages(TypeOf(argument.Value)))
                    => Use.Processed,
                _ => Use.None,
            };
            if (one is Use.Enveloped)
            {
                return one;
            }

            use = one > use ? one : use;
            isReturned |= operation is IReturnOperation { ReturnedValue: { } value } && sqs.HoldsMessages(TypeOf(value));
        }

        return use is Use.None && isReturned ? UseByCallers(body, depth, seen, cancellation) : use;
    }

    private Use UseBy(IInvocationOperation call, int depth, HashSet<SyntaxNode> seen, CancellationToken cancellation)
    {
        if (MakesEnvelope(call, cancellation))
        {
            return Use.Enveloped;
        }

        var method = call.TargetMethod;
        if (!call.Arguments.Any(argument => sqs.HoldsMessages(TypeOf(argument.Value)))
            || Bystanders.Contains(method)
            || method.ContainingNamespace?.ToDisplayString() is "System.Linq" or "System.Threading.Tasks" or "System.Collections.Generic"
            || SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, sqs.Client.ContainingAssembly))
        {
            return Use.None;
        }

        // Code that is not visible is assumed to process the message that it gets.
        var bodies = context.MethodsOf(method, call.IsVirtual)
            .Where(context.Has)
            .SelectMany(static one => one.DeclaringSyntaxReferences)
            .Select(declaration => declaration.GetSyntax(cancellation))
            .ToList();
        var use = bodies.Count == 0 ? Use.Processed : Use.None;
        foreach (var body in bodies)
        {
            var one = depth == 1 ? Use.Processed : UseIn(body, depth - 1, seen, cancellation);
            use = one > use ? one : use;
        }

        return use;
    }

    // A wrapper around the client: its callers decide what happens to the messages.
    private Use UseByCallers(SyntaxNode body, int depth, HashSet<SyntaxNode> seen, CancellationToken cancellation)
    {
        if (context.Of(body.SyntaxTree).GetDeclaredSymbol(body, cancellation)
            is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method)
        {
            return Use.None;
        }

        var use = Use.None;
        foreach (var call in CallIndex.CallsOf(method.Name, context, cancellation).Take(MaxCallers))
        {
            if (EnclosingBody.Of(call.Syntax) is { } caller
                && caller != body
                && UseIn(caller, depth - 1, seen, cancellation) is var one
                && one > use)
            {
                use = one;
            }
        }

        return use;
    }

    private bool MakesEnvelope(IInvocationOperation call, CancellationToken cancellation)
    {
        var method = call.TargetMethod;
        return method.Name switch
        {
            "ParseMessage" => true,
            "GetProperty" or "TryGetProperty" or "SelectToken" => call.Arguments is [{ Value: var key }, ..] && NamesContext(key),
            "FromJson" or "Parse" or "ReadFromJson" or "ToObject" => IsAny(method.TypeArguments.Append(call.Type)),
            var name
                => name.StartsWith("Deserialize", StringComparison.Ordinal)
                    && IsAny(
                        method.TypeArguments.Append(call.Type)
                            .Concat(call.Arguments.Select(static argument => (argument.Value as ITypeOfOperation)?.TypeOperand))),
        };

        bool IsAny(IEnumerable<ITypeSymbol?> types) => types.Any(type => IsEnvelope(type, cancellation));
    }

    private bool IsEnvelope(ITypeSymbol? type, CancellationToken cancellation)
        => type is INamedTypeSymbol { SpecialType: SpecialType.None, Locations: [{ IsInSource: true }, ..] } named
            && (ContextInBody.IsCarriedBy(named)
                || named.GetMembers().Any(static member => member is IPropertySymbol && s_envelopeMembers.Contains(member.Name))
                || IsParsed(named, cancellation));

    // Whether a context is parsed from a member of the envelope, whatever the name of the member.
    private bool IsParsed(INamedTypeSymbol envelope, CancellationToken cancellation)
    {
        foreach (var name in s_parsing)
        {
            foreach (var call in CallIndex.CallsOf(name, context, cancellation))
            {
                if (call.TargetMethod.ContainingType
                    is { Name: "ActivityContext" or "ActivitySource" or "Activity", ContainingNamespace.Name: "Diagnostics" }
                    && call.Arguments
                        .FirstOrDefault(static argument => argument.Parameter?.Name is "traceParent" or "parentId")?.Value.Unconverted()
                        is { } text
                    && (text is IConditionalAccessOperation access ? access.WhenNotNull : text)
                        is IPropertyReferenceOperation { Property.ContainingType: var owner }
                    && SymbolEqualityComparer.Default.Equals(owner, envelope))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // The type before conversions, for example to object.
    private static ITypeSymbol? TypeOf(IOperation operation)
        => operation is IConversionOperation { Operand: var operand } ? TypeOf(operand) : operation.Type;

    private static bool IsJson(ITypeSymbol type)
        => type.ContainingNamespace?.ToDisplayString() is { } home
            && (home.StartsWith("Newtonsoft.Json", StringComparison.Ordinal)
                || home.StartsWith("System.Text.Json", StringComparison.Ordinal));

    private static bool NamesContext(IOperation key)
        => key.ConstantValue is { HasValue: true, Value: string name }
            && (s_envelopeMembers.Contains(name) || TraceVocabulary.IsContextHeader(name));
}
