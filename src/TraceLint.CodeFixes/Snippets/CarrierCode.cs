using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Snippets;

/// <summary>What statements are written about.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Role">Whether it holds a message, a carrier or a batch.</param>
/// <param name="Type">Its type.</param>
/// <param name="EntriesMember">The member that holds the messages, when it is a batch that is no collection itself.</param>
/// <param name="CarrierExists">Whether the message's carrier is certainly not null.</param>
internal sealed record InjectTarget(string Name, CarrierRole Role, ITypeSymbol? Type, string? EntriesMember, bool CarrierExists);

/// <summary>A publish that cannot carry, written anew: the message that the call is to take, and what is left of its arguments.</summary>
/// <param name="Message">The expression that makes the message.</param>
/// <param name="Type">Its type.</param>
/// <param name="Arguments">The arguments of the call, given the name of the message.</param>
internal sealed record RewrittenPublish(ExpressionSyntax Message, ITypeSymbol Type, Func<string, ArgumentListSyntax> Arguments)
{
    /// <summary>Whether it is a message, or a carrier by itself.</summary>
    public CarrierRole Role { get; init; } = CarrierRole.Message;
}

/// <summary>The carrier of one transport, as code that writes to it and reads from it.</summary>
internal abstract class CarrierCode
{
    public abstract Transport Transport { get; }

    /// <summary>The member of a message that holds its carrier.</summary>
    public abstract string Member { get; }

    /// <summary>Whether the carrier may be missing although a message was seen to have one: a builder makes it for what was added to it.</summary>
    public virtual bool MayBeMissing => false;

    /// <summary>Whether a message has a carrier whatever it is made with, which cannot be set.</summary>
    public virtual bool IsAlwaysThere => false;

    /// <summary>Whether a carrier that is missing can be made and set.</summary>
    public virtual bool CanBeMade => true;

    /// <summary>Names for a parameter that is the carrier.</summary>
    public abstract string[] CarrierNames { get; }

    /// <summary>Names for a local that holds what a role says.</summary>
    public abstract string[] LocalNames(CarrierRole role);

    /// <summary>An expression that makes an empty carrier for a message.</summary>
    public abstract string Empty(ITypeSymbol? message, SnippetSite site);

    /// <summary>Statements that replace one entry.</summary>
    /// <param name="carrier">The carrier, an expression.</param>
    /// <param name="key">The name of the entry, an expression.</param>
    /// <param name="value">Its text, an expression.</param>
    public abstract IReadOnlyList<string> Set(string carrier, string key, string value, ITypeSymbol? message, SnippetSite site);

    /// <summary>The same for a carrier that takes only so many entries more.</summary>
    /// <param name="entries">How many; null where there is room for a context.</param>
    public virtual CarrierCode WithRoom(int? entries) => this;

    /// <summary>Where the received message of a variable has its carrier; null when that is not known.</summary>
    public abstract string? Received(string variable, IReadOnlyList<ISymbol> symbols);

    /// <summary>Where a received message of a type has its carrier; null when that is not known.</summary>
    public virtual string? ReceivedAs(ITypeSymbol type, string variable) => Received(variable, []);

    /// <summary>A condition that reads an entry of a received carrier.</summary>
    /// <param name="value">The variable that the condition declares.</param>
    public abstract string TryRead(string carrier, string key, string value);

    /// <summary>The same for a carrier that may be null.</summary>
    public virtual string TryReadReceived(string carrier, string key, string value) => TryRead(carrier, key, value);

    /// <summary>Whether a value that was read is there: an entry may have none. Empty where that cannot be.</summary>
    /// <param name="value">The variable that <see cref="TryRead"/> declared.</param>
    public virtual string AndHasValue(string value) => "";

    /// <summary>The text of an entry that was read.</summary>
    public abstract string TextOf(string value, SnippetSite site);

    /// <summary>Statements that replace one entry with what was read of another carrier.</summary>
    /// <param name="value">The variable that <see cref="TryRead"/> declared.</param>
    public virtual IReadOnlyList<string> Copy(string carrier, string key, string value, ITypeSymbol? message, SnippetSite site)
        => Set(carrier, key, TextOf(value, site), message, site);

    /// <summary>A publish that cannot carry, as one that can.</summary>
    /// <param name="nameOf">How a type is written after <c>new</c>.</param>
    /// <returns>Null when there is no way to write it.</returns>
    public virtual RewrittenPublish? Rewrite(
        InvocationExpressionSyntax call, IInvocationOperation operation, Func<INamedTypeSymbol, string> nameOf)
        => null;
}
