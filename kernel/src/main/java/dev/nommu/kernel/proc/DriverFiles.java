package dev.nommu.kernel.proc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Inode;
import java.lang.ScopedValue.CallableOp;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The files that drivers currently have at the top of /proc. A name keeps its inode while its
 * driver has it. Thread-safe.
 */
final class DriverFiles {
  private static final long FIRST = 0xf001_0000L;

  private final Supplier<Map<String, CallableOp<String, ErrnoException>>> texts;

  /** A file and the text that it was created for. */
  private record Made(CallableOp<String, ErrnoException> text, Inode inode) {}

  @GuardedBy("this")
  private final Map<String, Made> made = new HashMap<>();

  @GuardedBy("this")
  private long next = FIRST;

  DriverFiles(Supplier<Map<String, CallableOp<String, ErrnoException>>> texts) {
    this.texts = texts;
  }

  Optional<Inode> find(String name) {
    return Optional.ofNullable(texts.get().get(name)).map(text -> inode(name, text));
  }

  Map<String, Inode> all() {
    Map<String, Inode> all = new LinkedHashMap<>();
    texts.get().forEach((name, text) -> all.put(name, inode(name, text)));
    return all;
  }

  @SuppressWarnings("ReferenceEquality") // another registration of the name is another file
  private synchronized Inode inode(String name, CallableOp<String, ErrnoException> text) {
    Made known = made.get(name);
    if (known == null || known.text() != text) {
      known = new Made(text, PseudoFile.text(next++, text));
      made.put(name, known);
    }
    return known.inode();
  }
}
