using System.Runtime.CompilerServices;
using TraceLint.Editing;

namespace TraceLint.Tests.Verification;

/// <summary>Tests see the exceptions of fixes, which the product hides, unless they are about just that.</summary>
internal static class FixExceptions
{
    private static readonly AsyncLocal<bool> s_areHidden = new();

    /// <summary>Whether this test wants them hidden.</summary>
    public static bool AreHidden
    {
        set => s_areHidden.Value = value;
    }

    [ModuleInitializer]
    internal static void Show()
    {
        var ofProduct = FailedFix.IsHidden;
        FailedFix.IsHidden = exception => s_areHidden.Value && ofProduct(exception);
    }
}
