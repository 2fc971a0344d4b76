using Microsoft.Data.Sqlite;

namespace Live800.Portal.Data.Rollups;

/// <summary>The names things are counted under: sources, pages, places, devices, search words. Each company has its own; a row of figures holds only the number.</summary>
internal sealed class RollupNames
{
    /// <summary>Begins the text of a page whose name was erased.</summary>
    public const char Gone = '\u001F';

    private const int MostKnown = 100_000;
    private readonly Dictionary<(long Company, SliceKind Kind, string Text), long> _ids = [];
    private readonly Dictionary<long, string> _titles = [];

    public long IdOf(RawWrite raw, long company, SliceKind kind, string text)
    {
        if (_ids.TryGetValue((company, kind, text), out var known))
            return known;
        if (_ids.Count >= MostKnown)
            Forget();
        var find = raw.Prepared("SELECT Id FROM RollupNames WHERE CompanyId = @company AND Kind = @kind AND Text = @text", "@company", "@kind", "@text");
        Bind(find, company, kind, text);
        if (find.ExecuteScalar() is not long id)
        {
            var add = raw.Prepared("INSERT INTO RollupNames (CompanyId, Kind, Text, Title) VALUES (@company, @kind, @text, '')", "@company", "@kind", "@text");
            Bind(add, company, kind, text);
            _ = add.ExecuteNonQuery();
            id = (long)find.ExecuteScalar()!;
        }

        _ids[(company, kind, text)] = id;
        return id;
    }

    /// <summary>What a page calls itself; the last word counts.</summary>
    public void Title(RawWrite raw, long page, string title)
    {
        if (title.Length == 0 || (_titles.TryGetValue(page, out var known) && known == title))
            return;
        if (_titles.Count >= MostKnown)
            _titles.Clear();
        var command = raw.Prepared("UPDATE RollupNames SET Title = @title WHERE Id = @id AND Title <> @title", "@id", "@title");
        command.Parameters[0].Value = page;
        command.Parameters[1].Value = title;
        _ = command.ExecuteNonQuery();
        _titles[page] = title;
    }

    /// <summary>A page's name or its title is nobody else's: it goes, the figures stay. Nobody can tell any more what page it was.</summary>
    public void Blank(RawWrite raw, long page, string? title)
    {
        var command = title is null
            ? raw.Prepared("UPDATE RollupNames SET Text = @mark, Title = '' WHERE Id = @id", "@id", "@mark")
            : raw.Prepared("UPDATE RollupNames SET Title = '' WHERE Id = @id AND Title = @mark", "@id", "@mark");
        command.Parameters[0].Value = page;
        command.Parameters[1].Value = title ?? $"{Gone}{page}";
        _ = command.ExecuteNonQuery();
        Forget();
    }

    /// <summary>A name under which nothing is counted any more.</summary>
    public void Remove(RawWrite raw, long id)
    {
        var command = raw.Prepared("DELETE FROM RollupNames WHERE Id = @id", "@id");
        command.Parameters[0].Value = id;
        _ = command.ExecuteNonQuery();
        Forget();
    }

    /// <summary>What was looked up may not be stored: a write failed.</summary>
    public void Forget()
    {
        _ids.Clear();
        _titles.Clear();
    }

    private static void Bind(SqliteCommand command, long company, SliceKind kind, string text)
    {
        command.Parameters[0].Value = company;
        command.Parameters[1].Value = (int)kind;
        command.Parameters[2].Value = text;
    }
}
