package dev.nommu.kernel.parts;

import com.google.inject.Guice;
import dev.nommu.kernel.console.ConsoleFactory;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.memory.AllocatorFactory;
import dev.nommu.kernel.memory.BuddyAllocator;
import dev.nommu.kernel.memory.MemoryFactory;
import dev.nommu.kernel.path.PluginPath;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.kernel.time.MachineClock;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The parts of a kernel. Each supplier is asked once for each machine, by any thread.
 *
 * @param clock the clocks
 * @param log the logs
 * @param sanitizer what looks at loads and stores
 * @param memory the physical address spaces
 * @param allocator the page allocators
 * @param console the drivers of the console
 * @param plugins the drivers, file systems and binary formats
 * @param cpus how many programs of a machine run at once, 1 or more; empty for all that can
 */
public record Parts(
    Supplier<MachineClock> clock,
    Supplier<KernelLog> log,
    Supplier<Sanitizer> sanitizer,
    MemoryFactory memory,
    AllocatorFactory allocator,
    ConsoleFactory console,
    PluginSources plugins,
    OptionalInt cpus) {
  /** Composes the parts from the standard ones and the plugins that are found as services. */
  public static Parts compose(PluginPath path) {
    return Guice.createInjector(new PartsModule(path)).getInstance(Parts.class);
  }

  /** Returns the same with another sanitizer, for all machines. */
  public Parts with(Sanitizer other) {
    return new Parts(clock, log, () -> other, memory, allocator, console, plugins, cpus);
  }

  /** Returns the same with clocks of another kind. */
  public Parts withClock(Supplier<MachineClock> others) {
    return new Parts(others, log, sanitizer, memory, allocator, console, plugins, cpus);
  }

  /** Returns the same for machines that run so many programs at once. */
  public Parts withCpus(int count) {
    return new Parts(
        clock, log, sanitizer, memory, allocator, console, plugins, OptionalInt.of(count));
  }

  /** Returns the same with allocators whose largest block is of this order. */
  public Parts withLargestBlock(int order) {
    AllocatorFactory other = (ram, reserved) -> new BuddyAllocator(ram, reserved, order);
    return new Parts(clock, log, sanitizer, memory, other, console, plugins, cpus);
  }
}
