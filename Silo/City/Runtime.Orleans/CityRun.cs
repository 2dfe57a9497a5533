using OneStop.Silo.Hosting;

namespace OneStop.Silo.City;

/// <summary>Virtual time needs a runtime whose every turn can be driven; that is the embedded one.</summary>
internal static class CityRun
{
    /// <summary>Always refuses.</summary>
    /// <exception cref="CityException">A city is run by the program built with the embedded runtime.</exception>
    public static CityReport Run(CityYear year, DataFolder data, Action<long> progress) =>
        throw new CityException("A city is run under virtual time: use the program built with -p:GrainRuntime=Embedded.");
}
