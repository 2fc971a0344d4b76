using Live800.Domain.Shared;

namespace Live800.Portal.Realtime;

/// <summary>What changed. Events carry ids only; whoever hears one reads the facts again.</summary>
public enum PortalTopic
{
    /// <summary>A visitor came, moved or left.</summary>
    Queue,
    /// <summary>A conversation was requested, accepted, written into or ended; the id is the conversation's.</summary>
    Conversation,
    /// <summary>A visitor was invited, or his invitation went on or ended; the id is the invitation's.</summary>
    Invitation,
    /// <summary>A conversation is offered to a colleague, or that ended; the id is the conversation's.</summary>
    Transfer,
    /// <summary>Somebody types or stopped typing; the id is the conversation's.</summary>
    Typing,
    /// <summary>A seat was taken, left, released or refused.</summary>
    Seats,
    /// <summary>An agent came, left or changed status; the id is the agent's.</summary>
    Agents,
    /// <summary>What the company may use changed: an order, a grant, an answer, a midnight.</summary>
    Entitlement,
    /// <summary>An offline message came, was handled, assigned, answered, or its answer was read; the id is the message's.</summary>
    OfflineMessages,
    /// <summary>An order was placed, paid, cancelled or refunded; the id is the order's.</summary>
    Orders,
    /// <summary>The company's own settings changed.</summary>
    Company,
    /// <summary>An agent set up his desk anew; the id is the agent's.</summary>
    Desk,
    /// <summary>Canned replies, the company's or an agent's own, were changed.</summary>
    Replies,
    /// <summary>A conversation was given a note or a label; the id is the conversation's.</summary>
    Notes,
    /// <summary>A supervisor and the agents of a conversation whispered; the id is the conversation's. Never of a visitor.</summary>
    Whispers,
    /// <summary>A visitor could not begin a conversation; the id is the visitor's.</summary>
    Missed,
    /// <summary>Somebody was blocked, or a block was lifted; the id is the block's.</summary>
    Blocks,
    /// <summary>The company's automatic invitation rules were changed.</summary>
    InvitationRules,
    /// <summary>A site that is not allowed carried the company's codes.</summary>
    Sites,
    /// <summary>The company's codes were seen on its pages, or pages were left out.</summary>
    Installation,
    /// <summary>The company's topics or close reasons were changed.</summary>
    Labels,
    /// <summary>A card was made, written, assigned, merged, or a conversation was filed under it; the id is the card's.</summary>
    Cards,
    /// <summary>An identity that a page brought was not believed.</summary>
    Members,
    /// <summary>A letter of the company left, or was not taken; the id is the letter's.</summary>
    Letters,
}

/// <summary>One change of one company. <paramref name="Visitor"/> is set where a visitor's own pages must hear of it.</summary>
public readonly record struct PortalEvent(CompanyId Company, PortalTopic Topic, long Id, VisitorId? Visitor = null);
