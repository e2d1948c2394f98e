package dev.nommu.riscvlinux;

import dev.nommu.api.Symbol;
import dev.nommu.kernel.task.Task;
import java.util.List;

/**
 * Resolves code addresses of a program to its functions.
 *
 * @param program the program's name
 * @param symbols the symbols of its image, by ascending address
 */
record CodePlace(String program, List<Symbol> symbols) {
  /** Returns the symbols of the image that a task has executed. */
  static CodePlace of(Task task) {
    return new CodePlace(
        task.name(), task.memoryMap().image().map(image -> image.symbols()).orElse(List.of()));
  }

  /** Returns an address as {@code program.function+0x12(pc 0x80001234)}. */
  StackTraceElement at(long pc) {
    return new StackTraceElement(program, function(pc), "pc 0x%x".formatted(pc), -1);
  }

  /** Returns the last symbol at or before an address, and the offset from it. */
  private String function(long pc) {
    int below = 0;
    int above = symbols.size();
    while (below < above) {
      int middle = (below + above) >>> 1;
      if (Long.compareUnsigned(symbols.get(middle).address(), pc) <= 0) {
        below = middle + 1;
      } else {
        above = middle;
      }
    }
    if (below == 0) {
      return "code";
    }
    Symbol symbol = symbols.get(below - 1);
    return "%s+0x%x".formatted(symbol.name(), pc - symbol.address());
  }
}
