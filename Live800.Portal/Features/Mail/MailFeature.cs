using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Live800.Portal.Features.Mail;

/// <summary>The portal's letters: queue, sender and the operator's page about them.</summary>
public static class MailFeature
{
    public static WebApplicationBuilder AddMail(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<LetterCalls>();
        _ = builder.Services.AddSingleton<MailDesk>();
        _ = builder.Services.AddHostedService<MailSender>();
        return builder;
    }
}
