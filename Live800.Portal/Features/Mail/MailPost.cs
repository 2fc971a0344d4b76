using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Live800.Portal.Features.Mail;

/// <summary>A mail server refused one letter, or the way to it is closed for all of them.</summary>
/// <param name="Error">In the server's words, which may name whom a letter is for: for the operator's page, never for the log.</param>
/// <param name="Kind">What it was without those words.</param>
/// <param name="ForGood">Trying again will not help: an address nobody has.</param>
/// <param name="All">No other letter would get through now either.</param>
public sealed record PostFault(string Error, string Kind, bool ForGood, bool All);

/// <summary>One connection to the mail server, open for the letters of one round. Nothing is kept between rounds.</summary>
public sealed class MailPost(MailSettings settings, string password, DateTimeOffset now) : IDisposable
{
    private const int TimeoutMilliseconds = 20_000;

    private readonly SmtpClient _client = new() { Timeout = TimeoutMilliseconds };

    /// <summary>Hands one letter over; nothing is wrong when nothing comes back.</summary>
    public async Task<PostFault?> SendAsync(MailLetter letter, CancellationToken cancellation)
    {
        try
        {
            if (!_client.IsConnected) await ConnectAsync(cancellation);
            _ = await _client.SendAsync(Message(letter, settings.From, settings.FromName, now), cancellation);
            return null;
        }
        catch (SmtpCommandException refused) when (refused.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted)
        {
            return new PostFault(Said(refused), Kind(refused), (int)refused.StatusCode >= 500, All: false);
        }
        catch (Exception closed) when (IsClosed(closed, cancellation))
        {
            return new PostFault(Said(closed), Kind(closed), ForGood: false, All: true);
        }
    }

    /// <summary>Goes as far as a letter would before it is handed over: the way, its protection and the sign-in. Nothing is sent.</summary>
    public async Task<PostFault?> GreetAsync(CancellationToken cancellation)
    {
        try
        {
            await ConnectAsync(cancellation);
            await CloseAsync(cancellation);
            return null;
        }
        catch (Exception closed) when (IsClosed(closed, cancellation))
        {
            return new PostFault(Said(closed), Kind(closed), ForGood: false, All: true);
        }
    }

    public async Task CloseAsync(CancellationToken cancellation)
    {
        try
        {
            if (_client.IsConnected) await _client.DisconnectAsync(quit: true, cancellation);
        }
        catch (Exception gone) when (gone is IOException or SocketException or ProtocolException or CommandException or OperationCanceledException)
        {
            // Everything was acknowledged already; how the server says goodbye does not matter.
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>The letter as it travels: text and HTML, and a Message-Id that stays the same over all tries.</summary>
    public static MimeMessage Message(MailLetter letter, string from, string fromName, DateTimeOffset now)
    {
        var message = new MimeMessage();
        message.From.Add(new MailboxAddress(letter.FromName.Length > 0 ? letter.FromName : fromName, from));
        message.To.Add(new MailboxAddress(letter.ToName, letter.To));
        if (letter.ReplyTo.Length > 0) message.ReplyTo.Add(new MailboxAddress("", letter.ReplyTo));
        message.Subject = letter.Subject;
        message.Date = now;
        message.MessageId = string.Create(CultureInfo.InvariantCulture, $"{letter.MessageKey}@{from[(from.LastIndexOf('@') + 1)..]}");
        // Nobody's holiday note shall come back.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        var body = new BodyBuilder { TextBody = letter.Plain, HtmlBody = letter.Html };
        if (letter.Picture is { } picture)
        {
            // Named by the letter, so that no two letters in a mailbox have one of the same name.
            var shown = body.LinkedResources.Add("picture.png", picture, new ContentType("image", "png"));
            shown.ContentId = "picture." + message.MessageId;
            body.HtmlBody = letter.Html.Replace($"src=\"{Letter.PictureMark}\"", $"src=\"cid:{shown.ContentId}\"", StringComparison.Ordinal);
        }

        message.Body = body.ToMessageBody();
        return message;
    }

    private async Task ConnectAsync(CancellationToken cancellation)
    {
        var security = settings.Security switch
        {
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            MailSecurity.None => SecureSocketOptions.None,
            _ => SecureSocketOptions.StartTls,
        };
        await _client.ConnectAsync(settings.Host, settings.Port, security, cancellation);
        if (settings.UserName.Length > 0) await _client.AuthenticateAsync(new NetworkCredential(settings.UserName, password), cancellation);
    }

    private static string Kind(Exception exception) =>
        exception is SmtpCommandException refused ? string.Create(CultureInfo.InvariantCulture, $"{refused.ErrorCode} {(int)refused.StatusCode}") : (exception.InnerException ?? exception).GetType().Name;

    private static bool IsClosed(Exception failure, CancellationToken cancellation) => failure is CommandException or ProtocolException or SslHandshakeException or MailKit.Security.AuthenticationException or System.Security.Authentication.AuthenticationException
        or IOException or SocketException or TimeoutException or NotSupportedException or ServiceNotConnectedException or ServiceNotAuthenticatedException or FormatException
        || (failure is OperationCanceledException && !cancellation.IsCancellationRequested);

    private static string Said(Exception exception) => exception switch
    {
        SmtpCommandException refused => string.Create(CultureInfo.InvariantCulture, $"{(int)refused.StatusCode} {refused.Message}"),
        { InnerException: { } inner } => $"{exception.Message} {inner.Message}",
        _ => exception.Message,
    };
}
