Console.WriteLine("Not run: the simulation needs the embedded runtime (-p:GrainRuntime=Embedded).");
