namespace Live800.Domain.Companies;

/// <summary>An agent as visitors see him 形象 (5).</summary>
/// <param name="Name">Also what colleagues see.</param>
/// <param name="NameEn">Empty where it is <paramref name="Name"/>.</param>
/// <param name="Picture">Hash of a picture of the company's; empty for the first letter of the name.</param>
public sealed record AgentFace(string Name, string NameEn, string TitleZh, string TitleEn, string Picture)
{
    /// <summary>The name in a visitor's language.</summary>
    public string NameIn(bool english) => english && NameEn.Length > 0 ? NameEn : Name;

    /// <summary>The title in a visitor's language; a title nobody translated is not shown to those who could not read it.</summary>
    public string TitleIn(bool english) => english ? TitleEn : TitleZh;
}
