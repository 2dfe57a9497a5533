using System.Text.Json;
using OneStop.Domain.Catalogue;
using OneStop.Silo.Sample;

namespace OneStop.Web.Tests.Serving;

/// <summary>A freshly started sample town for the tests of a class, served in their process; its folder goes with it.</summary>
public class TownFixture : IAsyncLifetime
{
    private readonly Dictionary<string, ApiClient> staff = [];
    private readonly DirectoryInfo temporary = Directory.CreateTempSubdirectory("onestop-web-");
    private readonly int port = ServerProcess.FreePort();
    private IAsyncDisposable? server;

    public const string Hall = "shilong";
    public const string Region = "441900102";

    public TownFixture()
    {
        Folder = Path.Combine(temporary.FullName, "data");
        Address = ServerProcess.AddressOf(port);
        Public = new ApiClient(Address);
    }

    public Uri Address { get; }

    /// <summary>The folder that holds its record.</summary>
    public string Folder { get; }

    internal ApiClient Public { get; }

    public async ValueTask InitializeAsync()
    {
        await BeginAsync();
        await PrepareAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var client in staff.Values.Append(Public)) client.Dispose();
        if (server is not null) await server.DisposeAsync();
        temporary.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A member of the staff, signed in once for all tests of the class.</summary>
    internal async Task<ApiClient> StaffAsync(string user)
    {
        if (staff.TryGetValue(user, out var known)) return known;
        var client = new ApiClient(Address);
        await client.SignInAsync(user);
        return staff[user] = client;
    }

    /// <summary>A clerk at the open counter of the same number, with no ticket there.</summary>
    internal async Task<Desk> DeskAsync(int number)
    {
        var desk = new Desk(await StaffAsync($"clerk{number}"), number);
        await desk.OpenAsync();
        return desk;
    }

    /// <summary>Confirms the code that a display shows.</summary>
    internal async Task<Answer> ConfirmAsync(string code, string name) =>
        (await (await StaffAsync("admin")).PostAsync($"/api/halls/{Hall}/displays/confirm", new { code, name })).Expect(200);

    internal async Task<string> TakeTicketAsync(string service) =>
        (await Public.PostAsync($"/api/halls/{Hall}/tickets", new { service })).Expect(201).Text("id");

    /// <summary>Receives an application and gives its receipt.</summary>
    internal async Task<Answer> ApplyAsync(string item, string name = "李雷") =>
        (await Public.PostAsync("/api/applications", Application(item, name))).Expect(201);

    /// <summary>An application as the portal sends it.</summary>
    internal static object Application(string item, string name = "李雷") =>
        new { item, applicant = new { name, idNumber = "44190019900101001X", phone = "13800000000" }, form = new { }, materials = Array.Empty<string>(), channel = "desk" };

    /// <summary>Starts to serve, again on the same port with the same folder.</summary>
    internal async Task BeginAsync() => server = await StartAsync(Folder, port, [.. await TownAsync(), .. MoreArguments]);

    /// <summary>Ends the server and leaves it so.</summary>
    internal async Task EndAsync()
    {
        if (server is null) throw new InvalidOperationException("The town is not served now.");
        await server.DisposeAsync();
        server = null;
    }

    /// <summary>Starts the program.</summary>
    private protected virtual async Task<IAsyncDisposable> StartAsync(string data, int onPort, string[] arguments) =>
        await HostedServer.StartAsync(data, onPort, arguments);

    /// <summary>What else the program is started with. Default: nothing.</summary>
    protected virtual string[] MoreArguments => [];

    /// <summary>The town that is served, made from the sample town's definition. Default: that one itself.</summary>
    protected virtual TownDefinition Define(TownDefinition sample) => sample;

    /// <summary>What is done before the first test. Default: nothing.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    // The sample town is what a first start loads by itself.
    private async Task<string[]> TownAsync()
    {
        var sample = SampleTown.Read();
        var town = Define(sample);
        if (ReferenceEquals(town, sample)) return [];
        var file = Path.Combine(temporary.FullName, "town.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(town, JsonSerializerOptions.Web));
        return ["--town", file];
    }
}
