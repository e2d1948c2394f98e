package dev.nommu.kernel.proc;

import dev.nommu.api.Attributes;
import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.FileKind;
import dev.nommu.api.Inode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A directory whose entries the kernel makes each time somebody looks. */
final class PseudoDirectory implements Directory {
  private final long number;
  private final Supplier<Map<String, Inode>> entries;

  /**
   * Creates a directory.
   *
   * @param entries what is in it, in order
   */
  PseudoDirectory(long number, Supplier<Map<String, Inode>> entries) {
    this.number = number;
    this.entries = entries;
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public Attributes attributes() {
    return new Attributes(0555, 0, 0, 2, 0, 0, Instant.EPOCH);
  }

  @Override
  public Optional<Inode> lookup(String name) {
    return Optional.ofNullable(entries.get().get(name));
  }

  @Override
  public List<DirectoryEntry> entries() {
    return entries.get().entrySet().stream()
        .map(entry ->
            new DirectoryEntry(
                entry.getKey(), entry.getValue().number(), FileKind.of(entry.getValue())))
        .toList();
  }
}
