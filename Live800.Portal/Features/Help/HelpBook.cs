namespace Live800.Portal.Features.Help;

/// <summary>One page of the help in one language.</summary>
/// <param name="Page">Its address, for example <c>/help</c>.</param>
public sealed record HelpBook(string Page, IReadOnlyList<HelpSection> Sections)
{
    public IEnumerable<HelpEntry> Entries => Sections.SelectMany(section => section.Entries);
}

/// <summary>Entries that stand together.</summary>
public sealed record HelpSection(string Key, string Title, IReadOnlyList<HelpEntry> Entries);

/// <summary>One question with its answer.</summary>
/// <param name="Key">Its number, 2.5, or a word; what its address ends with.</param>
/// <param name="SearchWords">Other words people look for it by; not shown.</param>
public sealed record HelpEntry(string Page, string Key, string Title, string SearchWords, IReadOnlyList<HelpBlock> Blocks)
{
    public string Anchor => "s" + Key;

    public string Address => $"{Page}#{Anchor}";

    /// <summary>All that can be read of it.</summary>
    public string Text => string.Join('\n', Blocks.Select(block => block.Text).Prepend(Title));

    /// <summary>Where its links lead.</summary>
    public IEnumerable<string> Links => Blocks.SelectMany(block => block.Spans).Select(span => span.Href).OfType<string>();
}

/// <summary>A piece of an answer.</summary>
public abstract record HelpBlock
{
    public abstract IEnumerable<HelpSpan> Spans { get; }

    public string Text => string.Join(' ', Spans.Select(span => span.Text));
}

public sealed record HelpParagraph(IReadOnlyList<HelpSpan> Words) : HelpBlock
{
    public override IEnumerable<HelpSpan> Spans => Words;
}

/// <summary>Points, or steps where the order counts.</summary>
public sealed record HelpList(bool IsOrdered, IReadOnlyList<IReadOnlyList<HelpSpan>> Items) : HelpBlock
{
    public override IEnumerable<HelpSpan> Spans => Items.SelectMany(item => item);
}

/// <summary>A table; the first row is its head.</summary>
public sealed record HelpTable(IReadOnlyList<IReadOnlyList<IReadOnlyList<HelpSpan>>> Rows) : HelpBlock
{
    public override IEnumerable<HelpSpan> Spans => Rows.SelectMany(row => row.SelectMany(cell => cell));
}

/// <summary>Lines to be copied as they are.</summary>
public sealed record HelpCode(string Lines) : HelpBlock
{
    public override IEnumerable<HelpSpan> Spans => [new HelpSpan(Lines)];
}

/// <summary>A run of text: plain, a link, or a name as the machine writes it.</summary>
public readonly record struct HelpSpan(string Text, string? Href = null, bool IsCode = false);
