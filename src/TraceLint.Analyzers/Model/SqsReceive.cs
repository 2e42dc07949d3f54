using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// How messages are received from SQS: <c>ReceiveMessage</c> and <c>ReceiveMessageAsync</c> take a URL, or a request whose
/// <c>MessageAttributeNames</c> select the attributes to deliver. Attributes that are not requested are not delivered.
/// </summary>
internal sealed record SqsReceive(INamedTypeSymbol Client, INamedTypeSymbol Request, INamedTypeSymbol Response, INamedTypeSymbol Message)
{
    /// <summary>The member of a request that selects the attributes.</summary>
    public const string AttributeNames = "MessageAttributeNames";

    /// <summary>The names of the methods that receive: a cheap check before the semantic one.</summary>
    public static readonly HashSet<string> CalledNames = new(StringComparer.Ordinal) { "ReceiveMessage", "ReceiveMessageAsync" };

    /// <summary>The metadata names, which tests compare with the real library.</summary>
    internal static class Names
    {
        public const string Client = "Amazon.SQS.IAmazonSQS";
        public const string Request = "Amazon.SQS.Model.ReceiveMessageRequest";
        public const string Response = "Amazon.SQS.Model.ReceiveMessageResponse";
        public const string Message = "Amazon.SQS.Model.Message";
    }

    /// <summary>The types in a compilation; null when SQS is not referenced.</summary>
    public static SqsReceive? In(Compilation compilation)
        => compilation.TypeNamed(Names.Client) is { } client
            && compilation.TypeNamed(Names.Request) is { } request
            && compilation.TypeNamed(Names.Response) is { } response
            && compilation.TypeNamed(Names.Message) is { } message
                ? new SqsReceive(client, request, response, message)
                : null;

    /// <summary>Whether a call receives messages with a client of the library.</summary>
    /// <param name="argument">The request or the URL.</param>
    public bool IsReceive(IInvocationOperation call, out IOperation? argument)
    {
        argument = null;
        if (!CalledNames.Contains(call.TargetMethod.Name)
            || !SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingAssembly, Client.ContainingAssembly))
        {
            return false;
        }

        foreach (var candidate in call.Arguments)
        {
            if (candidate.Parameter is { Ordinal: 0 })
            {
                argument = candidate.Value;
            }
        }

        return argument is not null;
    }

    /// <summary>Whether a type is a message, a collection of messages, or the response that holds them.</summary>
    public bool HoldsMessages(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol { ElementType: var element } => HoldsMessages(element),
        INamedTypeSymbol { TypeKind: not TypeKind.Delegate, TypeArguments: [var element] } => HoldsMessages(element),
        _ => Is(type, Message) || Is(type, Response),
    };

    /// <summary>Whether a type is a message.</summary>
    public bool IsMessage(ITypeSymbol? type) => Is(type, Message);

    private static bool Is(ITypeSymbol? type, INamedTypeSymbol known) => SymbolEqualityComparer.Default.Equals(type, known);
}
