using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Live800.Portal.Identity;

/// <summary>How long a reset link in a letter works; one that an administrator makes has a day.</summary>
public sealed class MailLinkOptions : DataProtectionTokenProviderOptions
{
    /// <summary>Hours.</summary>
    public const int Hours = 1;

    public MailLinkOptions()
    {
        Name = MailLinkTokens.ProviderName;
        TokenLifespan = TimeSpan.FromHours(Hours);
    }
}

/// <summary>Tokens of reset links in letters: Identity's, with their own protector and life.</summary>
public sealed class MailLinkTokens(IDataProtectionProvider protection, IOptions<MailLinkOptions> options, ILogger<DataProtectorTokenProvider<PortalAccount>> log)
    : DataProtectorTokenProvider<PortalAccount>(protection, options, log)
{
    public const string ProviderName = "MailLink";
}
