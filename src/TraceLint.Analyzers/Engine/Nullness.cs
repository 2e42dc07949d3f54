namespace TraceLint.Engine;

/// <summary>Whether a value may be null, and whether it may be something else.</summary>
[Flags]
internal enum Nullness
{
    None = 0,
    Null = 1,
    NotNull = 2,
    Unknown = Null | NotNull,
}
