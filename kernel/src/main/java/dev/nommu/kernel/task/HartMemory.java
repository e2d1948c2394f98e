package dev.nommu.kernel.task;

import dev.nommu.api.Access;
import dev.nommu.api.AccessFault;
import dev.nommu.api.PlainMemory;
import dev.nommu.api.ProcessorMemory;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.parts.Subsystems;
import dev.nommu.kernel.sanitizer.Sanitizer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * Memory and time as the hart of one task sees them. A sanitizer sees each load and store, as it
 * does those of Java programs. For one thread at a time.
 */
final class HartMemory implements ProcessorMemory {
  private final TaskLife life;
  private final Timeslice timeslice;
  private final Subsystems kernel;
  private final Timebase timebase;
  private final MemorySegment[] words = new MemorySegment[Long.BYTES + 1];

  HartMemory(TaskLife life, Timeslice timeslice, Subsystems kernel) {
    this.life = life;
    this.timeslice = timeslice;
    this.kernel = kernel;
    this.timebase = Timebase.of(kernel.parts().board().tree());
    MemorySegment word = MemorySegment.ofArray(new byte[Long.BYTES]);
    for (int width = 1; width <= Long.BYTES; width++) {
      words[width] = word.asSlice(0, width);
    }
  }

  @Override
  public Optional<PlainMemory> plain(long address, Access access) {
    boolean heard = access != Access.FETCH && !kernel.sanitizer().equals(Sanitizer.OFF);
    return heard ? Optional.empty() : kernel.memory().plain(address, access);
  }

  @Override
  public long load(long address, int width) throws AccessFault {
    MemorySegment word = words[width];
    try {
      kernel.memory().load(address, word, kernel.sanitizer(), life);
    } catch (MemoryFault fault) {
      throw told(fault);
    }
    return value(word, width);
  }

  private static long value(MemorySegment word, int width) {
    long value = 0;
    for (int i = width - 1; i >= 0; i--) {
      value = (value << Byte.SIZE) | (word.get(ValueLayout.JAVA_BYTE, i) & 0xffL);
    }
    return value;
  }

  @Override
  public void store(long address, int width, long value) throws AccessFault {
    MemorySegment word = words[width];
    for (int i = 0; i < width; i++) {
      word.set(ValueLayout.JAVA_BYTE, i, (byte) (value >>> (Byte.SIZE * i)));
    }
    try {
      kernel.memory().store(address, word, kernel.sanitizer(), life);
    } catch (MemoryFault fault) {
      throw told(fault);
    }
  }

  @Override
  public long compareAndExchange(long address, int width, long expected, long value)
      throws AccessFault {
    try {
      long there = kernel.memory().compareAndExchange(address, width, expected, value);
      kernel.sanitizer().stored(life, address, width);
      return there;
    } catch (MemoryFault fault) {
      throw told(fault);
    }
  }

  @Override
  public long fetch(long address, int width) throws AccessFault {
    MemorySegment word = words[width];
    try {
      kernel.memory().load(address, word);
    } catch (MemoryFault fault) {
      throw told(fault);
    }
    return value(word, width);
  }

  /** Logs a plugin that is at fault; the cause determines the signal. */
  private AccessFault told(MemoryFault fault) {
    return new AccessFault(fault.address(), life.entry().noted(fault));
  }

  @Override
  public long time(long retired) {
    timeslice.pass(retired);
    return timebase.ticks(kernel.clock().nanos());
  }
}
