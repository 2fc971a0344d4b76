namespace Live800.Portal.Features.Notes;

public static class NotesFeature
{
    public static WebApplicationBuilder AddNotes(this WebApplicationBuilder builder)
    {
        _ = builder.Services.AddNotes();
        return builder;
    }

    internal static IServiceCollection AddNotes(this IServiceCollection services) => services.AddSingleton<NoteDesk>().AddSingleton<NoteQueries>();
}
