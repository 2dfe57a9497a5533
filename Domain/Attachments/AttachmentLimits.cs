namespace OneStop.Domain.Attachments;

/// <summary>How much may be handed in as files.</summary>
public static class AttachmentLimits
{
    /// <summary>Most bytes of a file: 20 MB.</summary>
    public const long FileBytes = 20 << 20;

    /// <summary>Most files of a case.</summary>
    public const int Files = 100;

    /// <summary>Most bytes of a case's files together: 200 MB.</summary>
    public const long CaseBytes = 200 << 20;

    /// <summary>The refusal of a file that is too large.</summary>
    public static OneStopException TooLarge() => new(RefusalKind.Invalid, "too-large", "The file is larger than 20 MB.");
}
