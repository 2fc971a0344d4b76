using Live800.Domain.Conversations;
using Live800.Domain.Shared;

namespace Live800.Domain.Packages;

/// <summary>Where money on its way back is. Stored by number: appended, never reused.</summary>
public enum MoneyReturnState
{
    /// <summary>Decided, and the gateway's answer is not known yet.</summary>
    Asked = 0,

    /// <summary>The gateway sends it.</summary>
    Done = 1,

    /// <summary>The gateway said no; the operator decides.</summary>
    Failed = 2,
}

/// <summary>
/// Money of a refunded order that its gateway has to send back 退回 (rule 3.11): one per order, written in the transaction of the refund and sent afterwards,
/// once, however often it has to be asked for.
/// </summary>
public sealed class MoneyReturn
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4)];

    private MoneyReturn()
    {
    }

    /// <summary>What a refund just decided.</summary>
    public MoneyReturn(Order order, DateTimeOffset now)
    {
        OrderId = order.Id;
        CompanyId = order.CompanyId;
        Way = order.PaidBy!.Value;
        Payment = order.PaymentReference;
        Amount = order.RefundedAmount;
        Currency = order.Currency;
        AskedAt = NextTryAt = now;
        Round = 1;
        Version = 1;
    }

    /// <summary>Key: the order it belongs to.</summary>
    public OrderId OrderId { get; private set; }

    /// <summary>Whose order that is.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>Through which gateway the money came and goes.</summary>
    public PaymentWay Way { get; private set; }

    /// <summary>The gateway's number of the payment.</summary>
    public string Payment { get; private set; } = "";

    /// <summary>How much, in minor units.</summary>
    public long Amount { get; private set; }

    /// <summary>In which currency.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>Where it is.</summary>
    public MoneyReturnState State { get; private set; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>When the gateway said the last word.</summary>
    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>The gateway's number of the return.</summary>
    public string Reference { get; private set; } = "";

    /// <summary>What the gateway said, when it was no.</summary>
    public string Said { get; private set; } = "";

    /// <summary>How often it was asked in vain without an answer.</summary>
    public int Attempts { get; private set; }

    /// <summary>When it is asked next.</summary>
    public DateTimeOffset NextTryAt { get; private set; }

    /// <summary>Grows when the operator tries again after a no. Within a round the gateway is asked with one and the same key.</summary>
    public int Round { get; private set; }

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; }

    /// <summary>The key the gateway knows a repeated request by.</summary>
    public string Key => $"return-{OrderId}-{Round}";

    /// <summary>The gateway sends the money.</summary>
    public void Finish(string reference, DateTimeOffset now)
    {
        (State, Reference, Said, AnsweredAt) = (MoneyReturnState.Done, reference, "", now);
        Version++;
    }

    /// <summary>The gateway said no, also after it had said yes.</summary>
    public void Fail(string said, DateTimeOffset now)
    {
        (State, Said, AnsweredAt) = (MoneyReturnState.Failed, MessageText.Line(said, PayLink.SaidLimit), now);
        Version++;
    }

    /// <summary>There was no answer that counts: asked again after 1, 5, 15 minutes, an hour, then every four hours.</summary>
    public void Wait(string said, DateTimeOffset now)
    {
        if (State != MoneyReturnState.Asked) return;
        Said = MessageText.Line(said, PayLink.SaidLimit);
        NextTryAt = now + Pauses[Math.Min(Attempts, Pauses.Length - 1)];
        Attempts++;
        Version++;
    }

    /// <summary>The operator wants it asked once more: after a no as a new request, otherwise the same one now. Refusal: AlreadyReturned.</summary>
    public Outcome TryAgain(DateTimeOffset now)
    {
        if (State == MoneyReturnState.Done) return Refusal.AlreadyReturned;
        if (State == MoneyReturnState.Failed) Round++;
        (State, Said, AnsweredAt, NextTryAt) = (MoneyReturnState.Asked, "", null, now);
        Version++;
        return Outcome.Done;
    }
}
