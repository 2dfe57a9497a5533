using System.Security.Cryptography;

namespace OneStop.WebFrontend.Applications;

/// <summary>Acceptance numbers (受理号) are made at the edge: no actor has to be asked for the next one.</summary>
internal static class AcceptanceNumber
{
    // Crockford's base 32: no letters that are mistaken for digits when a number is read out.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    // 60 random bits: with 1.5 million cases a year, two equal numbers once in a million years.
    private const int Length = 12;

    public static string New() => "A" + RandomNumberGenerator.GetString(Alphabet, Length);
}
