namespace Live800.Domain.Shared;

/// <summary>
/// Every expected "no" of the portal, in one list. The sentence people read, and its remedy, are kept in one place of the portal, keyed by these names.
/// Values are appended, never reused.
/// </summary>
public enum Refusal
{
    /// <summary>Not refused.</summary>
    None = 0,

    /// <summary>No monthly interval, no clicks, today's free answers used (rule 3.6, S2.3 to S2.5, S4.13).</summary>
    NoAnswersLeft,
    /// <summary>Outside working hours, no agent in, or no answers left: only the offline message is open to the visitor (rule 3.6).</summary>
    NobodyCanAnswer,
    /// <summary>The visitor's last sign of life is too old (rule 2.2).</summary>
    VisitorGone,
    /// <summary>The visitor is on the block list.</summary>
    VisitorBlocked,
    /// <summary>The visitor already has an open conversation (rule 2).</summary>
    AlreadyTalking,
    /// <summary>Another agent was faster (rule 2).</summary>
    AlreadyAccepted,
    /// <summary>The visitor already has an open invitation (rule 2).</summary>
    AlreadyInvited,
    /// <summary>The visitor is waiting: accept instead of inviting (rule 2).</summary>
    VisitorIsWaiting,
    /// <summary>The invitation was answered, withdrawn or has expired (rule 2.2).</summary>
    InvitationOver,
    /// <summary>The visitor refused an invitation lately (rule 2.2).</summary>
    RefusedLately,
    /// <summary>There is no such conversation for the one who asks.</summary>
    ConversationUnknown,
    /// <summary>The conversation belongs to another agent.</summary>
    ConversationOfAnother,
    /// <summary>The conversation does not wait for an agent.</summary>
    ConversationNotWaiting,
    /// <summary>The conversation is not open.</summary>
    ConversationNotOpen,
    /// <summary>The conversation ended too long ago, its visit is over or its agent is not in (rule 2.1).</summary>
    ConversationOver,
    /// <summary>Nothing readable was written.</summary>
    TextEmpty,
    /// <summary>The text is longer than the limit.</summary>
    TextTooLong,
    /// <summary>The same client id came with another text (QUALITY D2).</summary>
    SameIdOtherText,

    /// <summary>As many workspaces are open as seats are paid for (S1.1, rule 3.8).</summary>
    SeatsFull,
    /// <summary>The agent's workspace is open in another browser: "move here?" (rule 3.8).</summary>
    SeatHeldElsewhere,
    /// <summary>The workspace was moved to another browser (rule 3.8).</summary>
    SeatMoved,
    /// <summary>The seat's grace is over, or an administrator released it (rule 3.8).</summary>
    SeatLost,
    /// <summary>The workspace is beyond the seats in force and takes no new conversations (rule 3.9).</summary>
    SeatSurplus,

    /// <summary>As many agents exist as the entitlement allows (S1.3, S4.8, S4.10, rule 3.10).</summary>
    AgentLimitReached,
    /// <summary>Another agent of the company has this name.</summary>
    AgentNameTaken,
    /// <summary>The agent's sign-in name has wrong letters or length.</summary>
    AgentNameInvalid,
    /// <summary>The shown name is empty or too long.</summary>
    DisplayNameInvalid,
    /// <summary>Another agent of the company has this e-mail.</summary>
    EmailTaken,
    /// <summary>That is not an e-mail address.</summary>
    EmailInvalid,
    /// <summary>There is no such agent in this company.</summary>
    AgentUnknown,
    /// <summary>The agent is disabled.</summary>
    AgentDisabled,
    /// <summary>The last administrator cannot be disabled or lose the role (S2.17).</summary>
    LastAdministrator,
    /// <summary>The right for this is missing (S2.17).</summary>
    NotAllowed,

    /// <summary>There is no such company.</summary>
    CompanyUnknown,
    /// <summary>The company's name is empty or too long.</summary>
    CompanyNameInvalid,
    /// <summary>The company ID has wrong letters or length.</summary>
    CompanyCodeInvalid,
    /// <summary>The company ID is taken.</summary>
    CompanyCodeTaken,
    /// <summary>This box does not know the time zone.</summary>
    TimeZoneUnknown,
    /// <summary>The colour is not six hexadecimal digits.</summary>
    ColourInvalid,
    /// <summary>Registration is closed on this box (rule 1).</summary>
    RegistrationClosed,
    /// <summary>The box is set up already.</summary>
    SetupDone,
    /// <summary>The set-up token is wrong.</summary>
    SetupTokenWrong,
    /// <summary>Company, agent and password do not fit together; which of them is never said.</summary>
    SignInFailed,
    /// <summary>Too many wrong passwords; wait.</summary>
    LockedOut,
    /// <summary>The password is too weak.</summary>
    PasswordWeak,
    /// <summary>The link was used or has expired.</summary>
    LinkOver,
    /// <summary>A letter with a link went to this address just now; more would be too many (rule 1).</summary>
    LetterTooSoon,

    /// <summary>The visitor's pass is forged, expired or of another company.</summary>
    PassInvalid,
    /// <summary>Something given has the wrong form.</summary>
    InputInvalid,
    /// <summary>Too many requests; try again later.</summary>
    TooManyRequests,
    /// <summary>More was sent than is read.</summary>
    TooLarge,
    /// <summary>The server cannot take more at the moment; try again.</summary>
    ServerBusy,
    /// <summary>Someone else changed the same thing meanwhile; look again.</summary>
    ChangedMeanwhile,
    /// <summary>A name is longer than the limit.</summary>
    NameTooLong,
    /// <summary>A contact is longer than the limit.</summary>
    ContactTooLong,

    /// <summary>The order was fulfilled before; nothing was added (rule 3.11).</summary>
    AlreadyFulfilled,
    /// <summary>There is no such order in this account.</summary>
    OrderUnknown,
    /// <summary>Nothing of the order is unused (rule 3.11).</summary>
    NothingToRefund,
    /// <summary>Seats or months are out of range.</summary>
    TermInvalid,
    /// <summary>The number of clicks is out of range.</summary>
    ClicksInvalid,
    /// <summary>The company had its trial (rule 1).</summary>
    TrialGiven,

    /// <summary>The company is suspended by the platform operator.</summary>
    CompanySuspended,
    /// <summary>The company of a platform operator is not suspended: he would lock himself out.</summary>
    OperatorsCompany,

    /// <summary>Name or port of the mail server is not one.</summary>
    MailServerInvalid,
    /// <summary>The mail server's password would leave this machine unencrypted.</summary>
    MailPasswordOpen,
    /// <summary>That is not sold here (rule 3.11).</summary>
    NotOnSale,
    /// <summary>The catalogue's price is another one by now (rule 3.11).</summary>
    PriceChanged,
    /// <summary>A term cannot start before now or more than two years ahead (rule 3.3).</summary>
    StartInvalid,
    /// <summary>The company has as many unpaid orders as it may have (rule 3.11).</summary>
    TooManyOpenOrders,
    /// <summary>The order was cancelled (rule 3.11).</summary>
    OrderCancelled,
    /// <summary>The order was paid before (rule 3.11).</summary>
    AlreadyPaid,
    /// <summary>The order is not paid (rule 3.11).</summary>
    NotPaid,
    /// <summary>Another amount or currency than the order's (rule 3.11).</summary>
    AmountDiffers,
    /// <summary>The invoice's title is empty or too long.</summary>
    InvoiceTitleInvalid,
    /// <summary>That is not a tax number.</summary>
    TaxNumberInvalid,
    /// <summary>A special invoice needs the buyer's address and bank.</summary>
    InvoiceIncomplete,
    /// <summary>The catalogue has a price out of range, a pack twice or an unknown currency (rule 3.11).</summary>
    CatalogInvalid,
    /// <summary>A figure of the packages is out of range (rule 3).</summary>
    FiguresInvalid,
    /// <summary>The seller's name, which stands on receipts, is empty or too long (rule 3.11).</summary>
    SellerInvalid,
    /// <summary>The order cannot be paid here: no gateway is turned on (rule 3.11).</summary>
    GatewayOff,
    /// <summary>The gateway could not be reached, or did not answer in time; nothing was charged (rule 3.11).</summary>
    GatewayDown,
    /// <summary>The gateway opens no page for this order (rule 3.11).</summary>
    GatewayRefused,
    /// <summary>The buyer is through at the gateway; the money's notice has not come yet (rule 3.11).</summary>
    PaymentConfirming,
    /// <summary>The money was sent back before (rule 3.11).</summary>
    AlreadyReturned,
    /// <summary>That is no secret key of Stripe.</summary>
    StripeKeyInvalid,
    /// <summary>That is no webhook secret of Stripe.</summary>
    WebhookSecretInvalid,
    /// <summary>No way to pay was chosen.</summary>
    PayMethodMissing,
    /// <summary>Keys that would be typed, or that belong to the browser's own text commands (S2.12).</summary>
    ShortcutPlain,
    /// <summary>Keys with which the browser itself is steered (S2.12).</summary>
    ShortcutReserved,
    /// <summary>Another action has these keys (S2.12).</summary>
    ShortcutTaken,
    /// <summary>A conversation is not transferred to the one who has it.</summary>
    TransferToSelf,
    /// <summary>A transfer of this conversation is under way.</summary>
    TransferOpen,
    /// <summary>The transfer was answered, taken back or timed out, or its conversation is over.</summary>
    TransferOver,
    /// <summary>A conversation that is over or waits is not taken over (rule 4).</summary>
    NothingToTakeOver,
    /// <summary>Somebody else has the conversation by now than whoever takes it over saw (rule 4).</summary>
    TakenByAnother,
    /// <summary>Whoever takes a conversation over talks in it, and needs a seat for that (rules 3.8 and 4).</summary>
    SeatNeeded,
    /// <summary>The colleague is not in, or takes no new conversations.</summary>
    AgentNotIn,
    /// <summary>The colleague has the conversation or is in its conference already.</summary>
    ConferenceHasHim,
    /// <summary>As many colleagues as there may be talk in the conversation.</summary>
    ConferenceFull,

    /// <summary>That is no address of a page that can be pushed: http or https only, at most 2,048 characters, no sign-in in it (S2.1).</summary>
    AddressInvalid,
    /// <summary>A canned reply's title or topic is longer than the limit (rule 4).</summary>
    ReplyTitleTooLong,
    /// <summary>A canned reply's shortcut is too long or holds a blank or a slash (rule 4).</summary>
    ReplyShortcutInvalid,
    /// <summary>Another canned reply of the same owner has this shortcut (rule 4).</summary>
    ReplyShortcutTaken,
    /// <summary>There is no such canned reply for the one who asks.</summary>
    ReplyUnknown,
    /// <summary>The owner has as many canned replies as can be kept (rule 4).</summary>
    TooManyReplies,

    /// <summary>No mail server is set up, so nothing can be sent (rule 4).</summary>
    MailOff,
    /// <summary>The company does not serve this visitor: he, or where he comes from, is on its block list (rule 4). What he himself is told.</summary>
    NotServed,
    /// <summary>That is no network address that can be blocked.</summary>
    NetworkAddressInvalid,
    /// <summary>There is no such entry of the block list, or it is lifted.</summary>
    BlockUnknown,
    /// <summary>The company has as many blocks in force as can be kept (rule 4).</summary>
    TooManyBlocks,
    /// <summary>There is no such invitation rule in this company.</summary>
    InvitationRuleUnknown,
    /// <summary>An invitation rule needs a name, and conditions within their limits.</summary>
    InvitationRuleInvalid,
    /// <summary>The company has as many invitation rules as can be kept.</summary>
    TooManyInvitationRules,
    /// <summary>The rules leave this visitor alone: invited by one in this visit, or once by the rule that says "once" (rule 2).</summary>
    InvitedByRule,
    /// <summary>A topic or close reason needs a name within the limit (rule 4).</summary>
    LabelNameInvalid,
    /// <summary>The company has a topic or close reason of this name (rule 4).</summary>
    LabelNameTaken,
    /// <summary>There is no such topic or close reason in this company.</summary>
    LabelUnknown,
    /// <summary>The company has as many topics or close reasons as can be kept (rule 4).</summary>
    TooManyLabels,
    /// <summary>The company wants a close reason before the conversation is put away (rule 4).</summary>
    ReasonMissing,
    /// <summary>A rating is a number from 1 to 5, with a comment within the limit (rule 4).</summary>
    RatingInvalid,
    /// <summary>The conversation was rated before; one rating each (rule 4).</summary>
    AlreadyRated,
    /// <summary>There is nothing in the file.</summary>
    FileEmpty,
    /// <summary>The file is larger than 20 MB (QUALITY section 5).</summary>
    FileTooLarge,
    /// <summary>Files of this sort are not taken (rule 4).</summary>
    FileTypeNotAllowed,
    /// <summary>What is in the file is not what its name says (rule 4).</summary>
    FileTypeDiffers,
    /// <summary>The picture has more than 40 million pixels (rule 4).</summary>
    PictureTooLarge,
    /// <summary>The visitor has sent as many files today as he may (QUALITY section 5).</summary>
    TooManyFiles,
    /// <summary>The file did not arrive whole; nothing of it was kept.</summary>
    FileCut,

    /// <summary>A card needs a name (S2.14).</summary>
    CardNameMissing,
    /// <summary>A field of a card is longer than the limit; nothing was stored.</summary>
    CardFieldTooLong,
    /// <summary>The note of a card is longer than the limit; nothing was stored.</summary>
    CardNoteTooLong,
    /// <summary>There is no such card in this company.</summary>
    CardUnknown,
    /// <summary>The card was merged into another one and stands still.</summary>
    CardMerged,
    /// <summary>A card cannot be merged with itself.</summary>
    CardOfItself,
    /// <summary>The visitor has a card; one is all a visitor has (S2.14).</summary>
    VisitorHasCard,
    /// <summary>The visitor has no card, so nothing can be filed under him (S2.15).</summary>
    VisitorWithoutCard,
    /// <summary>There is no such visitor in this company.</summary>
    VisitorUnknown,

    /// <summary>Not the host or address of a web site (rule 5).</summary>
    SiteInvalid,
    /// <summary>The company has as many allowed sites as can be kept (rule 5).</summary>
    TooManySites,
    /// <summary>The page stands on a site the company has not allowed (rule 5).</summary>
    SiteNotAllowed,
    /// <summary>Not the address of a page (rule 5).</summary>
    PageInvalid,
    /// <summary>The company has left out as many pages as can be kept (rule 5).</summary>
    TooManyLeftOut,

    /// <summary>A group's name is empty or too long.</summary>
    GroupNameInvalid,
    /// <summary>Another group of the company has this name.</summary>
    GroupNameTaken,
    /// <summary>There is no such group in this company, or it was removed.</summary>
    GroupUnknown,
    /// <summary>The company has as many groups as can be kept (rule 4).</summary>
    TooManyGroups,
    /// <summary>Nobody else of the group is in and takes new conversations.</summary>
    GroupNobodyIn,
    /// <summary>The colleague has as many conversations as he may have (rule 4).</summary>
    AgentFull,
    /// <summary>Not a number of conversations from 1 to 50 (rule 4).</summary>
    ConversationLimitInvalid,

    /// <summary>A time of day that is none, or an end that does not come after its start (rule 5).</summary>
    HoursInvalid,
    /// <summary>Two spans of one day overlap (rule 5).</summary>
    HoursOverlap,
    /// <summary>A day has more spans than it may have (rule 5).</summary>
    TooManySpans,
    /// <summary>No weekday has any hours: nobody could ever be reached (rule 5).</summary>
    HoursEmpty,
    /// <summary>A holiday needs a date, and a name within the limit (rule 5).</summary>
    HolidayInvalid,
    /// <summary>A date stands twice among the holidays (rule 5).</summary>
    HolidayTwice,
    /// <summary>More holidays than can be kept (rule 5).</summary>
    TooManyHolidays,

    /// <summary>There is no such offline message, or no such reply to one, for the one who asks.</summary>
    OfflineMessageUnknown,
    /// <summary>Nobody would read a reply: the message came without an e-mail address that letters go to, from a browser nobody knows (rule 5).</summary>
    NoWayToReply,

    /// <summary>No such icon, or one that was removed (rule 5).</summary>
    IconUnknown,
    /// <summary>An icon needs a name within the limit (rule 5).</summary>
    IconNameInvalid,
    /// <summary>The words of an icon are longer than they may be (rule 5).</summary>
    IconWordsTooLong,
    /// <summary>Not a distance from an edge of the window from 0 to 400 pixels (rule 5).</summary>
    DistanceInvalid,
    /// <summary>A look of the company's own needs a picture for online and one for offline (rule 5).</summary>
    IconPictureMissing,
    /// <summary>The company has as many icons as can be kept (rule 5).</summary>
    TooManyIcons,
    /// <summary>The bytes are no PNG, JPEG, GIF or WebP, whatever the name says (rule 5).</summary>
    PictureInvalid,
    /// <summary>A picture for visitors' pages has more bytes than it may have (rule 5).</summary>
    PictureTooHeavy,
    /// <summary>A picture for visitors' pages measures more than it may (rule 5).</summary>
    PictureTooWide,
    /// <summary>The picture in the head of the chat must be square (rule 5).</summary>
    PictureNotSquare,
    /// <summary>The title of the chat is longer than it may be (rule 5).</summary>
    ChatTitleTooLong,

    /// <summary>The company asks something before a conversation begins, and the visitor has not answered (rule 5).</summary>
    AnswersMissing,
    /// <summary>One of the answers was left blank without which no conversation begins (rule 5).</summary>
    AnswerRequired,
    /// <summary>That is no telephone number (rule 5).</summary>
    PhoneInvalid,

    /// <summary>Only members of the company's site may begin a conversation, and this visitor is none that it has signed (rule 5).</summary>
    MembersOnly,
    /// <summary>Only members may begin a conversation: there must be a key in force for the site to sign them with (rule 5).</summary>
    MemberKeyMissing,
    /// <summary>Two keys are in force already: end one first (rule 5).</summary>
    TooManyKeys,

    /// <summary>Not a code of the app at this time, or one that was used (rule 1).</summary>
    CodeWrong,
    /// <summary>The account signs in in two steps already (rule 1).</summary>
    TwoStepIsOn,
    /// <summary>The account does not sign in in two steps (rule 1).</summary>
    TwoStepIsOff,
    /// <summary>A key that was shown and not proved in time, or for an account that changed meanwhile (rule 1).</summary>
    TwoStepOver,
    /// <summary>Whoever asks two steps of everybody has them himself (rule 1).</summary>
    TwoStepOwnFirst,
    /// <summary>One's own second step is turned off with a code, not reset (rule 1).</summary>
    TwoStepOwnReset,

    /// <summary>A template of rights without a name, or with one that is too long (S2.17).</summary>
    TemplateNameInvalid,
    /// <summary>Another template of the company is called so (S2.17).</summary>
    TemplateNameTaken,
    /// <summary>The company has no such template (S2.17).</summary>
    TemplateUnknown,
    /// <summary>Agents hold the template (S2.17).</summary>
    TemplateInUse,
    /// <summary>The company has as many templates of its own as can be (S2.17).</summary>
    TooManyTemplates,
    /// <summary>Nobody gives a right he lacks, nor acts on the account of somebody who has one he lacks (S2.17).</summary>
    MoreRightsThanYours,
    /// <summary>What was typed is not the number of the visitor who is to be erased (rule 1).</summary>
    VisitorNumberWrong,
    /// <summary>A conversation of the visitor is waiting or running: it is ended first (rule 1).</summary>
    VisitorStillTalking,
    /// <summary>That is no number of months data can be kept (rule 1).</summary>
    RetentionInvalid,
    /// <summary>An agent's title is longer than it may be (5).</summary>
    AgentTitleTooLong,
    /// <summary>There is no such invitation of an agent in this company, or it can not be changed any more (rule 1).</summary>
    AgentInvitationUnknown,
    /// <summary>The company has as many open invitations as can be kept (rule 1).</summary>
    TooManyAgentInvitations,
    /// <summary>There is no such sign-in of this account, or it has ended (rule 1).</summary>
    SessionUnknown,
    /// <summary>One's own sign-ins are ended on one's profile, where this browser stays in (rule 1).</summary>
    SignOutOfOneself,
    /// <summary>What was typed is not the company ID of the company that is to be closed (rule 1).</summary>
    CompanyCodeDiffers,
    /// <summary>What the closed company kept of people is erased: it can not work again (rule 1).</summary>
    CompanyErased,
    /// <summary>What the browser brought is no passkey that can be added here, or the account has it already (rule 1).</summary>
    PasskeyFailed,
    /// <summary>A passkey that was asked for and did not come in time, came twice, or is for an account that changed meanwhile (rule 1).</summary>
    PasskeyOver,
    /// <summary>The account has as many passkeys as it can have (rule 1).</summary>
    TooManyPasskeys,
    /// <summary>The account has no such passkey (rule 1).</summary>
    PasskeyUnknown,
    /// <summary>A passkey without a name, or with one that is too long (rule 1).</summary>
    PasskeyNameInvalid,
    /// <summary>Where two steps are asked, an account with a passkey is entered by it before anything of its steps is changed (rule 1).</summary>
    PasskeyFirst,
    /// <summary>That is no length a company can ask of passwords (rule 1).</summary>
    PasswordLengthInvalid,
    /// <summary>The name letters are sent in is too long, or looks like an address (rule 1).</summary>
    SenderNameInvalid,
    /// <summary>Something in braces that stands for nothing (rule 1).</summary>
    PlaceholderUnknown,
    /// <summary>Letters were turned on, and nobody is to get them (rule 1).</summary>
    NobodyChosen,
    /// <summary>A kept view without a name, or with one that is too long (rule 6).</summary>
    ViewNameInvalid,
    /// <summary>Another of the agent's kept views is called so (rule 6).</summary>
    ViewNameTaken,
    /// <summary>The agent has no such kept view (rule 6).</summary>
    ViewUnknown,
    /// <summary>The agent has as many kept views as he can have (rule 6).</summary>
    TooManyViews,

    /// <summary>A backup is being taken already.</summary>
    BackupRunning,
    /// <summary>Backups need a folder that is there, takes a file and is no part of a backup itself.</summary>
    BackupFolderInvalid,
}
