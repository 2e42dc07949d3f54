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
    public static TheoryData<string, Dialect> Cases => ProofCases.In(typeof(TProofs));

    [Theory]
    [MemberData(nameof(Cases))]
    public Task BrokenProgram_IsWholeAfterTheFix(string proof, Dialect dialect)
        => ProofCases.Of(typeof(TProofs), proof).MendAsync(ProofCases.RuleOf(typeof(TProofs)), dialect);
}

/// <summary>
/// Programs that no rule says anything about, and rightly so: every public static property of type <see cref="Proof"/> is one.
/// </summary>
/// <typeparam name="TProofs">The class itself.</typeparam>
public abstract class SilenceProofs<TProofs>
    where TProofs : SilenceProofs<TProofs>
{
    [SuppressMessage("Design", "CA1000", Justification = "xunit finds the cases by it.")]
    public static TheoryData<string, Dialect> Cases => ProofCases.In(typeof(TProofs));

    [Theory]
    [MemberData(nameof(Cases))]
    public Task SilentProgram_IsWhole(string proof, Dialect dialect) => ProofCases.Of(typeof(TProofs), proof).StandAsync(dialect);
}

/// <summary>The proofs of a class.</summary>
internal static class ProofCases
{
    public static IEnumerable<Type> FixClasses => typeof(ProofCases).Assembly.GetTypes().Where(static type => type.BaseType is { IsGenericType: true } proofs && proofs.GetGenericTypeDefinition() == typeof(FixProofs<>));

    public static string RuleOf(Type proofs) => proofs.Name[.."TL0000".Length];

    public static IEnumerable<Proof> All(Type proofs) => Properties(proofs).Select(property => Of(proofs, property.Name));

    public static Proof Of(Type proofs, string name) => (Proof)proofs.GetProperty(name)!.GetValue(null)!;

    public static TheoryData<string, Dialect> In(Type proofs)
    {
        var cases = new TheoryData<string, Dialect>();
        foreach (var property in Properties(proofs))
        {
            foreach (var dialect in new[] { Dialect.OpenTelemetry, Dialect.SystemDiagnostics }.Where(dialect => Of(proofs, property.Name).Dialects.HasFlag(dialect)))
            {
                cases.Add(property.Name, dialect);
            }
        }

        return cases;
    }

    private static IEnumerable<PropertyInfo> Properties(Type proofs)
        => proofs.GetProperties(BindingFlags.Public | BindingFlags.Static).Where(static property => property.PropertyType == typeof(Proof));
}
