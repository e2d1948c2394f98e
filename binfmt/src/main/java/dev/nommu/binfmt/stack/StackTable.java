package dev.nommu.binfmt.stack;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.ProcessMemory;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** The words at a program's initial stack pointer: argc, argv, envp and further words. */
public final class StackTable {
  private static final long ALIGNMENT = 16;

  private final List<Long> words = new ArrayList<>();

  /**
   * Starts with the number of arguments and the addresses of the strings, each list ending in 0.
   */
  public StackTable(Strings strings) {
    add(strings.arguments().size());
    strings.arguments().forEach(this::add);
    add(0);
    strings.environment().forEach(this::add);
    add(0);
  }

  /** Adds a word. */
  public void add(long word) {
    words.add(word);
  }

  /**
   * Writes the words to memory.
   *
   * @param below the address below which they are written
   * @param format the format of a word
   * @return the address of the first word, a multiple of 16
   * @throws ErrnoException EFAULT if there is not enough memory below, ENOMEM if an address does
   *     not fit a word
   */
  public long place(ProcessMemory memory, long below, WordFormat format) throws ErrnoException {
    long size = (long) words.size() * format.size();
    long start = (below - size) & -ALIGNMENT;
    MemorySegment table = memory.at(start, size);
    for (int i = 0; i < words.size(); i++) {
      format.set(table, (long) i * format.size(), words.get(i));
    }
    return start;
  }
}
