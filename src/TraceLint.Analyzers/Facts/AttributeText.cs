using System.Reflection.Metadata;
using Microsoft.CodeAnalysis;

namespace TraceLint.Facts;

/// <summary>The assembly attribute with the facts of a project: <c>AssemblyMetadata("TraceLint.Facts", "...")</c>.</summary>
internal static class AttributeText
{
    /// <summary>The metadata name of the attribute.</summary>
    public const string Name = "System.Reflection.AssemblyMetadataAttribute";

    /// <summary>The text in the attribute of a project that is at hand as a compilation; null when it has none.</summary>
    public static string? In(IAssemblySymbol assembly)
    {
        foreach (var attribute in assembly.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "AssemblyMetadataAttribute", ContainingNamespace.Name: "Reflection" }
                && attribute.ConstructorArguments is [{ Value: FactText.Key }, { Value: string text }])
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>
    /// The text in the attribute of an assembly file; null when it has none. Read as metadata: symbols of all attributes of all
    /// references would cost milliseconds each.
    /// </summary>
    public static string? InFile(IAssemblySymbol assembly)
    {
        if (assembly.GetMetadata()?.GetModules() is not [var module, ..])
        {
            return null;
        }

        try
        {
            var metadata = module.GetMetadataReader();
            foreach (var handle in metadata.IsAssembly ? metadata.GetAssemblyDefinition().GetCustomAttributes() : default)
            {
                if (TextOf(metadata.GetCustomAttribute(handle), metadata) is { } text)
                {
                    return text;
                }
            }
        }
        catch (BadImageFormatException)
        {
            // Nothing that can be read.
        }

        return null;
    }

    private static string? TextOf(CustomAttribute attribute, MetadataReader metadata)
    {
        if (attribute.Constructor is not { Kind: HandleKind.MemberReference } constructor
            || metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent is not { Kind: HandleKind.TypeReference } type
            || !metadata.StringComparer.Equals(metadata.GetTypeReference((TypeReferenceHandle)type).Name, "AssemblyMetadataAttribute"))
        {
            return null;
        }

        // A prolog, then the two arguments.
        var value = metadata.GetBlobReader(attribute.Value);
        return value.Length > 2 && value.ReadUInt16() == 1 && value.ReadSerializedString() == FactText.Key
            ? value.ReadSerializedString()
            : null;
    }
}
