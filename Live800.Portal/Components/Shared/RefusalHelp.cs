using Live800.Domain.Shared;
using Live800.Portal.Features.Help;

namespace Live800.Portal.Components.Shared;

/// <summary>
/// Which answer of the help explains a refusal (7). Every refusal of the list stands here or among <see cref="WithoutAnswer"/>: whoever adds one decides.
/// </summary>
public static class RefusalHelp
{
    private static readonly HelpNumber Seats = new(1, 1), Answer = new(1, 2), Accounts = new(1, 3), Push = new(2, 1), Start = new(2, 3), Accept = new(2, 5),
        Keys = new(2, 12), Card = new(2, 14), Filing = new(2, 15), Rights = new(2, 17), FewerSeats = new(4, 11), UsedUp = new(4, 13), StartOfTerm = new(4, 14), Trial = new(4, 15);

    public static readonly IReadOnlyDictionary<Refusal, HelpNumber> Answers = new Dictionary<Refusal, HelpNumber>
    {
        [Refusal.NoAnswersLeft] = UsedUp,
        [Refusal.VisitorGone] = Start,
        [Refusal.VisitorBlocked] = Start,
        [Refusal.AlreadyTalking] = Start,
        [Refusal.AlreadyInvited] = Start,
        [Refusal.VisitorIsWaiting] = Start,
        [Refusal.InvitationOver] = Start,
        [Refusal.RefusedLately] = Start,
        [Refusal.AlreadyAccepted] = Accept,
        [Refusal.ConversationNotWaiting] = Accept,
        [Refusal.ConversationNotOpen] = Answer,
        [Refusal.ConversationOver] = Answer,
        [Refusal.SeatsFull] = Seats,
        [Refusal.SeatHeldElsewhere] = Seats,
        [Refusal.SeatMoved] = Seats,
        [Refusal.SeatLost] = Seats,
        [Refusal.SeatNeeded] = Seats,
        [Refusal.SeatSurplus] = FewerSeats,
        [Refusal.AgentLimitReached] = Accounts,
        [Refusal.LastAdministrator] = Rights,
        [Refusal.NotAllowed] = Rights,
        [Refusal.MoreRightsThanYours] = Rights,
        [Refusal.StartInvalid] = StartOfTerm,
        [Refusal.TrialGiven] = Trial,
        [Refusal.AddressInvalid] = Push,
        [Refusal.ShortcutPlain] = Keys,
        [Refusal.ShortcutReserved] = Keys,
        [Refusal.ShortcutTaken] = Keys,
        [Refusal.CardNameMissing] = Card,
        [Refusal.VisitorHasCard] = Card,
        [Refusal.VisitorWithoutCard] = Filing,
    };

    /// <summary>What its own sentence explains: something mistyped, gone or changed meanwhile, and what the FAQ does not speak of.</summary>
    public static readonly IReadOnlySet<Refusal> WithoutAnswer = new HashSet<Refusal>
    {
        Refusal.NobodyCanAnswer, Refusal.NotServed, Refusal.PassInvalid, Refusal.ConversationUnknown, Refusal.ConversationOfAnother, Refusal.SameIdOtherText, Refusal.InvitedByRule,
        Refusal.TextEmpty, Refusal.TextTooLong, Refusal.InputInvalid, Refusal.TooManyRequests, Refusal.TooLarge, Refusal.ServerBusy, Refusal.ChangedMeanwhile, Refusal.NameTooLong, Refusal.ContactTooLong,
        Refusal.AgentNameTaken, Refusal.AgentNameInvalid, Refusal.DisplayNameInvalid, Refusal.EmailTaken, Refusal.EmailInvalid, Refusal.AgentUnknown, Refusal.AgentDisabled,
        Refusal.CompanyUnknown, Refusal.CompanyNameInvalid, Refusal.CompanyCodeInvalid, Refusal.CompanyCodeTaken, Refusal.TimeZoneUnknown, Refusal.ColourInvalid, Refusal.CompanySuspended, Refusal.OperatorsCompany, Refusal.CompanyCodeDiffers, Refusal.CompanyErased,
        Refusal.RegistrationClosed, Refusal.SetupDone, Refusal.SetupTokenWrong, Refusal.SignInFailed, Refusal.LockedOut, Refusal.PasswordWeak, Refusal.LinkOver, Refusal.LetterTooSoon,
        Refusal.AlreadyFulfilled, Refusal.OrderUnknown, Refusal.NothingToRefund, Refusal.TermInvalid, Refusal.ClicksInvalid, Refusal.NotOnSale, Refusal.PriceChanged, Refusal.TooManyOpenOrders,
        Refusal.OrderCancelled, Refusal.AlreadyPaid, Refusal.NotPaid, Refusal.AmountDiffers, Refusal.InvoiceTitleInvalid, Refusal.TaxNumberInvalid, Refusal.InvoiceIncomplete,
        Refusal.CatalogInvalid, Refusal.FiguresInvalid, Refusal.SellerInvalid, Refusal.GatewayOff, Refusal.GatewayDown, Refusal.GatewayRefused, Refusal.PaymentConfirming, Refusal.AlreadyReturned,
        Refusal.StripeKeyInvalid, Refusal.WebhookSecretInvalid, Refusal.PayMethodMissing, Refusal.MailServerInvalid, Refusal.MailPasswordOpen, Refusal.MailOff, Refusal.SenderNameInvalid, Refusal.PlaceholderUnknown, Refusal.NobodyChosen,
        Refusal.ViewNameInvalid, Refusal.ViewNameTaken, Refusal.ViewUnknown, Refusal.TooManyViews, Refusal.BackupRunning, Refusal.BackupFolderInvalid,
        Refusal.TransferToSelf, Refusal.TransferOpen, Refusal.TransferOver, Refusal.NothingToTakeOver, Refusal.TakenByAnother, Refusal.AgentNotIn, Refusal.AgentFull, Refusal.ConversationLimitInvalid, Refusal.ConferenceHasHim, Refusal.ConferenceFull,
        Refusal.MembersOnly, Refusal.MemberKeyMissing, Refusal.TooManyKeys, Refusal.SiteInvalid, Refusal.TooManySites, Refusal.SiteNotAllowed, Refusal.PageInvalid, Refusal.TooManyLeftOut, Refusal.GroupNameInvalid, Refusal.GroupNameTaken, Refusal.GroupUnknown, Refusal.TooManyGroups, Refusal.GroupNobodyIn,
        Refusal.HoursInvalid, Refusal.HoursOverlap, Refusal.TooManySpans, Refusal.HoursEmpty, Refusal.HolidayInvalid, Refusal.HolidayTwice, Refusal.TooManyHolidays,
        Refusal.ReplyTitleTooLong, Refusal.ReplyShortcutInvalid, Refusal.ReplyShortcutTaken, Refusal.ReplyUnknown, Refusal.TooManyReplies,
        Refusal.NetworkAddressInvalid, Refusal.BlockUnknown, Refusal.TooManyBlocks, Refusal.InvitationRuleUnknown, Refusal.InvitationRuleInvalid, Refusal.TooManyInvitationRules,
        Refusal.LabelNameInvalid, Refusal.LabelNameTaken, Refusal.LabelUnknown, Refusal.TooManyLabels, Refusal.ReasonMissing, Refusal.RatingInvalid, Refusal.AlreadyRated,
        Refusal.FileEmpty, Refusal.FileTooLarge, Refusal.FileTypeNotAllowed, Refusal.FileTypeDiffers, Refusal.PictureTooLarge, Refusal.TooManyFiles, Refusal.FileCut,
        Refusal.CardFieldTooLong, Refusal.CardNoteTooLong, Refusal.CardUnknown, Refusal.CardMerged, Refusal.CardOfItself, Refusal.VisitorUnknown, Refusal.OfflineMessageUnknown, Refusal.NoWayToReply,
        Refusal.IconUnknown, Refusal.IconNameInvalid, Refusal.IconWordsTooLong, Refusal.DistanceInvalid, Refusal.IconPictureMissing, Refusal.TooManyIcons,
        Refusal.PictureInvalid, Refusal.PictureTooHeavy, Refusal.PictureTooWide, Refusal.PictureNotSquare, Refusal.ChatTitleTooLong,
        Refusal.CodeWrong, Refusal.TwoStepIsOn, Refusal.TwoStepIsOff, Refusal.TwoStepOver, Refusal.TwoStepOwnFirst, Refusal.TwoStepOwnReset,
        Refusal.TemplateNameInvalid, Refusal.TemplateNameTaken, Refusal.TemplateUnknown, Refusal.TemplateInUse, Refusal.TooManyTemplates,
        Refusal.VisitorNumberWrong, Refusal.VisitorStillTalking, Refusal.RetentionInvalid,
        Refusal.AnswersMissing, Refusal.AnswerRequired, Refusal.PhoneInvalid,
        Refusal.AgentTitleTooLong, Refusal.AgentInvitationUnknown, Refusal.TooManyAgentInvitations, Refusal.SessionUnknown, Refusal.SignOutOfOneself,
        Refusal.PasskeyFailed, Refusal.PasskeyOver, Refusal.TooManyPasskeys, Refusal.PasskeyUnknown, Refusal.PasskeyNameInvalid, Refusal.PasskeyFirst, Refusal.PasswordLengthInvalid,
    };

    /// <summary>The answer, or nothing where the refusal's own sentence says it all.</summary>
    public static HelpNumber? Of(Refusal refusal) => Answers.TryGetValue(refusal, out var answer) ? answer : null;
}
