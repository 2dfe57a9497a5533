using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace OneStop.EmbeddedRuntime;

/// <content>From the first call to the end.</content>
internal sealed partial class Activation
{
    private DeactivationReason _endReason;
    private CancellationToken _endToken;
    private bool _endRequested;
    private bool _ending;

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_state is State.Deactivating or State.Ended)
            {
                return;
            }

            _endReason = deactivationReason;
            _endToken = cancellationToken;
            if (_state == State.Activating)
            {
                // What activating began ends first; ActivateAsync looks at the reason when it is done.
                _endRequested = true;
                return;
            }

            BeginDeactivating();
        }
    }

    public Task EndAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Deactivate(reason, cancellationToken);
        return Deactivated;
    }

    private async Task ActivateAsync(RequestValues? context)
    {
        RequestContext.Values = context;
        try
        {
            _scope = Runtime.Services.CreateScope();
            _instance = _class.Create(ActivationServices);
            if (_instance is IGrainBase grain)
            {
                await grain.OnActivateAsync(_lifetime.Token);
            }
        }
        catch (Exception e)
        {
            Runtime.Log.ActivationFailed(e, GrainId);
            await FailAsync(e);
            return;
        }

        lock (_gate)
        {
            _state = State.Active;
            _lastUsed = Runtime.Clock.GetTimestamp();
            if (_endRequested)
            {
                BeginDeactivating();
            }
            else
            {
                Continue();
            }
        }
    }

    // Within the lock.
    private void BeginDeactivating()
    {
        _state = State.Deactivating;
        Continue();
    }

    // Within the lock: nothing runs any more.
    private void BeginEnd()
    {
        if (!_ending)
        {
            _ending = true;
            _ = Turns.Run(DeactivateAsync);
        }
    }

    private async Task DeactivateAsync()
    {
        try
        {
            Timers.Stop();
            if (_instance is IGrainBase grain)
            {
                await grain.OnDeactivateAsync(_endReason, _endToken);
            }
        }
        catch (Exception e)
        {
            Runtime.Log.DeactivationFailed(e, GrainId);
        }

        foreach (var call in await CloseAsync())
        {
            if (call.OutlivesActivation)
            {
                Runtime.Send(GrainId, call);
            }
        }
    }

    private async Task FailAsync(Exception failure)
    {
        Timers.Stop();
        foreach (var call in await CloseAsync())
        {
            call.Refuse(failure);
        }
    }

    // Leaves the directory first, so that the calls handed on find a new activation.
    private async Task<List<Call>> CloseAsync()
    {
        List<Call> left;
        lock (_gate)
        {
            _state = State.Ended;
            left = _waiting.TakeAll();
        }

        _onEnded(this);
        try
        {
            _lifetime.Cancel();
            await DisposeInstanceAsync();
        }
        catch (Exception e)
        {
            Runtime.Log.DeactivationFailed(e, GrainId);
        }

        _deactivated.TrySetResult();
        return left;
    }

    private async Task DisposeInstanceAsync()
    {
        // Callers and the collector may hold on to what has ended for minutes: the grain's memory goes now.
        var (instance, scope) = (_instance, _scope);
        (_instance, _scope) = (null, null);
        switch (instance)
        {
            case IAsyncDisposable disposable:
                await disposable.DisposeAsync();
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }

        if (scope is IAsyncDisposable services)
        {
            await services.DisposeAsync();
        }

        _lifetime.Dispose();
    }
}
