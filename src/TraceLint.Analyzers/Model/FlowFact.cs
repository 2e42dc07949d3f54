namespace TraceLint.Model;

/// <summary>What captures the execution context, and with it Activity.Current, in which the work runs.</summary>
internal enum CapturedAt
{
    /// <summary>The call to which the work is passed.</summary>
    Call,

    /// <summary>The constructor; where the work is started makes no difference.</summary>
    Construction,

    /// <summary>The call that starts the work; where the object was created makes no difference.</summary>
    Start,

    /// <summary>The registration; what triggers the work makes no difference.</summary>
    Registration,

    /// <summary>Nothing captures it.</summary>
    Never,
}

/// <summary>The span that is current while the work runs.</summary>
internal enum Seen
{
    /// <summary>The span that was current where the context was captured.</summary>
    Caller,

    /// <summary>None: a span that is started there is the root of a new trace.</summary>
    None,

    /// <summary>The span of the code that runs the work, such as the reader of a queue, or the code that cancels or completes.</summary>
    Runner,

    /// <summary>The span of the code that passed the first item to a block that was idle.</summary>
    First,
}

/// <summary>How an API of .NET that runs work treats Activity.Current.</summary>
/// <param name="Type">The metadata name of the type.</param>
/// <param name="Member">The method; ".ctor" for a constructor.</param>
/// <param name="Captured">What captures the context.</param>
/// <param name="Sees">The span that the work sees.</param>
/// <param name="Suppressed">The same inside ExecutionContext.SuppressFlow; null when it differs from run to run.</param>
internal sealed record FlowFact(string Type, string Member, CapturedAt Captured, Seen Sees, Seen? Suppressed)
{
    public const string Constructor = ".ctor";

    /// <summary>The API as it is written in code: <c>Task.Run</c>, <c>new Timer</c>.</summary>
    public string Api
    {
        get
        {
            var name = Type.IndexOf('`') is > 0 and var arity ? Type.Substring(0, arity) + "<T>" : Type;
            // Keeps System.Timers.Timer apart from System.Threading.Timer.
            name = name.StartsWith("System.Timers.", StringComparison.Ordinal) ? name : name.Substring(name.LastIndexOf('.') + 1);
            return Member == Constructor ? $"new {name}" : $"{name}.{Member}";
        }
    }
}
