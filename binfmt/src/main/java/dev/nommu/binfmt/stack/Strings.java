package dev.nommu.binfmt.stack;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.ExecRequest;
import dev.nommu.api.FileNames;
import dev.nommu.api.ProcessMemory;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The strings at the top of a stack: arguments, environment, path, and eight zero bytes.
 *
 * @param start the address of the first
 * @param arguments the address of each argument
 * @param environment the address of each environment entry
 * @param path the address of the executable's path
 */
public record Strings(long start, List<Long> arguments, List<Long> environment, long path) {
  private static final int TERMINATOR = Long.BYTES;

  /** Copies the lists. */
  public Strings {
    arguments = List.copyOf(arguments);
    environment = List.copyOf(environment);
  }

  /** Returns the size of the strings of a request, in bytes. */
  public static long size(ExecRequest request) {
    return texts(request).stream().mapToLong(text -> encoded(text).length).sum() + TERMINATOR;
  }

  /**
   * Writes the strings of a request to memory.
   *
   * @param top the address after the last byte
   * @throws ErrnoException EFAULT if there is not enough memory below
   */
  public static Strings place(ProcessMemory memory, ExecRequest request, long top)
      throws ErrnoException {
    long start = top - size(request);
    MemorySegment block = memory.at(start, top - start);
    List<Long> addresses = new ArrayList<>();
    long offset = 0;
    for (String text : texts(request)) {
      byte[] bytes = encoded(text);
      MemorySegment.copy(MemorySegment.ofArray(bytes), 0, block, offset, bytes.length);
      addresses.add(start + offset);
      offset += bytes.length;
    }
    block.asSlice(offset).fill((byte) 0);
    int arguments = request.arguments().size();
    return new Strings(
        start,
        addresses.subList(0, arguments),
        addresses.subList(arguments, addresses.size() - 1),
        addresses.getLast());
  }

  private static List<String> texts(ExecRequest request) {
    List<String> texts = new ArrayList<>(request.arguments());
    texts.addAll(request.environment());
    texts.add(request.path());
    return texts;
  }

  private static byte[] encoded(String text) {
    return FileNames.encode(text + "\0");
  }
}
