package dev.nommu.kernel.testing;

import com.google.inject.Binder;
import com.google.inject.Module;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.MemoryFactory;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.memory.Ram;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment.Scope;
import java.util.ArrayList;
import java.util.List;

/** Makes memory and remembers it, so that a test can see whether it was given back. */
public final class WatchedMemory implements Module, MemoryFactory {
  private final List<Scope> made = new ArrayList<>();

  /** Creates a factory that has made nothing. */
  public WatchedMemory() {}

  @Override
  public void configure(Binder binder) {
    binder.bind(MemoryFactory.class).toInstance(this);
  }

  @Override
  public PhysicalMemory make(Ram ram, Arena arena) throws ErrnoException {
    made.add(arena.scope());
    return new PhysicalMemory(ram, arena);
  }

  /** Returns how many machines got memory. */
  public int made() {
    return made.size();
  }

  /** Returns how many of them have it still. */
  public long kept() {
    return made.stream().filter(Scope::isAlive).count();
  }
}
