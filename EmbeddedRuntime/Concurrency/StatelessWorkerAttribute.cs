using Orleans.Placement;

namespace Orleans.Placement
{
    /// <summary>Says where activations of a grain class live. In one process there is one place.</summary>
    [AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
    public abstract class PlacementAttribute : Attribute
    {
        // Only the model's own placements: there is nothing here for another to decide.
        private protected PlacementAttribute()
        {
        }
    }
}

namespace Orleans.Concurrency
{
    /// <summary>A grain class without state of its own: several activations of one identity work side by side.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class StatelessWorkerAttribute : PlacementAttribute
    {
        /// <summary>As many activations as there are processors.</summary>
        public StatelessWorkerAttribute()
            : this(Environment.ProcessorCount)
        {
        }

        /// <summary>At most so many activations.</summary>
        /// <param name="maxLocalWorkers">How many.</param>
        public StatelessWorkerAttribute(int maxLocalWorkers) => MaxWorkers = maxLocalWorkers;

        internal int MaxWorkers { get; }
    }
}
