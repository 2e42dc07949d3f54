namespace TraceLint.Model;

/// <summary>What a call does, as far as tracing is concerned. The engine applies each of them; the model says which.</summary>
internal enum EffectKind
{
    /// <summary>Nothing is known. The engine follows the code, or gives up on what is passed to it.</summary>
    Unknown,

    /// <summary>Reads its operands, keeps none of them and returns something computed from them.</summary>
    Computes,

    /// <summary>Composes a text of its operands, or formats one: <c>string.Join</c>, <c>builder.Append</c>, <c>ToString</c>.</summary>
    ComposesText,

    /// <summary>Returns the operand <see cref="Effect.Operand"/>: <c>activity.SetTag(...)</c>, <c>task.ConfigureAwait(...)</c>.</summary>
    Returns,

    /// <summary>Whether the operand <see cref="Effect.Operand"/> is there: <c>HasValue</c>, <c>IsValid()</c>.</summary>
    IsPresent,

    /// <summary>Returns data of another process.</summary>
    Receives,

    /// <summary>Reads the context or an id of a span of this process.</summary>
    ReadsSpan,

    /// <summary>Reads the current span.</summary>
    ReadsCurrentSpan,

    /// <summary>Makes the value that is assigned the current span.</summary>
    SetsCurrentSpan,

    /// <summary>Parses a context, or builds one from ids.</summary>
    CreatesContext,

    /// <summary>Creates a span, and starts it if <see cref="Effect.IsStarted"/>.</summary>
    CreatesSpan,

    /// <summary>Sets the parent of the span that it is called on, and returns the span.</summary>
    SetsParent,

    /// <summary>Starts the span <see cref="Effect.Operand"/>, and returns it.</summary>
    StartsSpan,

    /// <summary>Stops <see cref="Effect.Operand"/>, if it is a span.</summary>
    StopsSpan,

    /// <summary>Writes the context of a span to a carrier.</summary>
    Injects,

    /// <summary>Starts a child process.</summary>
    StartsProcess,

    /// <summary>Creates an object whose member <see cref="Effect.Member"/> holds the first argument.</summary>
    CreatesWith,

    /// <summary>Returns a copy of the receiver, whose member <see cref="Effect.Member"/> holds the first argument.</summary>
    CopiesWith,

    /// <summary>Adds its arguments to the receiver, a collection: an element, or a key and a value.</summary>
    Adds,

    /// <summary>Runs the delegate <see cref="Effect.Operand"/>, perhaps later and on another thread.</summary>
    Runs,
}

/// <summary>What one method does. Data: it depends on the method alone.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Operand">The ordinal of a parameter, or <see cref="Receiver"/>.</param>
internal sealed record Effect(EffectKind Kind, int Operand = Effect.Receiver)
{
    /// <summary>What the method is called on.</summary>
    public const int Receiver = -1;

    /// <summary>The member that holds an argument.</summary>
    public string Member { get; init; } = "";

    /// <summary>Whether a span that it creates runs from then on.</summary>
    public bool IsStarted { get; init; }

    /// <summary>Whether a span that it starts becomes the current one.</summary>
    public bool BecomesCurrent { get; init; } = true;

    /// <summary>Whether it returns null when nobody listens.</summary>
    public bool MayReturnNull { get; init; }

    public static readonly Effect Unknown = new(EffectKind.Unknown);
    public static readonly Effect Computes = new(EffectKind.Computes);
    public static readonly Effect ComposesText = new(EffectKind.ComposesText);
    public static readonly Effect Receives = new(EffectKind.Receives);
    public static readonly Effect ReadsSpan = new(EffectKind.ReadsSpan);
    public static readonly Effect ReturnsReceiver = new(EffectKind.Returns);
    public static readonly Effect ReturnsFirst = new(EffectKind.Returns, 0);
}
