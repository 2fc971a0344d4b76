using Live800.Portal.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Data;

/// <summary>
/// The business file, portal.db: small, fully synchronous. Contexts from the factory are for reading; whoever writes hands his work to
/// <see cref="WriteQueue{TContext}"/>.
/// </summary>
public sealed class PortalDbContext(DbContextOptions<PortalDbContext> options) : IdentityDbContext<PortalAccount, IdentityRole<long>, long>(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        Conventions.ApplyTo(configurationBuilder);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        _ = builder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly, type => type.Namespace == "Live800.Portal.Data.Mapping.Portal");
    }
}
