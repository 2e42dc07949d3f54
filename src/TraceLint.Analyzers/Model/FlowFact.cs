namespace TraceLint.Model;

/// <summary>What takes the execution context, and with it Activity.Current, for the work to run in.</summary>
internal enum CapturedAt
{
    /// <summary>The call that hands the work over.</summary>
    Call,

    /// <summary>The constructor; what starts the work later changes nothing.</summary>
    Construction,

    /// <summary>The call that starts it; who made the object changes nothing.</summary>
    Start,

    /// <summary>The registration; who triggers the work changes nothing.</summary>
    Registration,

    /// <summary>Nothing does.</summary>
    Never,
}

/// <summary>The span that is current where the work runs.</summary>
internal enum Seen
{
    /// <summary>The one that was current where the context was captured.</summary>
    Caller,

    /// <summary>None: what is started there is the root of a new trace.</summary>
    None,

    /// <summary>Whichever is current where the work is run: that of the reader, of who cancels, of who completes.</summary>
    Runner,

    /// <summary>That of the first who handed something over while the work goes on.</summary>
    First,
}

/// <summary>What becomes of Activity.Current when an API of .NET is handed work.</summary>
/// <param name="Type">The metadata name of the type.</param>
/// <param name="Member">The method; ".ctor" for a constructor.</param>
/// <param name="Captured">What captures the context.</param>
/// <param name="Sees">The span that the work sees.</param>
/// <param name="Suppressed">The same where the context is captured inside ExecutionContext.SuppressFlow; null where that differs from run to run.</param>
internal sealed record FlowFact(string Type, string Member, CapturedAt Captured, Seen Sees, Seen? Suppressed)
{
    public const string Constructor = ".ctor";

    /// <summary>The API as people write it: <c>Task.Run</c>, <c>new Timer</c>.</summary>
    public string Api
    {
        get
        {
            var name = Type.IndexOf('`') is > 0 and var arity ? Type.Substring(0, arity) + "<T>" : Type;
            // There is more than one Timer.
            name = name.StartsWith("System.Timers.", StringComparison.Ordinal) ? name : name.Substring(name.LastIndexOf('.') + 1);
            return Member == Constructor ? $"new {name}" : $"{name}.{Member}";
        }
    }
}
