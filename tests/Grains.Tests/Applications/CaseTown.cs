using System.Collections.Immutable;
using OneStop.Domain.Applications;
using OneStop.Domain.Catalogue;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Records;
using OneStop.Journal;

namespace OneStop.Grains.Tests.Applications;

/// <summary>What tests do with cases.</summary>
internal static class CaseTown
{
    public static Actor Clerk { get; } = new("clerk1", null, [Role.Clerk]);

    public static Actor Handler(string department) => new("handler." + department, department, [Role.Handler]);

    public static Actor Head(string department) => new("head." + department, department, [Role.Head]);

    public static Intake Intake(string item, string queryCode = "code-1") => new(
        item, "王小明", "110101199003074258", "13800138000", """{"street":"石龙路 18 号"}""", ["licence.pdf"], Channel.Desk, queryCode);

    public static IApplicationGrain Case(this TestTown town, string number) => town.Grains.GetGrain<IApplicationGrain>(number);

    public static async Task<IApplicationGrain> AcceptedAsync(this TestTown town, string number, ItemDefinition item)
    {
        var received = town.Case(number);
        await received.Receive(Command.By("public"), Actor.Public, Intake(item.Code));
        await received.DoAsync(Clerk, new AcceptApplication());
        return received;
    }

    public static Task<ApplicationView> DoAsync(this IApplicationGrain application, Actor actor, ApplicationCommand command, params ImmutableArray<CaseText> texts) =>
        application.Execute(Command.By(actor.User), actor, command, texts);

    public static Task<ApplicationView> DoAsync(this IApplicationGrain application, CommandInfo info, Actor actor, ApplicationCommand command) =>
        application.Execute(info, actor, command, []);

    /// <summary>A case of an outside system with its deadline.</summary>
    public static Task ReportAsync(this IApplicationGrain application, string number, DateTimeOffset start, DateTimeOffset deadline) =>
        application.Report(Command.By("system"), new ReportStart(number, TownDefinitions.Permit, start, deadline));

    /// <summary>The case's head and every row that shows it.</summary>
    public static async Task<string> RecordAsync(this TestTown town, string number)
    {
        var head = (await town.Journal.ReadAsync("application/" + number)).Head;
        var rows = new List<Row>();
        foreach (var (table, column) in new[] { (Tables.Applications, "number"), (Tables.Tasks, "application"), (Tables.Cards, "application") })
            rows.AddRange(await town.Journal.QueryAsync(new RowQuery(table) { Where = [new(column, RowOperator.Equal, number)] }));
        return head + "\n" + string.Join('\n', rows.Select(row => string.Join('|', row.Values)));
    }
}
