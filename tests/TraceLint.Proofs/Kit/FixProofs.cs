using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace TraceLint.Proofs.Kit;

/// <summary>
/// The proofs of a rule's fix: every public static property of type <see cref="Proof"/> of a class that is called TLnnnnProofs
/// is one, in each of its dialects.
/// </summary>
/// <typeparam name="TProofs">The class itself.</typeparam>
public abstract class FixProofs<TProofs>
    where TProofs : FixProofs<TProofs>
{
    [SuppressMessage("Design", "CA1000", Justification = "xunit finds the cases by it.")]
    public static TheoryData<string, Dialect> First => ProofCases.First(typeof(TProofs));

    [SuppressMessage("Design", "CA1000", Justification = "xunit finds the cases by it.")]
    public static TheoryData<string, Dialect> Others => ProofCases.Others(typeof(TProofs));

    [Theory]
    [MemberData(nameof(First))]
    public Task FirstBrokenProgram_IsWholeAfterTheFix(string proof, Dialect dialect) => ProveAsync(proof, dialect);

    [Theory]
    [Trait("Tier", "Full")]
    [MemberData(nameof(Others))]
    public Task BrokenProgram_IsWholeAfterTheFix(string proof, Dialect dialect) => ProveAsync(proof, dialect);

    private static Task ProveAsync(string proof, Dialect dialect)
        => ProofCases.Of(typeof(TProofs), proof).FixAsync(ProofCases.RuleOf(typeof(TProofs)), dialect);
}

/// <summary>
/// Programs that no rule says anything about, and rightly so: every public static property of type <see cref="Proof"/> is one.
/// </summary>
/// <typeparam name="TProofs">The class itself.</typeparam>
public abstract class SilenceProofs<TProofs>
    where TProofs : SilenceProofs<TProofs>
{
    [SuppressMessage("Design", "CA1000", Justification = "xunit finds the cases by it.")]
    public static TheoryData<string, Dialect> First => ProofCases.First(typeof(TProofs));

    [SuppressMessage("Design", "CA1000", Justification = "xunit finds the cases by it.")]
    public static TheoryData<string, Dialect> Others => ProofCases.Others(typeof(TProofs));

    [Theory]
    [MemberData(nameof(First))]
    public Task FirstSilentProgram_IsWhole(string proof, Dialect dialect) => ProofCases.Of(typeof(TProofs), proof).StandAsync(dialect);

    [Theory]
    [Trait("Tier", "Full")]
    [MemberData(nameof(Others))]
    public Task SilentProgram_IsWhole(string proof, Dialect dialect) => ProofCases.Of(typeof(TProofs), proof).StandAsync(dialect);
}

/// <summary>The proofs of a class.</summary>
internal static class ProofCases
{
    public static IEnumerable<Type> FixClasses => typeof(ProofCases).Assembly.GetTypes().Where(static type => type.BaseType is { IsGenericType: true } proofs && proofs.GetGenericTypeDefinition() == typeof(FixProofs<>));

    public static string RuleOf(Type proofs) => proofs.Name[.."TL0000".Length];

    public static IEnumerable<Proof> All(Type proofs) => Properties(proofs).Select(property => Of(proofs, property.Name));

    public static Proof Of(Type proofs, string name) => (Proof)proofs.GetProperty(name)!.GetValue(null)!;

    /// <summary>The first program in its first dialect.</summary>
    public static TheoryData<string, Dialect> First(Type proofs) => Data(In(proofs).Take(1));

    /// <summary>The other programs, and the first in its other dialect.</summary>
    public static TheoryData<string, Dialect> Others(Type proofs) => Data(In(proofs).Skip(1));

    private static IEnumerable<(string Name, Dialect Dialect)> In(Type proofs)
        => from property in Properties(proofs)
           from dialect in new[] { Dialect.OpenTelemetry, Dialect.SystemDiagnostics }
           where Of(proofs, property.Name).Dialects.HasFlag(dialect)
           select (property.Name, dialect);

    private static TheoryData<string, Dialect> Data(IEnumerable<(string Name, Dialect Dialect)> cases)
    {
        var data = new TheoryData<string, Dialect>();
        foreach (var (name, dialect) in cases)
        {
            data.Add(name, dialect);
        }

        return data;
    }

    private static IEnumerable<PropertyInfo> Properties(Type proofs)
        => proofs.GetProperties(BindingFlags.Public | BindingFlags.Static).Where(static property => property.PropertyType == typeof(Proof));
}
