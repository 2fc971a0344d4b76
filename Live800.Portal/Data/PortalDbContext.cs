using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Installation;
using Live800.Domain.Members;
using Live800.Domain.Messages;
using Live800.Domain.Packages;
using Live800.Domain.Statistics;
using Live800.Domain.Visitors;
using Live800.Domain.Workspace;
using Live800.Portal.Features.CompanyMail;
using Live800.Portal.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Data;

/// <summary>
/// The business file, portal.db: small, fully synchronous. Contexts from the factory are for reading; whoever writes hands his work to
/// <see cref="WriteQueue{TContext}"/>.
/// </summary>
public sealed class PortalDbContext(DbContextOptions<PortalDbContext> options) : IdentityDbContext<PortalAccount, IdentityRole<long>, long>(options)
{
    public DbSet<Company> Companies => Set<Company>();

    public DbSet<Agent> Agents => Set<Agent>();

    public DbSet<AgentDesk> AgentDesks => Set<AgentDesk>();

    public DbSet<SeatPlan> SeatPlans => Set<SeatPlan>();

    public DbSet<Group> Groups => Set<Group>();

    public DbSet<CompanyRouting> CompanyRoutings => Set<CompanyRouting>();

    public DbSet<WorkingHours> WorkingHours => Set<WorkingHours>();

    public DbSet<CompanySecurity> CompanySecurities => Set<CompanySecurity>();

    public DbSet<Passkey> Passkeys => Set<Passkey>();

    public DbSet<SpentQuestion> SpentQuestions => Set<SpentQuestion>();

    public DbSet<PermissionTemplate> PermissionTemplates => Set<PermissionTemplate>();

    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<SpentNonce> SpentNonces => Set<SpentNonce>();

    public DbSet<IntegrationKey> IntegrationKeys => Set<IntegrationKey>();

    public DbSet<MemberRejection> MemberRejections => Set<MemberRejection>();

    public DbSet<AutoAccept> AutoAccepts => Set<AutoAccept>();

    public DbSet<SeatRefusal> SeatRefusals => Set<SeatRefusal>();

    public DbSet<SeatSample> SeatSamples => Set<SeatSample>();

    public DbSet<SeatStay> SeatStays => Set<SeatStay>();

    public DbSet<PackageAccount> PackageAccounts => Set<PackageAccount>();

    public DbSet<LedgerLine> LedgerLines => Set<LedgerLine>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<PaymentNotice> PaymentNotices => Set<PaymentNotice>();

    public DbSet<PayLink> PayLinks => Set<PayLink>();

    public DbSet<MoneyReturn> MoneyReturns => Set<MoneyReturn>();

    public DbSet<GatewayNotice> GatewayNotices => Set<GatewayNotice>();

    public DbSet<PackageTransition> PackageTransitions => Set<PackageTransition>();

    public DbSet<Conversation> Conversations => Set<Conversation>();

    public DbSet<ChatMessage> ChatMessages => Set<ChatMessage>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<InvitationRule> InvitationRules => Set<InvitationRule>();

    public DbSet<DeletedRule> DeletedRules => Set<DeletedRule>();

    public DbSet<Transfer> Transfers => Set<Transfer>();
    public DbSet<ConferenceMember> ConferenceMembers => Set<ConferenceMember>();

    public DbSet<PagePush> PagePushes => Set<PagePush>();

    public DbSet<Attachment> Attachments => Set<Attachment>();

    public DbSet<CannedReply> CannedReplies => Set<CannedReply>();

    public DbSet<ConversationNote> ConversationNotes => Set<ConversationNote>();

    public DbSet<Whisper> Whispers => Set<Whisper>();

    public DbSet<ConversationReading> ConversationReadings => Set<ConversationReading>();

    public DbSet<MissedRequest> MissedRequests => Set<MissedRequest>();

    public DbSet<ConversationLabel> ConversationLabels => Set<ConversationLabel>();

    public DbSet<ConversationLabelling> ConversationLabellings => Set<ConversationLabelling>();

    public DbSet<ConversationRating> ConversationRatings => Set<ConversationRating>();

    public DbSet<OfflineMessage> OfflineMessages => Set<OfflineMessage>();

    public DbSet<OfflineReply> OfflineReplies => Set<OfflineReply>();

    public DbSet<VisitorCard> VisitorCards => Set<VisitorCard>();

    public DbSet<AllowedSite> AllowedSites => Set<AllowedSite>();

    public DbSet<ChatIcon> ChatIcons => Set<ChatIcon>();

    public DbSet<ChatPicture> ChatPictures => Set<ChatPicture>();

    public DbSet<RefusedSite> RefusedSites => Set<RefusedSite>();

    public DbSet<PageSighting> PageSightings => Set<PageSighting>();

    public DbSet<LeftOutPages> LeftOutPages => Set<LeftOutPages>();

    public DbSet<VisitorBlock> VisitorBlocks => Set<VisitorBlock>();

    public DbSet<CardAssignment> CardAssignments => Set<CardAssignment>();

    public DbSet<ConversationFiling> ConversationFilings => Set<ConversationFiling>();

    public DbSet<GivenAnswers> GivenAnswers => Set<GivenAnswers>();

    public DbSet<VisitorErasure> VisitorErasures => Set<VisitorErasure>();

    public DbSet<ErasedFile> ErasedFiles => Set<ErasedFile>();

    public DbSet<RetentionRules> RetentionRules => Set<RetentionRules>();

    public DbSet<CompanyLetters> CompanyLetters => Set<CompanyLetters>();

    public DbSet<ReplyToLink> ReplyToLinks => Set<ReplyToLink>();

    public DbSet<OwedNotice> OwedNotices => Set<OwedNotice>();

    public DbSet<StatisticsView> StatisticsViews => Set<StatisticsView>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        Conventions.ApplyTo(configurationBuilder);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        _ = builder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly, type => type.Namespace == "Live800.Portal.Data.Mapping.Portal");
    }
}
