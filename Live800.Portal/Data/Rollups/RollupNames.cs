
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
        var find = raw.Statement("SELECT Id FROM RollupNames WHERE CompanyId = @company AND Kind = @kind AND Text = @text", "@company", "@kind", "@text");
        Bind(find, company, kind, text);
        if (find.Number() is not { } id)
        {
            var add = raw.Statement("INSERT INTO RollupNames (CompanyId, Kind, Text, Title) VALUES (@company, @kind, @text, '')", "@company", "@kind", "@text");
            Bind(add, company, kind, text);
            _ = add.Execute();
            id = find.Number()!.Value;
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
        var command = raw.Statement("UPDATE RollupNames SET Title = @title WHERE Id = @id AND Title <> @title", "@id", "@title");
        command.Bind(0, page);
        command.Bind(1, title);
        _ = command.Execute();
        _titles[page] = title;
    }

    /// <summary>A page's name or its title is nobody else's: it goes, the figures stay. Nobody can tell any more what page it was.</summary>
    public void Blank(RawWrite raw, long page, string? title)
    {
        var command = title is null
            ? raw.Statement("UPDATE RollupNames SET Text = @mark, Title = '' WHERE Id = @id", "@id", "@mark")
            : raw.Statement("UPDATE RollupNames SET Title = '' WHERE Id = @id AND Title = @mark", "@id", "@mark");
        command.Bind(0, page);
        command.Bind(1, title ?? $"{Gone}{page}");
        _ = command.Execute();
        Forget();
    }

    /// <summary>A name under which nothing is counted any more.</summary>
    public void Remove(RawWrite raw, long id)
    {
        var command = raw.Statement("DELETE FROM RollupNames WHERE Id = @id", "@id");
        command.Bind(0, id);
        _ = command.Execute();
        Forget();
    }

    /// <summary>What was looked up may not be stored: a write failed.</summary>
    public void Forget()
    {
        _ids.Clear();
        _titles.Clear();
    }

    private static void Bind(RawStatement command, long company, SliceKind kind, string text)
    {
        command.Bind(0, company);
        command.Bind(1, (int)kind);
        command.Bind(2, text);
    }
}
