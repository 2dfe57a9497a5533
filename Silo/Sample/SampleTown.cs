using OneStop.Domain.Accounts;
using OneStop.Domain.Catalogue;

namespace OneStop.Silo.Sample;

/// <summary>The sample town of a first start: data, not code.</summary>
public static class SampleTown
{
    private const string Folder = "catalogue/";

    /// <summary>Its definitions.</summary>
    public static TownDefinition Read()
    {
        var assembly = typeof(SampleTown).Assembly;
        var files = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).ToDictionary(
            name => name[Folder.Length..].Replace('\\', '/'),
            name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return reader.ReadToEnd();
            });
        var faults = CatalogueFiles.Read(files, out var town);
        return town ?? throw new InvalidOperationException("The sample town has faults: " + string.Join(Environment.NewLine, faults));
    }

    /// <summary>Its staff: a clerk for each counter, a handler and a head for each department, the mayor, an officer and an administrator.</summary>
    public static IEnumerable<Account> Staff(TownDefinition town)
    {
        // The sample's one hall; of a town with more of them, the first.
        foreach (var hall in town.Halls.Take(1))
            foreach (var counter in hall.Counters)
                yield return new Account("clerk" + counter.Id.TrimStart('c'), [Roles.Clerk], null, hall.Id, counter.Id);
        foreach (var department in town.Departments)
        {
            yield return new Account("handler." + department.Code, [Roles.Handler], department.Code, null, null);
            yield return new Account("head." + department.Code, [Roles.Head], department.Code, null, null);
        }

        yield return new Account("mayor", [Roles.Head], null, null, null);
        yield return new Account("officer", [Roles.Officer], null, null, null);
        yield return new Account("admin", [Roles.Admin], null, null, null);
    }
}
