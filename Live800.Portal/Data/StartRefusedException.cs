namespace Live800.Portal.Data;

/// <summary>The portal cannot serve as it is set up. The message is a sentence for whoever starts it: what is wrong, and what to do.</summary>
public sealed class StartRefusedException : InvalidOperationException
{
    public StartRefusedException()
    {
    }

    public StartRefusedException(string message) : base(message)
    {
    }

    public StartRefusedException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
