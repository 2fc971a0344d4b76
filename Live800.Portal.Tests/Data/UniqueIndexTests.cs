using Live800.Domain.Companies;
using Live800.Domain.Conversations;
using Live800.Domain.Members;
using Live800.Domain.Packages;
using Live800.Domain.Shared;
using Live800.Domain.Visitors;
using Live800.Portal.Identity;
using Live800.Portal.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Tests.Data;

/// <summary>The promises of "exactly once" are kept by the database itself, whatever the code above it does.</summary>
public sealed class UniqueIndexTests
{
    [Theory]
    [InlineData("a second running conversation of a visitor", "Conversations.CompanyId, Conversations.VisitorId",
        "INSERT INTO Conversations (Id, CompanyId, VisitorId, VisitId, Way, State, RequestedAt, AnswerTaken, CommandId, LastSequence, VisitorSeen, AgentSeen, Version) SELECT Id+1, CompanyId, VisitorId, VisitId, Way, 0, RequestedAt, 0, NULL, 1, 0, 0, 1 FROM Conversations")]
    [InlineData("a second invitation of a visitor without an outcome", "Invitations.CompanyId, Invitations.VisitorId",
        "INSERT INTO Invitations SELECT Id+1, CompanyId, VisitorId, VisitId, AgentId, NULL, Text, InvitedAt, SentAt, NULL, NULL, NULL, NULL, NULL, 0, 0, NULL FROM Invitations")]
    [InlineData("a second invitation of the same command", "Invitations.CompanyId, Invitations.CommandId",
        "INSERT INTO Invitations SELECT Id+1, CompanyId, VisitorId, VisitId, AgentId, CommandId, Text, InvitedAt, SentAt, NULL, NULL, NULL, 1, NULL, 0, 0, NULL FROM Invitations")]
    [InlineData("a second proactive chat of the same command", "Conversations.CompanyId, Conversations.CommandId",
        "INSERT INTO Conversations (Id, CompanyId, VisitorId, VisitId, Way, State, RequestedAt, AnswerTaken, CommandId, LastSequence, VisitorSeen, AgentSeen, Version) SELECT Id+1, CompanyId, VisitorId, VisitId, Way, 2, RequestedAt, 0, CommandId, 1, 0, 0, 1 FROM Conversations WHERE CommandId IS NOT NULL")]
    [InlineData("a second line of the same number", "ChatMessages.ConversationId, ChatMessages.Sequence",
        "INSERT INTO ChatMessages SELECT ConversationId, Sequence, CompanyId, NULL, Author, AgentId, Kind, 'twin', At FROM ChatMessages WHERE Sequence = 1")]
    [InlineData("a second line of the same client id", "ChatMessages.ConversationId, ChatMessages.ClientId",
        "INSERT INTO ChatMessages SELECT ConversationId, Sequence + 100, CompanyId, ClientId, Author, AgentId, Kind, 'twin', At FROM ChatMessages WHERE ClientId IS NOT NULL")]
    [InlineData("a second file of one line", "Attachments.ConversationId, Attachments.Sequence",
        "INSERT INTO Attachments SELECT 'twin', CompanyId, ConversationId, VisitorId, Sequence, Author, AgentId, Name, Size, Width, Height, At FROM Attachments")]
    [InlineData("a second ledger line of the same number", "LedgerLines.CompanyId, LedgerLines.Number",
        "INSERT INTO LedgerLines (CompanyId, Number, Kind, At, Clicks, Seats, BalanceAfter, Seal) SELECT CompanyId, Number, 1, At, 0, 0, 0, '' FROM LedgerLines WHERE Number = 1")]
    [InlineData("a second answer of a conversation", "LedgerLines.CompanyId, LedgerLines.ConversationId",
        "INSERT INTO LedgerLines (CompanyId, Number, Kind, At, Clicks, Seats, ConversationId, BalanceAfter, Seal) SELECT CompanyId, 99, 2, At, 0, 0, ConversationId, 0, '' FROM LedgerLines WHERE Kind = 2")]
    [InlineData("a second credit of an order", "LedgerLines.CompanyId, LedgerLines.OrderId",
        "INSERT INTO LedgerLines (CompanyId, Number, Kind, At, Clicks, Seats, OrderId, BalanceAfter, Seal) SELECT CompanyId, 99, 0, At, 0, 0, OrderId, 0, '' FROM LedgerLines WHERE Kind = 0")]
    [InlineData("a second seat of an agent", "SeatLeases.CompanyId, SeatLeases.AgentId",
        "INSERT INTO SeatLeases (CompanyId, AgentId, SessionId, TakenAt, RenewedAt, HasTalkedSinceSurplus) SELECT CompanyId, AgentId, 'other', TakenAt, RenewedAt, 0 FROM SeatLeases")]
    [InlineData("a second offline message of the same form", "OfflineMessages.CompanyId, OfflineMessages.ClientId",
        "INSERT INTO OfflineMessages (Id, CompanyId, ClientId, Name, Contact, Text, At) SELECT Id+1, CompanyId, ClientId, '', '', 'twin', At FROM OfflineMessages")]
    [InlineData("a second reply of the same command", "OfflineReplies.CompanyId, OfflineReplies.ClientId",
        "INSERT INTO OfflineReplies (Id, CompanyId, MessageId, AgentId, ClientId, Text, At) SELECT n, CompanyId, Id, 1, ClientId, 'twin', At FROM OfflineMessages, (SELECT 1 AS n UNION SELECT 2)")]
    [InlineData("a second group of the same name in a company", "Groups.CompanyId, Groups.NameKey",
        "INSERT INTO Groups (Id, CompanyId, Code, Name, NameKey, Way, IsOffered, Position, Version) SELECT Id+1, CompanyId, 'other', Name, NameKey, 0, 0, 2, 1 FROM Groups")]
    [InlineData("a second group of the same code in a company", "Groups.CompanyId, Groups.Code",
        "INSERT INTO Groups (Id, CompanyId, Code, Name, NameKey, Way, IsOffered, Position, Version) SELECT Id+1, CompanyId, Code, 'other', 'OTHER', 0, 0, 2, 1 FROM Groups")]
    [InlineData("a second whisper of the same command", "Whispers.ConversationId, Whispers.ClientId",
        "INSERT INTO Whispers (Id, CompanyId, ConversationId, After, AgentId, ClientId, Text, At) SELECT n, CompanyId, Id, 1, 1, 'same', 'twin', 0 FROM Conversations, (SELECT 1 AS n UNION SELECT 2) WHERE Id = (SELECT MIN(Id) FROM Conversations)")]
    [InlineData("a second miss of the same request", "MissedRequests.CompanyId, MissedRequests.ConversationId",
        "INSERT INTO MissedRequests (Id, CompanyId, VisitorId, ConversationId, Day, Since, At, Times, Reason) SELECT n, CompanyId, VisitorId, Id, n, 0, 0, 1, 0 FROM Conversations, (SELECT 1 AS n UNION SELECT 2) WHERE Id = (SELECT MIN(Id) FROM Conversations)")]
    [InlineData("a second row of a visitor's refused starts of one day", "MissedRequests.CompanyId, MissedRequests.Day, MissedRequests.VisitorId",
        "INSERT INTO MissedRequests (Id, CompanyId, VisitorId, ConversationId, Day, Since, At, Times, Reason) SELECT n, CompanyId, VisitorId, NULL, 7, 0, 0, 1, 0 FROM Conversations, (SELECT 1 AS n UNION SELECT 2) WHERE Id = (SELECT MIN(Id) FROM Conversations)")]
    public async Task The_database_refuses(string what, string columns, string sql)
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var seat = await firm.EnterAsync();
        var (guest, talk) = await room.TalkAsync(firm, seat);
        Assert.False((await room.Desk.InviteAsync(firm.Id, seat.Agent, seat.Session, room.Visitor(firm.Id).Id, Guid.NewGuid(), "")).IsRefused);
        Assert.False((await room.Desk.StartProactiveAsync(firm.Id, seat.Agent, seat.Session, room.Visitor(firm.Id).Id, Guid.NewGuid(), "")).IsRefused);
        Assert.False((await room.Desk.VisitorSaysAsync(firm.Id, guest.Id, talk.Id, Guid.NewGuid(), "hello")).IsRefused);
        Assert.False((await room.Desk.VisitorSendsAsync(firm.Id, guest.Id, talk.Id, Guid.NewGuid(), new AttachedFile(new AttachmentId(Guid.NewGuid()), "a.txt", 1))).IsRefused);
        Assert.False((await room.Inbox.ReceiveAsync(firm.Id, null, Guid.NewGuid(), "n", "c", "x")).IsRefused);
        await room.Data.Writes.RunAsync(async (context, token) =>
        {
            _ = context.Groups.Add(Group.Create(new GroupId(1), firm.Id, "abc234", 1, new GroupWish("Sales", RoutingWay.ByHand, false, [])).Value);
            var second = firm.Agents[1].Agent;
            Assert.False((await context.Agents.SingleAsync(agent => agent.Id == second, token)).UseEmail("a@example.com").IsRefused);
        });

        var twice = room.Data.Writes.RunRawAsync(raw => raw.Execute(sql));

        var refused = await Assert.ThrowsAsync<SqliteException>(() => twice);
        Assert.True(refused.Message.Contains($"UNIQUE constraint failed: {columns}'", StringComparison.Ordinal), $"{what}: {refused.Message}");
    }

    [Theory]
    [InlineData("a second company of the same code", "Companies.Code", "Companies", "Id=Id+1")]
    [InlineData("a second agent of the same name in a company", "Agents.CompanyId, Agents.Name", "Agents", "Id=Id+50,Email=NULL")]
    [InlineData("a second agent of the same e-mail in a company", "Agents.CompanyId, Agents.Email", "Agents", "Id=Id+50,Name='other'")]
    [InlineData("a second card of the same member", "VisitorCards.CompanyId, VisitorCards.MemberNumber", "VisitorCards", "Id=Id+1")]
    [InlineData("a second passkey of the same authenticator", "Passkeys.CredentialId", "Passkeys", "Id='other',AccountId=8")]
    [InlineData("a question to an authenticator answered twice", "SpentQuestions.Id", "SpentQuestions", "Until=9")]
    [InlineData("a second rating of a conversation", "ConversationRatings.ConversationId", "ConversationRatings", "")]
    [InlineData("a second note of the same client id", "ConversationNotes.ConversationId, ConversationNotes.ClientId", "ConversationNotes", "Id=Id+1")]
    [InlineData("a colleague twice in a conference", "ConferenceMembers.ConversationId, ConferenceMembers.AgentId", "ConferenceMembers", "Seen=99")]
    [InlineData("a second open transfer of a conversation", "Transfers.CompanyId, Transfers.ConversationId", "Transfers", "Id=Id+1,CommandId='other',ClosedAt=NULL,ToGroup=NULL")]
    [InlineData("a second transfer of the same command", "Transfers.CompanyId, Transfers.CommandId", "Transfers", "Id=Id+1,ClosedAt=1")]
    [InlineData("a second close reason of a conversation", "ConversationLabellings.ConversationId", "ConversationLabellings", "LabelId=LabelId+1")]
    [InlineData("a second label of the same name", "ConversationLabels.CompanyId, ConversationLabels.Kind, ConversationLabels.Name", "ConversationLabels", "Id=Id+50")]
    public async Task The_database_refuses_a_twin_of(string what, string columns, string table, string changed)
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        var (ann, bob) = (await firm.EnterAsync(0), await firm.EnterAsync(1));
        var (guest, talk) = await room.TalkAsync(firm, ann);
        var joined = (await room.Desk.OfferAsync(firm.Id, ann.Agent, talk.Id, bob.Agent, Guid.NewGuid(), null, toConference: true)).Value;
        Assert.False((await room.Desk.AcceptTransferAsync(firm.Id, bob.Agent, bob.Session, joined.Id)).IsRefused);
        Assert.False((await room.Desk.LeaveConferenceAsync(firm.Id, bob.Agent, talk.Id, bob.Agent)).IsRefused);
        Assert.False((await room.Desk.OfferAsync(firm.Id, ann.Agent, talk.Id, bob.Agent, Guid.NewGuid(), null)).IsRefused);
        Assert.False((await room.Desk.RateAsync(firm.Id, guest.Id, talk.Id, Guid.NewGuid(), 4, null)).IsRefused);
        await room.Data.Writes.RunAsync(async (context, token) =>
        {
            foreach (var agent in await context.Agents.ToListAsync(token)) Assert.False(agent.UseEmail(agent.Name + "@example.com").IsRefused);
            context.AddRange(PortalAccount.Of(new AgentId(7), "alpha", "seven", null), PortalAccount.Of(new AgentId(8), "alpha", "eight", null));
            _ = context.Add(new Passkey(7, new UserPasskeyInfo([1], [2], room.Now, 0, null, true, false, false, [], []), room.Now));
            _ = context.Add(new SpentQuestion(Guid.NewGuid(), room.Now));
            var conversation = await context.Conversations.SingleAsync(row => row.Id == talk.Id, token);
            var card = VisitorCard.Create(new(1), firm.Id, new CardContent { Name = "Wang" }, ann.Agent, room.Now).Value;
            card.Recognise(MemberClaim.Read("7", "12345678", room.Now.AddMinutes(1), "", "", "", "", room.Now).Claim!);
            _ = context.VisitorCards.Add(card);
            _ = context.ConversationNotes.Add(ConversationNote.Write(new(5), conversation, ann.Agent, Guid.NewGuid(), "note", room.Now).Value);
            foreach (var (id, name) in new[] { (1, "bought"), (2, "asked") })
            {
                var label = ConversationLabel.Make(new(id), firm.Id, LabelKind.Reason, name, id).Value;
                _ = context.ConversationLabels.Add(label);
                if (id == 1) _ = context.ConversationLabellings.Add(new ConversationLabelling(conversation, label, ann.Agent, room.Now));
            }
        });

        var twice = room.Data.Writes.RunRawAsync(raw =>
        {
            var overrides = changed.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(change => change.Split('=')).ToDictionary(change => change[0], change => change[1]);
            var all = new List<string>();
            using (var reader = raw.Prepared($"SELECT name FROM pragma_table_info('{table}')").ExecuteReader())
            {
                while (reader.Read()) all.Add(reader.GetString(0));
            }

            Assert.Subset(all.ToHashSet(), overrides.Keys.ToHashSet());
            return raw.Execute($"INSERT INTO {table} ({string.Join(", ", all.Select(Quoted))}) SELECT {string.Join(", ", all.Select(column => overrides.GetValueOrDefault(column, Quoted(column))))} FROM {table} ORDER BY rowid DESC LIMIT 1");
        });

        var refused = await Assert.ThrowsAsync<SqliteException>(() => twice);
        Assert.True(refused.Message.Contains($"UNIQUE constraint failed: {columns}'", StringComparison.Ordinal), $"{what}: {refused.Message}");
    }

    private static string Quoted(string column) => $"\"{column}\"";

    [Fact]
    public async Task Names_and_codes_are_free_again_in_another_company()
    {
        await using var room = await ChatRoom.OpenAsync();
        _ = await room.CompanyAsync("alpha");
        _ = await room.CompanyAsync("beta");

        await using var context = room.Data.Read();
        Assert.Equal(2, await context.Agents.CountAsync(agent => agent.Name == "agent0"));
    }

    [Fact]
    public async Task A_row_edited_by_two_at_once_keeps_the_first_change_and_tells_the_second()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha");
        await using var mine = room.Data.Read();
        await using var theirs = room.Data.Read();
        Assert.False((await mine.Companies.SingleAsync(company => company.Id == firm.Id)).Rename("mine").IsRefused);
        Assert.False((await theirs.Companies.SingleAsync(company => company.Id == firm.Id)).Rename("theirs").IsRefused);

        _ = await mine.SaveChangesAsync();
        _ = await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => theirs.SaveChangesAsync());
    }

    [Fact]
    public async Task What_the_domain_keeps_inside_comes_back_as_it_was()
    {
        await using var room = await ChatRoom.OpenAsync();
        var firm = await room.CompanyAsync("alpha", clicks: 12);
        Assert.False((await room.Packages.BuyTermAsync(firm.Id, new OrderId(77), 5, 2, TermStart.AfterCurrent)).IsRefused);
        var now = room.Now;
        await room.Data.Writes.RunAsync(async (context, token) =>
        {
            var company = await context.Companies.SingleAsync(row => row.Id == firm.Id, token);
            Assert.False(company.ChangeZone("America/New_York", now).IsRefused);
            Assert.False(company.Appear(new Appearance { Colour = "#112233", Welcome = "您好" }).IsRefused);
            company.Converse(previewTyping: true, asksRating: true, wantsReason: false, pushAsks: false);
        });
        await room.Data.RestartAsync();

        await using var read = room.Data.Read();
        var stored = await read.Companies.SingleAsync(row => row.Id == firm.Id);
        Assert.Equal([Company.DefaultZone, "America/New_York"], stored.ZoneChanges.OrderBy(change => change.From).Select(change => change.ZoneId));
        Assert.Equal(("#112233", "您好", true), (stored.Settings.Colour, stored.Settings.Welcome, stored.Settings.PreviewTyping));
        var account = await read.PackageAccounts.SingleAsync(row => row.CompanyId == firm.Id);
        Assert.Equal(12, Assert.Single(account.Credits).Left);
        Assert.Equal((5, 2, new OrderId(77)), account.Terms.Select(term => (term.Seats, term.Months, term.OrderId)).Single());
        Assert.Equal(2, account.LedgerNumber);
    }
}
