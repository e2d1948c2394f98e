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
 * The parts of a kernel. Each supplier is called once for each machine, by any thread.
 *
 * @param clock the clocks
 * @param log the logs
 * @param sanitizer checks loads and stores
 * @param memory the physical address spaces
 * @param allocator the page allocators
 * @param console the drivers of the console
 * @param plugins the drivers, file systems and binary formats
 * @param cpus the number of programs of a machine that run at once, 1 or more; empty for no limit
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
  /** Composes the parts from the standard ones and the plugins found as services. */
  public static Parts compose(PluginPath path) {
    return Guice.createInjector(new PartsModule(path)).getInstance(Parts.class);
  }

  /** Returns a copy with another sanitizer, for all machines. */
  public Parts with(Sanitizer other) {
    return new Parts(clock, log, () -> other, memory, allocator, console, plugins, cpus);
  }

  /** Returns a copy with another supplier of clocks. */
  public Parts withClock(Supplier<MachineClock> others) {
    return new Parts(others, log, sanitizer, memory, allocator, console, plugins, cpus);
  }

  /** Returns a copy for machines that run this number of programs at once. */
  public Parts withCpus(int count) {
    return new Parts(
        clock, log, sanitizer, memory, allocator, console, plugins, OptionalInt.of(count));
  }

  /** Returns a copy with allocators whose largest block has this order. */
  public Parts withLargestBlock(int order) {
    AllocatorFactory other = (ram, reserved) -> new BuddyAllocator(ram, reserved, order);
    return new Parts(clock, log, sanitizer, memory, other, console, plugins, cpus);
  }
}
