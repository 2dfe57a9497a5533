namespace OneStop.Silo.City;

/// <summary>What year of what city is run.</summary>
/// <param name="Seed">Draws the catalogue and every course.</param>
/// <param name="Thin">One case of so many.</param>
/// <param name="Year">In which the cases come in.</param>
internal sealed record CityYear(int Seed, int Thin, int Year)
{
    private const int Whole = 1_520_000;

    /// <summary>How many cases come in.</summary>
    public int Cases => Whole / Thin;
}

/// <summary>The city cannot be run as it was asked for; the message says what to do.</summary>
internal sealed class CityException(string message) : Exception(message);
