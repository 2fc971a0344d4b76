using Live800.Domain.Shared;

namespace Live800.Portal.Features.CompanyMail;

/// <summary>A letter about this offline message 留言 is owed: stored with the message, gone with the letter.</summary>
public sealed class OwedNotice
{
    private OwedNotice()
    {
    }

    public OwedNotice(CompanyId company, OfflineMessageId message) => (CompanyId, MessageId) = (company, message);

    public OfflineMessageId MessageId { get; private set; }

    public CompanyId CompanyId { get; private set; }
}
