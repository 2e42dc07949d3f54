using System.Xml;
using Microsoft.Build.Framework;

namespace TraceLint.Tasks;

/// <summary>A task of the package. A file that cannot be read or written is a build error that names it.</summary>
public abstract class PackageTask : ITask
{
    /// <inheritdoc/>
    public IBuildEngine BuildEngine { get; set; } = null!;

    /// <inheritdoc/>
    public ITaskHost? HostObject { get; set; }

    /// <inheritdoc/>
    public bool Execute()
    {
        try
        {
            Run();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or XmlException or ArgumentException)
        {
            BuildEngine.LogErrorEvent(new BuildErrorEventArgs(
                "", "TL9001", BuildEngine.ProjectFileOfTaskNode, 0, 0, 0, 0, $"{What}: {exception.Message}", "", "TraceLint"));
            return false;
        }
    }

    /// <summary>The first part of the error message: what cannot be done.</summary>
    protected abstract string What { get; }

    /// <summary>Does the work.</summary>
    protected abstract void Run();

    /// <summary>Logs a message that a build shows by default.</summary>
    protected void Say(string message)
        => BuildEngine.LogMessageEvent(new BuildMessageEventArgs(message, "", "TraceLint", MessageImportance.High));
}
