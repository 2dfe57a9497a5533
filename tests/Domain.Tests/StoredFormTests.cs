using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OneStop.Domain.Applications;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Tests.Applications;
using Orleans;

namespace OneStop.Domain.Tests;

/// <summary>What is stored and what crosses grain calls keeps its form.</summary>
public class StoredFormTests
{
    public static TheoryData<Type> EventTypes { get; } = new(
        typeof(EventTypeAttribute).Assembly.GetTypes().Where(t => t.IsDefined(typeof(EventTypeAttribute), false)).OrderBy(t => t.Name));

    [Theory]
    [MemberData(nameof(EventTypes))]
    public void EveryEventSurvivesItsStoredForm(Type type)
    {
        var sample = Sample(type);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(sample, type);
        var read = JsonSerializer.Deserialize(bytes, type);
        Assert.Equal(bytes, JsonSerializer.SerializeToUtf8Bytes(read, type));
        var web = JsonSerializer.Serialize(sample, type, JsonSerializerOptions.Web);
        Assert.Equal(web, JsonSerializer.Serialize(JsonSerializer.Deserialize(web, type, JsonSerializerOptions.Web), type, JsonSerializerOptions.Web));
    }

    [Fact]
    public void EveryApplicationEventHasANameOfItsOwn()
    {
        var events = typeof(ApplicationEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(ApplicationEvent))).ToList();
        Assert.All(events, e => Assert.True(e.IsSealed && e.IsDefined(typeof(EventTypeAttribute), false), e.Name));
        Assert.Distinct(events.Select(e => e.GetCustomAttribute<EventTypeAttribute>()!.FullName));
    }

    [Fact]
    public void EveryEventAndCommandIsAnnotatedForTheSerializer()
    {
        var crossing = typeof(ApplicationEvent).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(ApplicationEvent)) || t.IsSubclassOf(typeof(ApplicationCommand)) || t.IsSubclassOf(typeof(Limit)));
        Assert.All(crossing, t => Assert.True(t.IsDefined(typeof(GenerateSerializerAttribute), false) && t.IsDefined(typeof(ImmutableAttribute), false), t.Name));
    }

    [Fact]
    public void ACaseSurvivesItsSnapshot()
    {
        var state = CaseFile.Accepted(Items.Restaurant, "2026-03-02 10:00")
            .Do(new SuspendApplication(SpecialProcedure.Hearing, 2), "2026-03-03 10:00", Items.Handler).RunUntil("2026-04-01").State;
        var json = JsonSerializer.Serialize(state);
        var read = JsonSerializer.Deserialize<ApplicationState>(json)!;
        Assert.Equal(json, JsonSerializer.Serialize(read));
        Assert.Equal(state.Light, read.Light);
    }

    // Values that are not any default, so that a lost member shows.
    private static object Sample(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Sample(inner);
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            var element = type.GetGenericArguments()[0];
            var values = Array.CreateInstance(element, 1);
            values.SetValue(Sample(element), 0);
            return typeof(ImmutableArray).GetMethods().Single(m => m.Name == "Create" && m.GetParameters() is [{ ParameterType.IsArray: true }])
                .MakeGenericMethod(element).Invoke(null, [values])!;
        }

        if (type == typeof(Limit))
            return new WorkingDays(7);
        object? simple = Type.GetTypeCode(type) switch
        {
            TypeCode.String => "text",
            TypeCode.Int32 => 7,
            TypeCode.Int64 => 7L,
            TypeCode.Double => 7.5,
            TypeCode.Boolean => true,
            _ when type == typeof(DateTimeOffset) => Times.At("2026-03-02 10:00:00.123456"),
            _ when type == typeof(DateOnly) => Times.Day("2026-03-02"),
            _ when type == typeof(TimeSpan) => TimeSpan.FromMinutes(7),
            _ => null,
        };
        return simple ?? Composite(type);
    }

    private static object Composite(Type type)
    {
        var constructor = type.GetConstructors().Where(c => c.GetParameters() is not [var only] || only.ParameterType != type).MaxBy(c => c.GetParameters().Length);
        var made = constructor is null
            ? RuntimeHelpers.GetUninitializedObject(type)
            : constructor.Invoke([.. constructor.GetParameters().Select(p => Sample(p.ParameterType))]);
        foreach (var property in type.GetProperties().Where(p => p.CanWrite))
            property.SetValue(made, Sample(property.PropertyType));
        return made;
    }
}
