using Live800.Domain.Companies;

namespace Live800.Portal.Features.Permissions;

/// <summary>A template while an administrator changes it.</summary>
public sealed class TemplateDraft(TemplateLine seen)
{
    /// <summary>As it was read.</summary>
    public TemplateLine Seen { get; private set; } = seen;

    public string? Name { get; set; } = seen.Name;

    public PermissionSet Rights { get; private set; } = seen.Rights;

    public bool IsChanged => Rights != Seen.Rights || Name != Seen.Name;

    public TemplateWish Wish => new(Seen.Role, Name, Rights, Seen.Version);

    /// <summary>Whether this administrator has ticked or cleared it.</summary>
    public bool Touched(Permission permission) => Rights.Has(permission) != Seen.Rights.Has(permission);

    public void Tick(Permission permission, bool has) => Rights = Rights.With(permission, has);

    public void Be(PermissionSet rights) => Rights = rights;

    /// <summary>
    /// A colleague has stored another version: what he ticked stands, and what was ticked here is put on top. A box has two states, so whoever both touched it meant the same.
    /// </summary>
    public void Follow(TemplateLine now)
    {
        var rights = now.Rights;
        foreach (var permission in Enum.GetValues<Permission>()) if (Touched(permission)) rights = rights.With(permission, Rights.Has(permission));
        var name = Name == Seen.Name ? now.Name : Name;
        (Seen, Rights, Name) = (now, rights, name);
    }
}
