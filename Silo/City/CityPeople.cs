using OneStop.Domain.Applications;
using OneStop.Domain.Catalogue;

namespace OneStop.Silo.City;

/// <summary>Who does what in the city.</summary>
internal static class CityPeople
{
    public static Actor Clerk { get; } = new("clerk", null, [Role.Clerk]);

    public static Actor Officer { get; } = new("officer", null, [Role.Officer]);

    public static Actor Handler(string department) => new("handler." + department, department, [Role.Handler]);

    public static Actor Head(string department) => new("head." + department, department, [Role.Head]);

    /// <summary>Who does a step.</summary>
    public static Actor For(StepDefinition step) => step.Role switch
    {
        StepRole.Head => Head(step.Department),
        StepRole.Clerk => Clerk,
        _ => Handler(step.Department),
    };
}
