using Live800.Domain.Companies;
using Live800.Domain.Shared;

namespace Live800.Portal.Features.Agents;

/// <summary>What a column of the file is about.</summary>
public enum ImportColumn
{
    AgentName,
    DisplayName,
    Email,
    Role,
    NameEn,
    TitleZh,
    TitleEn,
}

/// <summary>What will become of a row.</summary>
public enum ImportVerdict
{
    /// <summary>An agent is made, with a link to set his password.</summary>
    Create,

    /// <summary>Somebody without agent ID is invited by link and chooses it himself.</summary>
    Invite,
    Skip,
}

/// <summary>Why a row is left out, where it is not a refusal.</summary>
public enum ImportReason
{
    None,
    TwiceInFile,
    Exists,
    EmailExists,
    Invited,
    NoRoom,
    RoleUnknown,
    Refused,
}

/// <summary>A row of the file as it will be imported.</summary>
public sealed record ImportRow(int Line, string AgentName, string DisplayName, string? Email, AgentRole Role, string NameEn, string TitleZh, string TitleEn)
{
    public ImportVerdict Verdict { get; init; }

    public ImportReason Reason { get; init; }

    /// <summary>With <see cref="ImportReason.Refused"/>: what is wrong.</summary>
    public Refusal Refusal { get; init; }

    /// <summary>After the import: the link of whoever was made or invited.</summary>
    public string Link { get; init; } = "";

    public bool LetterSent { get; init; }

    public bool IsSkipped => Verdict == ImportVerdict.Skip;

    /// <summary>What he is called in a list.</summary>
    public string Label => DisplayName.Length > 0 ? DisplayName : AgentName.Length > 0 ? AgentName : Email ?? "";

    internal ImportRow Skip(ImportReason reason, Refusal refusal = Refusal.None) => this with { Verdict = ImportVerdict.Skip, Reason = reason, Refusal = refusal };
}

/// <summary>The rows of a file, not compared with the company yet.</summary>
/// <param name="Unread">Names of columns nobody knows; they are left out.</param>
public sealed record ImportSheet(ImportFault Fault, long Count, ImportEncoding Encoding, IReadOnlyList<ImportRow> Rows, IReadOnlyList<string> Unread)
{
    // In both languages, without blanks, hyphens and underscores.
    private static readonly Dictionary<string, ImportColumn> Names = new (ImportColumn Column, string Names)[]
    {
        (ImportColumn.AgentName, "客服ID 客服帐号 客服账号 登录名 帐号 账号 AgentID Agent Login ID"),
        (ImportColumn.DisplayName, "名称 姓名 显示名称 显示名 Name DisplayName"),
        (ImportColumn.Email, "邮箱 电子邮箱 电子邮件 Email Mail"),
        (ImportColumn.Role, "权限 角色 Role Rights"),
        (ImportColumn.NameEn, "英文名 英文名称 EnglishName NameEn"),
        (ImportColumn.TitleZh, "职务 头衔 Title ChineseTitle"),
        (ImportColumn.TitleEn, "英文职务 英文头衔 EnglishTitle TitleEn"),
    }.SelectMany(column => column.Names.Split(' ').Select(name => (name, column.Column))).ToDictionary(pair => pair.name, pair => pair.Column, StringComparer.OrdinalIgnoreCase);

    /// <summary>The columns of a template, in a language.</summary>
    public static IReadOnlyList<string> Template(bool english) => english
        ? ["Agent ID", "Name", "English name", "Email", "Role", "Chinese title", "English title"]
        : ["客服ID", "名称", "英文名", "邮箱", "权限", "职务", "英文职务"];

    public static ImportSheet Of(ImportFile file)
    {
        if (file.Fault != ImportFault.None) return new ImportSheet(file.Fault, file.Count, file.Encoding, [], []);
        var columns = new Dictionary<ImportColumn, int>();
        var unread = new List<string>();
        for (var i = 0; i < file.Header.Count; i++)
        {
            var name = file.Header[i].Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
            if (!Names.TryGetValue(name, out var column))
            {
                if (name.Length > 0) unread.Add(file.Header[i]);
                continue;
            }

            if (!columns.TryAdd(column, i)) return new ImportSheet(ImportFault.ColumnTwice, 0, file.Encoding, [], [file.Header[i]]);
        }

        if (!columns.ContainsKey(ImportColumn.AgentName) && !columns.ContainsKey(ImportColumn.DisplayName) && !columns.ContainsKey(ImportColumn.Email))
            return new ImportSheet(ImportFault.NoColumns, 0, file.Encoding, [], unread);
        return new ImportSheet(ImportFault.None, file.Rows.Count, file.Encoding, [.. file.Rows.Select(row => RowOf(row.Line, column => columns.TryGetValue(column, out var at) && at < row.Cells.Count ? row.Cells[at] : ""))], unread);
    }

    private static ImportRow RowOf(int line, Func<ImportColumn, string> cell)
    {
        var email = cell(ImportColumn.Email);
        var role = RoleOf(cell(ImportColumn.Role));
        var row = new ImportRow(
            line, cell(ImportColumn.AgentName).ToLowerInvariant(), cell(ImportColumn.DisplayName), email.Length == 0 ? null : email.ToLowerInvariant(), role ?? AgentRole.Agent,
            cell(ImportColumn.NameEn), cell(ImportColumn.TitleZh), cell(ImportColumn.TitleEn));
        if (role is null) return row.Skip(ImportReason.RoleUnknown);
        if (row.AgentName.Length > 0) return row with { Verdict = ImportVerdict.Create, DisplayName = row.DisplayName.Length > 0 ? row.DisplayName : row.AgentName };
        var guest = Guest.Of(row.DisplayName, row.Email);
        return guest.IsRefused ? row.Skip(ImportReason.Refused, guest.Refusal) : row with { Verdict = ImportVerdict.Invite };
    }

    private static AgentRole? RoleOf(string words) => words.ToUpperInvariant() switch
    {
        "" or "客服" or "AGENT" => AgentRole.Agent,
        "主管" or "SUPERVISOR" => AgentRole.Supervisor,
        "管理员" or "ADMINISTRATOR" or "ADMIN" => AgentRole.Administrator,
        _ => null,
    };
}
