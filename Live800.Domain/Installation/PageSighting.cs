using Live800.Domain.Shared;

namespace Live800.Domain.Installation;

/// <summary>What was seen of a company's codes on one page (rule 5): how often, first and last. Numbers and instants only; nothing of a visitor.</summary>
public sealed class PageSighting
{
    /// <summary>Most milliseconds and bytes that are believed of one page.</summary>
    public const int MostMeasured = 10_000_000;

    private PageSighting()
    {
    }

    /// <summary>A page nothing was seen of yet.</summary>
    public PageSighting(CompanyId company, PageAddress page) => (CompanyId, Host, Path) = (company, page.Host, page.Path);

    /// <summary>The company whose codes they are.</summary>
    public CompanyId CompanyId { get; private set; }

    /// <summary>See <see cref="PageAddress.Host"/>.</summary>
    public string Host { get; private set; } = "";

    /// <summary>See <see cref="PageAddress.Path"/>; a star stands for the many names at its place.</summary>
    public string Path { get; private set; } = "";

    /// <summary>When anything was seen first.</summary>
    public DateTimeOffset FirstAt { get; private set; }

    /// <summary>When anything was seen last.</summary>
    public DateTimeOffset LastAt { get; private set; }

    /// <summary>How often the function code told of the page.</summary>
    public long Views { get; private set; }

    /// <summary>When the function code was seen first.</summary>
    public DateTimeOffset? CodeFirstAt { get; private set; }

    /// <summary>When the function code was seen last.</summary>
    public DateTimeOffset? CodeAt { get; private set; }

    /// <summary>How often the icon was fetched by the page itself.</summary>
    public long Icons { get; private set; }

    /// <summary>When the icon was seen last, by its own request or by the function code.</summary>
    public DateTimeOffset? IconAt { get; private set; }

    /// <summary>When the function code saw the icon beside itself last.</summary>
    public DateTimeOffset? BothAt { get; private set; }

    /// <summary>When the page was opened without encryption last.</summary>
    public DateTimeOffset? InsecureAt { get; private set; }

    /// <summary>When the second script told of the page last; the fields below are of then.</summary>
    public DateTimeOffset? ProbedAt { get; private set; }

    /// <summary>What it found.</summary>
    public PageMarks Marks { get; private set; }

    /// <summary>Bytes that came over the line for the codes; what a browser had kept costs none.</summary>
    public int Bytes { get; private set; }

    /// <summary>Milliseconds our requests took, added up; none of them holds the page up.</summary>
    public int Milliseconds { get; private set; }

    /// <summary>The page of it.</summary>
    public PageAddress Page => new(Host, Path);

    /// <summary>The function code told of the page.</summary>
    /// <param name="hasIcon">It named an icon. That it named none says nothing yet: the page may not have been looked over.</param>
    public void SeeCode(DateTimeOffset now, bool hasIcon, bool isInsecure)
    {
        Views++;
        CodeFirstAt ??= now;
        CodeAt = Later(CodeAt, now);
        if (isInsecure) InsecureAt = Later(InsecureAt, now);
        if (hasIcon) SeeBoth(now);
        See(now);
    }

    /// <summary>The function code named an icon beside itself, without another view.</summary>
    public void SeeBoth(DateTimeOffset now)
    {
        BothAt = Later(BothAt, now);
        IconAt = Later(IconAt, now);
        See(now);
    }

    /// <summary>The page fetched the icon.</summary>
    public void SeeIcon(DateTimeOffset now)
    {
        Icons++;
        IconAt = Later(IconAt, now);
        See(now);
    }

    /// <summary>The second script told of the page; a measure that cannot be is none.</summary>
    public void Probe(PageMarks marks, long bytes, long milliseconds, DateTimeOffset now)
    {
        if (ProbedAt > now) return;
        (ProbedAt, Marks) = (now, marks);
        (Bytes, Milliseconds) = (Measured(bytes), Measured(milliseconds));
        See(now);
    }

    /// <summary>Takes in what another one saw, of the same page or of one that is counted with it.</summary>
    public void Absorb(PageSighting other)
    {
        (FirstAt, LastAt) = FirstAt == default ? (other.FirstAt, other.LastAt)
            : (other.FirstAt < FirstAt ? other.FirstAt : FirstAt, other.LastAt > LastAt ? other.LastAt : LastAt);
        Views += other.Views;
        Icons += other.Icons;
        CodeFirstAt = CodeFirstAt is null || other.CodeFirstAt < CodeFirstAt ? other.CodeFirstAt ?? CodeFirstAt : CodeFirstAt;
        CodeAt = Later(CodeAt, other.CodeAt);
        IconAt = Later(IconAt, other.IconAt);
        BothAt = Later(BothAt, other.BothAt);
        InsecureAt = Later(InsecureAt, other.InsecureAt);
        if (other.ProbedAt is not { } probed || ProbedAt > probed) return;
        (ProbedAt, Marks, Bytes, Milliseconds) = (probed, other.Marks, other.Bytes, other.Milliseconds);
    }

    private void See(DateTimeOffset now)
    {
        if (FirstAt == default || now < FirstAt) FirstAt = now;
        if (now > LastAt) LastAt = now;
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other ?? one : one;

    private static int Measured(long value) => value is < 0 or > MostMeasured ? 0 : (int)value;
}
