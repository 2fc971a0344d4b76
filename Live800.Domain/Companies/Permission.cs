namespace Live800.Domain.Companies;

/// <summary>A single right 权限 of an agent (S2.17). Stored by number: appended, never reused.</summary>
public enum Permission
{
    /// <summary>Starts conversations 主动对话 (S1.2).</summary>
    Proactive = 0,

    /// <summary>Invites visitors 邀请对话 (S2.3).</summary>
    Invite = 1,

    /// <summary>Pushes pages 推送页面 (S2.1).</summary>
    PushPage = 2,

    /// <summary>Blocks visitors and addresses, and lifts blocks (4).</summary>
    Block = 3,

    /// <summary>May show himself as not in (4).</summary>
    Invisible = 4,

    /// <summary>Reads conversations in which he has no part.</summary>
    SeeOthers = 5,

    /// <summary>Reads the history 历史对话 (S2.16).</summary>
    History = 6,

    /// <summary>Takes the history and its conversations away as files.</summary>
    HistoryExport = 7,

    /// <summary>Makes, changes, assigns and merges cards 名片 (S2.14).</summary>
    CardsEdit = 8,

    /// <summary>Takes the cards away as a file.</summary>
    CardsExport = 9,

    /// <summary>Reads and answers offline messages 离线留言 (S1.4).</summary>
    Messages = 10,

    /// <summary>What the company's web site loads: codes, icons, appearance, sites, members (S3.1).</summary>
    Codes = 11,

    /// <summary>How the company works: groups, hours, conversations, invitations, shared replies, the block list (4).</summary>
    Settings = 12,

    /// <summary>Creates, disables and enables agents, and gives them rights he has himself (S1.3).</summary>
    Agents = 13,

    /// <summary>Buys packages and reads orders and ledger (S4.1).</summary>
    Purchase = 14,

    /// <summary>Watches running conversations, whispers, takes over, and sees what was missed (4).</summary>
    Supervise = 15,

    /// <summary>Reads the company's audit log and takes it away as a file (1).</summary>
    Audit = 16,

    /// <summary>Finds, exports and erases what is kept about one visitor, and says how long data is kept (1).</summary>
    PersonalData = 17,

    /// <summary>Reads the statistics and takes them away as files 流量统计 (6).</summary>
    Statistics = 18,
}
