using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Snippets;

/// <summary>The variable into whose carrier inserted statements write.</summary>
/// <param name="Name">The name of the variable.</param>
/// <param name="Role">Whether the variable holds a message, a carrier or a batch.</param>
/// <param name="Type">The type of the variable.</param>
/// <param name="EntriesMember">The member that holds the messages of a batch that is not a collection itself.</param>
/// <param name="CarrierExists">Whether the carrier of the message is never null.</param>
internal sealed record InjectTarget(string Name, CarrierRole Role, ITypeSymbol? Type, string? EntriesMember, bool CarrierExists);

/// <summary>A publish of an overload without a carrier, rewritten to an overload that takes a message or carrier.</summary>
/// <param name="Message">The expression that creates the message.</param>
/// <param name="Type">The type of the message.</param>
/// <param name="Arguments">The new arguments of the call, given the name of the variable with the message.</param>
internal sealed record RewrittenPublish(ExpressionSyntax Message, ITypeSymbol Type, Func<string, ArgumentListSyntax> Arguments)
{
    /// <summary>Whether the new argument is a message or a carrier.</summary>
    public CarrierRole Role { get; init; } = CarrierRole.Message;
}

/// <summary>The code that writes and reads the carrier of a transport.</summary>
internal abstract class CarrierCode
{
    public abstract Transport Transport { get; }

    /// <summary>The member of a message that holds its carrier.</summary>
    public abstract string Member { get; }

    /// <summary>Whether the carrier may be null although the rule saw that the message has one, as when a builder created it.</summary>
    public virtual bool MayBeMissing => false;

    /// <summary>Whether a message always has a carrier, and the carrier cannot be set.</summary>
    public virtual bool IsAlwaysThere => false;

    /// <summary>Whether a missing carrier can be created and set.</summary>
    public virtual bool CanBeMade => true;

    /// <summary>Candidate names for a carrier parameter, the best first.</summary>
    public abstract string[] CarrierNames { get; }

    /// <summary>Candidate names for a local that holds a message or a carrier, the best first.</summary>
    public abstract string[] LocalNames(CarrierRole role);

    /// <summary>An expression that creates an empty carrier for a message.</summary>
    public abstract string Empty(ITypeSymbol? message, SnippetSite site);

    /// <summary>Statements that set an entry, replacing an existing one.</summary>
    /// <param name="carrier">The carrier, an expression.</param>
    /// <param name="key">The name of the entry, an expression.</param>
    /// <param name="value">The text of the entry, an expression.</param>
    public abstract IReadOnlyList<string> Set(string carrier, string key, string value, ITypeSymbol? message, SnippetSite site);

    /// <summary>The code for a carrier that may be too full for a whole context.</summary>
    /// <param name="entries">How many entries can still be added; null where there is room for a context.</param>
    public virtual CarrierCode WithRoom(int? entries) => this;

    /// <summary>The expression for the carrier of the received message in a variable; null when it is not known.</summary>
    public abstract string? Received(string variable, IReadOnlyList<ISymbol> symbols);

    /// <summary>The same for a library in which the type of the variable decides: see <see cref="ReceivedAs"/>.</summary>
    protected string? ReceivedByType(string variable, IReadOnlyList<ISymbol> symbols) => symbols switch
    {
        [ILocalSymbol { Type: var type }] => ReceivedAs(type, variable),
        [IParameterSymbol { Type: var type }] => ReceivedAs(type, variable),
        _ => null,
    };

    /// <summary>The expression for the carrier of a received message of some type; null when it is not known.</summary>
    public virtual string? ReceivedAs(ITypeSymbol type, string variable) => Received(variable, []);

    /// <summary>A condition that tries to read an entry of a carrier.</summary>
    /// <param name="value">The variable that the condition declares.</param>
    public abstract string TryRead(string carrier, string key, string value);

    /// <summary>The condition of <see cref="TryRead"/> for a carrier that may be null.</summary>
    public virtual string TryReadReceived(string carrier, string key, string value) => TryRead(carrier, key, value);

    /// <summary>A continuation of the condition that checks that the entry has a value; empty where an entry always has one.</summary>
    /// <param name="value">The variable that <see cref="TryRead"/> declared.</param>
    public virtual string AndHasValue(string value) => "";

    /// <summary>The expression for the text of an entry that was read.</summary>
    public abstract string TextOf(string value, SnippetSite site);

    /// <summary>Statements that set an entry to the value that was read from another carrier.</summary>
    /// <param name="value">The variable that <see cref="TryRead"/> declared.</param>
    public virtual IReadOnlyList<string> Copy(string carrier, string key, string value, ITypeSymbol? message, SnippetSite site)
        => Set(carrier, key, TextOf(value, site), message, site);

    /// <summary>Rewrites a publish of an overload without a carrier to one with a carrier.</summary>
    /// <param name="nameOf">Returns the name of a type as it is written after <c>new</c>.</param>
    /// <returns>Null when there is no such rewrite.</returns>
    public virtual RewrittenPublish? Rewrite(
        InvocationExpressionSyntax call, IInvocationOperation operation, Func<INamedTypeSymbol, string> nameOf)
        => null;
}
