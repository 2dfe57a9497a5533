using System.Globalization;
using System.Text.Json;
using OneStop.Domain;
using OneStop.Grains.Interfaces;

namespace OneStop.Simulations;

/// <summary>What people were told, and what they could not know.</summary>
internal sealed class Ledger
{
    private readonly List<Sent> open = [];
    private readonly List<(Sent Sent, string Answer)> answered = [];
    private int made;

    public int Acknowledged => answered.Count;

    public int Refused { get; private set; }

    public int Unknown { get; private set; }

    public List<string> Faults { get; } = [];

    /// <summary>A new command for an act.</summary>
    public Sent New(Act act, DateTimeOffset at) =>
        new(act, new CommandInfo(act.Caller, string.Create(CultureInfo.InvariantCulture, $"c{++made:D6}"), "same", MayRepeat: true, act.Caller), at);

    /// <summary>What nobody knows the end of yet; each is given once, to be asked again.</summary>
    public Sent[] TakeOpen()
    {
        var taken = open.ToArray();
        open.Clear();
        return taken;
    }

    /// <summary>Something that was first sent within the 24 h for which answers are kept, with its answer.</summary>
    public (Sent Sent, string Answer)? Recent(DateTimeOffset now, Random dice)
    {
        var recent = answered.Where(a => a.Sent.At > now.AddHours(-23)).ToArray();
        return recent.Length == 0 ? null : recent[dice.Next(recent.Length)];
    }

    /// <summary>Carries an act out.</summary>
    public async Task DoAsync(World world, Sent sent)
    {
        var act = sent.Act;
        try
        {
            var answer = await act.Do(world, sent.Info);
            answered.Add((sent, JsonSerializer.Serialize(answer)));
            act.Done(answer);
        }
        catch (OneStopException e) when (e.Code != "store-unavailable")
        {
            Refused++;
        }
        catch (Exception e) when (e is OneStopException || Dead(world))
        {
            Unknown++;
            open.Add(sent);
        }
        catch (Exception e)
        {
            Faults.Add($"{act.What} by {act.Caller} met {e.GetType().Name}: {e.Message}");
        }
    }

    /// <summary>Sends again what was answered, and compares.</summary>
    public async Task RepeatAsync(World world, Sent sent, string answer)
    {
        var (act, info, _) = sent;
        try
        {
            var again = JsonSerializer.Serialize(await act.Do(world, info));
            if (again != answer) Faults.Add($"{act.What} sent again got {again} instead of {answer}");
        }
        catch (OneStopException e) when (e.Code == "store-unavailable")
        {
            // Asked in a bad moment; another one will be asked.
        }
        catch (Exception e) when (!Dead(world))
        {
            Faults.Add($"{act.What} ({info.Id}) sent again was refused instead of {answer}: {e.Message}");
        }
        catch (Exception)
        {
            // Nobody answers any more.
        }
    }

    // A call that was under way when the process died ends somehow; its caller's connection is broken.
    private static bool Dead(World world) => world.Store.IsDead;
}

/// <summary>A command on its way.</summary>
/// <param name="Act">What is done.</param>
/// <param name="Info">Under which id.</param>
/// <param name="At">When it was first sent.</param>
internal sealed record Sent(Act Act, CommandInfo Info, DateTimeOffset At);
