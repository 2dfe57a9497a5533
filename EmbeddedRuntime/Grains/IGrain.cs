using Orleans.Runtime;

namespace Orleans.Runtime
{
    /// <summary>Something that can be called: a grain or a reference to one.</summary>
    public interface IAddressable;
}

namespace Orleans
{
    /// <summary>A grain interface: its methods return <see cref="Task"/> or <see cref="ValueTask"/>.</summary>
    public interface IGrain : IAddressable;

    /// <summary>A grain interface whose grains are told apart by a text.</summary>
    public interface IGrainWithStringKey : IGrain;

    /// <summary>A grain interface whose grains are told apart by an integer.</summary>
    public interface IGrainWithIntegerKey : IGrain;
}
