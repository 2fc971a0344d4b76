namespace Live800.Portal.Features.Mail;

/// <summary>How the way to the mail server is protected. Stored by number: appended, never reused.</summary>
public enum MailSecurity
{
    /// <summary>Begins in the open and is encrypted before anything is said; usual on port 587.</summary>
    StartTls = 0,

    /// <summary>Encrypted from the first byte; usual on port 465.</summary>
    Tls = 1,

    /// <summary>Not encrypted: for a relay on this machine or in its own network.</summary>
    None = 2,
}

/// <summary>The box's mail server. One row; without it letters become files in <c>mail/</c>.</summary>
public sealed class MailSettings
{
    public const int OnlyId = 1;

    public int Id { get; private set; } = OnlyId;

    /// <summary>Nothing when letters become files.</summary>
    public string Host { get; private set; } = "";

    public int Port { get; private set; } = 587;

    public MailSecurity Security { get; private set; }

    public string UserName { get; private set; } = "";

    /// <summary>Encrypted with a key of the data folder; nothing when none is needed.</summary>
    public string? ProtectedPassword { get; private set; }

    public string From { get; private set; } = "";

    public string FromName { get; private set; } = "";

    public long Version { get; private set; }

    public bool IsOn => Host.Length > 0;

    /// <summary>Takes what the operator chose and <see cref="MailDesk"/> has checked.</summary>
    internal void Choose(MailForm form, string? protectedPassword)
    {
        Host = form.Host;
        Port = form.Port;
        Security = form.Security;
        UserName = form.UserName;
        ProtectedPassword = protectedPassword;
        From = form.From;
        FromName = form.FromName;
        Version++;
    }

    internal void TurnOff()
    {
        Host = "";
        ProtectedPassword = null;
        Version++;
    }
}

/// <summary>What the operator types about the mail server.</summary>
public sealed record MailForm
{
    public string Host { get; set; } = "";

    public int Port { get; set; } = 587;

    public MailSecurity Security { get; set; }

    public string UserName { get; set; } = "";

    /// <summary>Nothing keeps the one that is stored.</summary>
    public string Password { get; set; } = "";

    public string From { get; set; } = "";

    public string FromName { get; set; } = "";
}
