using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Live800.Portal.Data;

/// <summary><c>dotnet ef</c> makes its contexts here and does not start the portal for it.</summary>
internal sealed class PortalDesignTime : IDesignTimeDbContextFactory<PortalDbContext>
{
    public PortalDbContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PortalDbContext>().UseSqlite("Data Source=design.db").Options);
}

internal sealed class TrailDesignTime : IDesignTimeDbContextFactory<TrailDbContext>
{
    public TrailDbContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<TrailDbContext>().UseSqlite("Data Source=design.db").Options);
}
