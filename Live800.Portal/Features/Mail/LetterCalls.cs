using System.Threading.Channels;

namespace Live800.Portal.Features.Mail;

/// <summary>Wakes <see cref="MailSender"/> after a commit that queued a letter. A call that is lost costs a minute, no letter.</summary>
public sealed class LetterCalls
{
    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There may be something to send.</summary>
    public void Call() => _ = _calls.Writer.TryWrite(true);

    internal Task WaitAsync(CancellationToken cancellation) => _calls.Reader.ReadAsync(cancellation).AsTask();
}
