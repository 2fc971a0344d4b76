using Live800.Domain.Conversations;
using Live800.Domain.Shared;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Data;

/// <summary>The fast path of chat messages and the conversations they belong to: prepared SQL on the writer's connection, inside the running work.</summary>
internal static class ChatRows
{
    private const string InsertSql = """
        INSERT INTO "ChatMessages" ("ConversationId", "Sequence", "CompanyId", "ClientId", "Author", "AgentId", "Kind", "Text", "At")
        VALUES (@conversation, @sequence, @company, @client, @author, @agent, @kind, @text, @at)
        """;

    private const string FindSql = """
        SELECT "Sequence", "Author", "AgentId", "Text", "At" FROM "ChatMessages" WHERE "ConversationId" = @conversation AND "ClientId" = @client
        """;

    private const string UpdateSql = """
        UPDATE "Conversations" SET "State" = @state, "AgentId" = @agent, "GroupId" = @group, "AcceptedAt" = @accepted, "EndedAt" = @ended, "EndedBy" = @by, "LastSequence" = @last,
            "VisitorSeen" = @visitorSeen, "AgentSeen" = @agentSeen, "AnswerTaken" = @taken, "Version" = @version, "VisitorWroteAt" = @wrote, "FirstReplyAt" = @replied, "FirstReplyBy" = @replier
        WHERE "Id" = @id AND "Version" = @before
        """;

    // Most lines change nothing that an index holds; this names no column of one, so that none is written.
    private const string CountSql = """
        UPDATE "Conversations" SET "LastSequence" = @last, "VisitorSeen" = @visitorSeen, "AgentSeen" = @agentSeen, "Version" = @version WHERE "Id" = @id AND "Version" = @before
        """;

    /// <summary>Stores what a conversation has become, if it is still the version that was loaded.</summary>
    /// <param name="before">How it stood when it was loaded.</param>
    public static void Update(RawWrite raw, Conversation conversation, ChatStanding before)
    {
        var now = ChatStanding.Of(conversation);
        if (now with { Version = before.Version } == before)
        {
            Count(raw, conversation, before.Version);
            return;
        }

        var command = raw.Prepared(
            UpdateSql, "@state", "@agent", "@accepted", "@ended", "@by", "@last", "@visitorSeen", "@agentSeen", "@taken", "@version", "@id", "@before", "@group", "@wrote", "@replied", "@replier");
        var values = command.Parameters;
        values[0].Value = (int)conversation.State;
        values[1].Value = conversation.AgentId is { } agent ? agent.Value : DBNull.Value;
        values[2].Value = conversation.AcceptedAt is { } accepted ? accepted.UtcTicks : DBNull.Value;
        values[3].Value = conversation.EndedAt is { } ended ? ended.UtcTicks : DBNull.Value;
        values[4].Value = conversation.EndedBy is { } by ? (int)by : DBNull.Value;
        values[5].Value = conversation.LastSequence;
        values[6].Value = conversation.VisitorSeen;
        values[7].Value = conversation.AgentSeen;
        values[8].Value = conversation.AnswerTaken;
        values[9].Value = conversation.Version;
        values[10].Value = conversation.Id.Value;
        values[11].Value = before.Version;
        values[12].Value = conversation.GroupId is { } group ? group.Value : DBNull.Value;
        values[13].Value = conversation.VisitorWroteAt is { } wrote ? wrote.UtcTicks : DBNull.Value;
        values[14].Value = conversation.FirstReplyAt is { } replied ? replied.UtcTicks : DBNull.Value;
        values[15].Value = conversation.FirstReplyBy is { } replier ? replier.Value : DBNull.Value;
        Run(command, conversation);
    }

    private static void Count(RawWrite raw, Conversation conversation, long before)
    {
        var command = raw.Prepared(CountSql, "@last", "@visitorSeen", "@agentSeen", "@version", "@id", "@before");
        var values = command.Parameters;
        values[0].Value = conversation.LastSequence;
        values[1].Value = conversation.VisitorSeen;
        values[2].Value = conversation.AgentSeen;
        values[3].Value = conversation.Version;
        values[4].Value = conversation.Id.Value;
        values[5].Value = before;
        Run(command, conversation);
    }

    private static void Run(SqliteCommand command, Conversation conversation)
    {
        if (command.ExecuteNonQuery() != 1) throw new DbUpdateConcurrencyException($"Conversation {conversation.Id} was changed meanwhile.");
    }

    /// <summary>Stores a line. The conversation's row must be there already.</summary>
    public static void Insert(RawWrite raw, ChatMessage message)
    {
        var command = raw.Prepared(InsertSql, "@conversation", "@sequence", "@company", "@client", "@author", "@agent", "@kind", "@text", "@at");
        var values = command.Parameters;
        values[0].Value = message.ConversationId.Value;
        values[1].Value = message.Sequence;
        values[2].Value = message.CompanyId.Value;
        values[3].Value = message.ClientId is { } client ? client : DBNull.Value;
        values[4].Value = (int)message.Author;
        values[5].Value = message.AgentId is { } agent ? agent.Value : DBNull.Value;
        values[6].Value = (int)message.Kind;
        values[7].Value = message.Text;
        values[8].Value = message.At.UtcTicks;
        _ = command.ExecuteNonQuery();
    }

    /// <summary>The line stored under this client id (D2), or nothing.</summary>
    public static StoredLine? Find(RawWrite raw, ConversationId conversation, Guid clientId)
    {
        var command = raw.Prepared(FindSql, "@conversation", "@client");
        command.Parameters[0].Value = conversation.Value;
        command.Parameters[1].Value = clientId;
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new StoredLine(
                reader.GetInt32(0),
                new Speaker((ChatAuthor)reader.GetInt32(1), reader.IsDBNull(2) ? null : new AgentId(reader.GetInt64(2))),
                reader.GetString(3),
                new DateTimeOffset(reader.GetInt64(4), TimeSpan.Zero))
            : null;
    }
}

/// <summary>As much of a stored line as a repeat is answered with.</summary>
internal readonly record struct StoredLine(int Sequence, Speaker By, string Text, DateTimeOffset At);

/// <summary>What of a conversation an index holds, and its version.</summary>
internal readonly record struct ChatStanding(
    ConversationState State, AgentId? Agent, GroupId? Group, DateTimeOffset? AcceptedAt, DateTimeOffset? EndedAt, EndedBy? EndedBy, bool AnswerTaken,
    DateTimeOffset? VisitorWroteAt, DateTimeOffset? FirstReplyAt, long Version)
{
    public static ChatStanding Of(Conversation conversation) => new(
        conversation.State, conversation.AgentId, conversation.GroupId, conversation.AcceptedAt, conversation.EndedAt, conversation.EndedBy, conversation.AnswerTaken,
        conversation.VisitorWroteAt, conversation.FirstReplyAt, conversation.Version);
}
