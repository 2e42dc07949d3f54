namespace TraceLint.Engine;

/// <summary>Where a value comes from, as far as tracing is concerned. The origins of its parts, and of all paths, add up.</summary>
[Flags]
internal enum Origin
{
    None = 0,

    /// <summary>Another process: a received message, a request, an environment variable, a trace header, deserialized data.</summary>
    OtherProcess = 1,

    /// <summary>A span of this process: its context or one of its ids.</summary>
    OwnSpan = 2,

    /// <summary>A parameter of the body at which the analysis starts: the callers know more.</summary>
    Parameter = 4,
}
