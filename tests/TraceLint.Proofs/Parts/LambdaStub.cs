using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Parts;

/// <summary>
/// Amazon.Lambda.SQSEvents and Amazon.Lambda.SNSEvents, which cannot be restored, in one assembly: what a Lambda function is called with.
/// </summary>
internal static class LambdaStub
{
    private const string Name = "Amazon.Lambda.SQSEvents";

    private const string Source = """
        using System.Collections.Generic;

        namespace Amazon.Lambda.SQSEvents
        {
            public class SQSEvent
            {
                public List<SQSMessage> Records { get; set; }

                public class SQSMessage
                {
                    public string Body { get; set; }

                    public Dictionary<string, MessageAttribute> MessageAttributes { get; set; }
                }

                public class MessageAttribute
                {
                    public string DataType { get; set; }

                    public string StringValue { get; set; }
                }
            }
        }

        namespace Amazon.Lambda.SNSEvents
        {
            public class SNSEvent
            {
                public IList<SNSRecord> Records { get; set; }

                public class SNSRecord
                {
                    public SNSMessage Sns { get; set; }
                }

                public class SNSMessage
                {
                    public string Message { get; set; }

                    public IDictionary<string, MessageAttribute> MessageAttributes { get; set; }
                }

                public class MessageAttribute
                {
                    public string Value { get; set; }
                }
            }
        }
        """;

    private static readonly Lazy<byte[]> s_image = new(static () =>
    {
        var compilation = CSharpCompilation.Create(
            Name, [CSharpSyntaxTree.ParseText(Source)], References.Framework, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        return result.Success ? image.ToArray() : throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    });

    public static MetadataReference Reference => MetadataReference.CreateFromImage(s_image.Value);

    /// <summary>Loads it into the context of a program that asks for it.</summary>
    public static Assembly? Load(AssemblyLoadContext context, AssemblyName name)
    {
        if (name.Name != Name)
        {
            return null;
        }

        using var image = new MemoryStream(s_image.Value);
        return context.LoadFromStream(image);
    }
}
