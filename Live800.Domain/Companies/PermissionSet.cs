namespace Live800.Domain.Companies;

/// <summary>Some rights 权限 together (S2.17). A number that stands for no right of today is no right.</summary>
/// <param name="Bits">One bit for every <see cref="Permission"/>, as it is stored.</param>
public readonly record struct PermissionSet(long Bits)
{
    /// <summary>Nothing.</summary>
    public static PermissionSet None => default;

    /// <summary>Every right there is.</summary>
    public static PermissionSet All { get; } = Of(Enum.GetValues<Permission>());

    /// <summary>These rights.</summary>
    public static PermissionSet Of(params ReadOnlySpan<Permission> permissions)
    {
        var bits = 0L;
        foreach (var permission in permissions) bits |= BitOf(permission);
        return new PermissionSet(bits);
    }

    /// <summary>Whether the right is among them.</summary>
    public bool Has(Permission permission) => (Bits & BitOf(permission)) != 0;

    /// <summary>Whether every one of the others is among them.</summary>
    public bool Covers(PermissionSet others) => (others.Bits & All.Bits & ~Bits) == 0;

    /// <summary>With or without one.</summary>
    public PermissionSet With(Permission permission, bool has) => new(has ? Bits | BitOf(permission) : Bits & ~BitOf(permission));

    /// <summary>Only what stands for a right of today.</summary>
    public PermissionSet Known => new(Bits & All.Bits);

    private static long BitOf(Permission permission) => 1L << (int)permission;
}
