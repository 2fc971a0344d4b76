using Live800.Domain.Shared;

namespace Live800.Portal.Features.CompanyMail;

/// <summary>One part of the page as it is typed, over what was seen. What somebody else saved meanwhile takes nothing of it away.</summary>
public sealed class PartDraft<T>(T stored)
    where T : class
{
    /// <summary>What was stored when he began, or what he has been told of since.</summary>
    public T Seen { get; private set; } = stored;

    public T Typed { get; private set; } = stored;

    /// <summary>What a colleague stored first; nothing while there is nothing to choose.</summary>
    public T? Theirs { get; private set; }

    public Refusal Refused { get; private set; }

    public bool IsSaved { get; private set; }

    public bool IsChanged => !Typed.Equals(Seen);

    public void Type(T typed) => (Typed, Refused, IsSaved) = (typed, Refusal.None, false);

    /// <summary>What nobody has touched follows what is stored.</summary>
    public void Follow(T now)
    {
        if (!IsChanged && !now.Equals(Seen)) (Seen, Typed, IsSaved) = (now, now, false);
    }

    /// <summary>It was saved as <paramref name="now"/>, or refused; a colleague's choice is told beside what is typed.</summary>
    public void Answer(Refusal refused, T now)
    {
        Refused = refused;
        IsSaved = refused == Refusal.None;
        if (IsSaved) (Seen, Typed, Theirs) = (now, now, null);
        else Theirs = refused == Refusal.ChangedMeanwhile ? now : null;
    }

    /// <summary>Gives up what was typed, for what is stored by now.</summary>
    public void Undo()
    {
        var now = Theirs ?? Seen;
        (Seen, Typed, Theirs, Refused, IsSaved) = (now, now, null, Refusal.None, false);
    }

    /// <summary>He has been told what is stored now, and keeps what he typed.</summary>
    public void KeepMine()
    {
        if (Theirs is { } theirs) (Seen, Theirs) = (theirs, null);
    }
}
