using OneStop.EmbeddedRuntime;

namespace Orleans.Runtime;

/// <summary>Stands for a grain wherever it is called. References are equal when they stand for the same grain.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>
{
    private ICallTarget? _target;

    internal GrainReference(ReferenceShared shared, GrainId id)
    {
        Shared = shared;
        GrainId = id;
    }

    /// <summary>The grain.</summary>
    public GrainId GrainId { get; }

    /// <summary>The full name of the interface it is seen through.</summary>
    public virtual string InterfaceName => Shared.Interface.FullName!;

    internal ReferenceShared Shared { get; }

    /// <summary>Compares the grains.</summary>
    public static bool operator ==(GrainReference? reference1, GrainReference? reference2) =>
        reference1 is null ? reference2 is null : reference1.Equals(reference2);

    /// <summary>Compares the grains.</summary>
    public static bool operator !=(GrainReference? reference1, GrainReference? reference2) => !(reference1 == reference2);

    /// <inheritdoc/>
    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    /// <inheritdoc/>
    public override int GetHashCode() => GrainId.GetHashCode();

    /// <inheritdoc/>
    public sealed override string ToString() => $"{GrainId} as {InterfaceName}";

    // The methods below are what the generated references call.
    internal Task<TResult> Call<TResult>(int method, object?[] arguments) => Send<TResult>(Shared.Methods[method], arguments);

    internal Task CallTask(int method, object?[] arguments)
    {
        var called = Shared.Methods[method];
        var sent = Send<Nothing>(called, arguments);
        return called.Traits.HasFlag(CallTraits.OneWay) ? Task.CompletedTask : sent;
    }

    internal void CallVoid(int method, object?[] arguments) => _ = CallTask(method, arguments);

    internal ValueTask CallValueTask(int method, object?[] arguments) => new(CallTask(method, arguments));

    internal ValueTask<TResult> CallValue<TResult>(int method, object?[] arguments) => new(Call<TResult>(method, arguments));

    private Task<TResult> Send<TResult>(GrainMethod method, object?[] arguments)
    {
        var call = new MethodCall<TResult>(Shared.Runtime, method, arguments);
        if (!call.IsCancelled)
        {
            Shared.Runtime.Send(GrainId, call, ref _target);
        }

        return call.Task;
    }
}
