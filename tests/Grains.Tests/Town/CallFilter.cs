using Orleans;

namespace OneStop.Grains.Tests;

/// <summary>Sees the calls that come to grains and loses those it is told to.</summary>
internal sealed class CallFilter : IIncomingGrainCallFilter
{
    /// <summary>Which calls are lost. Default: none.</summary>
    public Func<IIncomingGrainCallContext, bool> Loses { get; set; } = _ => false;

    /// <summary>What sees each call before it is made. Default: nothing.</summary>
    public Action<IIncomingGrainCallContext> Sees { get; set; } = _ => { };

    /// <summary>Whether a call is this method of this interface.</summary>
    public static bool Is<TInterface>(IIncomingGrainCallContext context, string method) =>
        context.Grain is TInterface && context.InterfaceMethod.Name == method && context.InterfaceMethod.DeclaringType == typeof(TInterface);

    public Task Invoke(IIncomingGrainCallContext context)
    {
        Sees(context);
        return Loses(context) ? Task.CompletedTask : context.Invoke();
    }
}
