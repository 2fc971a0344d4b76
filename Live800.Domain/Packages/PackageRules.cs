using Live800.Domain.Companies;

namespace Live800.Domain.Packages;

/// <summary>What an account is read with: the operator's figures and the company's calendar (rules 3 and 3.5).</summary>
public sealed record PackageRules(PackageFigures Figures, ZoneHistory Zones);
