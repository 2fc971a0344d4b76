using Live800.Domain.Visitors;
using Microsoft.EntityFrameworkCore;

namespace Live800.Portal.Data;

/// <summary>The large file, trail.db: visitors, visits and their trail. Only ids pass between it and portal.db; no transaction spans both.</summary>
public sealed class TrailDbContext(DbContextOptions<TrailDbContext> options) : DbContext(options)
{
    public DbSet<Visitor> Visitors => Set<Visitor>();

    public DbSet<Visit> Visits => Set<Visit>();

    public DbSet<TrailStep> TrailSteps => Set<TrailStep>();

    /// <summary>Visits with a greater id, which are those that began later.</summary>
    internal IQueryable<Visit> VisitsAfter(long id) => Visits.FromSql($"SELECT * FROM \"Visits\" WHERE \"Id\" > {id}");

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => Conventions.ApplyTo(configurationBuilder);

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        _ = modelBuilder.ApplyConfigurationsFromAssembly(typeof(TrailDbContext).Assembly, type => type.Namespace == "Live800.Portal.Data.Mapping.Trail");
}
