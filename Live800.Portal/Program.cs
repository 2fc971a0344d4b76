using Live800.Portal.Data;

var builder = WebApplication.CreateBuilder(PortalOptions.Arguments(args));
builder.AddData();

var app = builder.Build();
await app.StartDataAsync();
await app.RunAsync();
