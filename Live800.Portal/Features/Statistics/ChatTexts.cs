namespace Live800.Portal.Features.Statistics;

/// <summary>Marker of the texts of the statistics of chats.</summary>
public sealed class ChatTexts;
