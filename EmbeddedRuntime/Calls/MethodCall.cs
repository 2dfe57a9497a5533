using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace OneStop.EmbeddedRuntime;

/// <summary>Stands for the result of a method without one.</summary>
internal readonly struct Nothing;

/// <summary>A call of a grain method; its task is what the caller awaits.</summary>
internal sealed class MethodCall<TResult> : Call, IInvokable
{
    private readonly GrainMethod _method;
    private readonly object?[] _arguments;

    // Not RunContinuationsAsynchronously: that would send WhenAll and WaitAsync through the thread pool and out of a simulation. Nothing foreign runs
    // inside a turn all the same, because what awaits on another scheduler is queued there.
    private readonly TaskCompletionSource<TResult> _completion = new();
    private readonly CallCancellation? _cancellation;
    private Activation? _activation;

    public MethodCall(GrainRuntime runtime, GrainMethod method, object?[] arguments)
        : base(method.Traits, RequestContext.Values)
    {
        _method = method;
        _arguments = arguments;
        if (method.CancellationIndex >= 0 && (CancellationToken)arguments[method.CancellationIndex]! is { CanBeCanceled: true } token)
        {
            _cancellation = new CallCancellation(runtime, () => Fail(new OperationCanceledException(token)), token);
            arguments[method.CancellationIndex] = _cancellation.ForGrain;
            if (_cancellation.IsRequested)
            {
                Fail(new OperationCanceledException(token));
            }
        }
    }

    public Task<TResult> Task => _completion.Task;

    /// <summary>Whether the caller has given the call up.</summary>
    public bool IsCancelled => _cancellation is { IsRequested: true };

    public override string Name => _method.Method.Name;

    public override void Run(Activation activation)
    {
        if (IsCancelled)
        {
            _cancellation!.Dispose();
            activation.Ended(this);
            return;
        }

        _activation = activation;
        Task task;
        try
        {
            _cancellation?.Enter(activation.Turns);
            task = activation.Runtime.Filters.Apply(activation, this, _method, _arguments);
            if (task.IsCompleted)
            {
                End(task);
                return;
            }
        }
        catch (Exception e)
        {
            End(System.Threading.Tasks.Task.FromException(e));
            return;
        }

        task.ContinueWith(
            static (t, s) => ((MethodCall<TResult>)s!).End(t), this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, activation.Turns);
    }

    public override void Refuse(Exception reason) => Fail(reason);

    public int GetArgumentCount() => _arguments.Length;

    public object? GetArgument(int index) => _arguments[index];

    public void SetArgument(int index, object? value) => _arguments[index] = value;

    public string GetMethodName() => _method.Method.Name;

    public string GetInterfaceName() => _method.Method.DeclaringType!.Name;

    public Type GetInterfaceType() => _method.Method.DeclaringType!;

    public System.Reflection.MethodInfo GetMethod() => _method.Method;

    private void End(Task task)
    {
        var activation = _activation!;
        _cancellation?.Dispose();
        activation.Ended(this);
        if (task is Task<TResult> { IsCompletedSuccessfully: true } typed)
        {
            _completion.TrySetResult(typed.Result);
        }
        else if (task.IsCompletedSuccessfully)
        {
            SetUntyped(task);
        }
        else
        {
            FailWith(activation, task);
        }
    }

    private void SetUntyped(Task task)
    {
        // Filters see results as objects; a method without a result has none.
        if (typeof(TResult) == typeof(Nothing) || task is not Task<object?> { Result: { } result })
        {
            _completion.TrySetResult(default!);
        }
        else if (result is TResult fitting)
        {
            _completion.TrySetResult(fitting);
        }
        else
        {
            _completion.TrySetException(new InvalidCastException($"A filter gave {Name} a result of {result.GetType()}, not of {typeof(TResult)}."));
        }
    }

    private void FailWith(Activation activation, Task task)
    {
        try
        {
            task.GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            if (Traits.HasFlag(CallTraits.OneWay))
            {
                activation.Runtime.Log.OneWayCallFailed(e, activation.GrainId, Name);
            }

            Fail(e);
        }
    }

    private void Fail(Exception reason)
    {
        _completion.TrySetException(reason);
        if (Traits.HasFlag(CallTraits.OneWay))
        {
            // Nobody awaits it: reading the exception keeps it from being reported as unobserved.
            _ = _completion.Task.Exception;
        }
    }
}
