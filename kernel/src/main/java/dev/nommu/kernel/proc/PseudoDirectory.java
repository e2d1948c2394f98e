package dev.nommu.kernel.proc;

import dev.nommu.api.Attributes;
import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.FileKind;
import dev.nommu.api.Inode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A directory whose entries the kernel makes each time somebody looks.
 *
 * @param number its inode number
 * @param names what is in it
 */
record PseudoDirectory(long number, Names names) implements Directory {
  /** What is in a directory. */
  interface Names {
    /** Returns what a name stands for, or empty. */
    Optional<Inode> find(String name);

    /** Returns everything, in order. */
    Map<String, Inode> all();
  }

  /**
   * Creates a directory.
   *
   * @param entries what is in it, in order
   */
  PseudoDirectory(long number, Supplier<Map<String, Inode>> entries) {
    this(
        number,
        new Names() {
          @Override
          public Optional<Inode> find(String name) {
            return Optional.ofNullable(entries.get().get(name));
          }

          @Override
          public Map<String, Inode> all() {
            return entries.get();
          }
        });
  }

  @Override
  public Attributes attributes() {
    return PseudoFile.attributes(0555).links(2).build();
  }

  @Override
  public Optional<Inode> lookup(String name) {
    return names.find(name);
  }

  @Override
  public List<DirectoryEntry> entries() {
    return names.all().entrySet().stream()
        .map(entry -> entry(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static DirectoryEntry entry(String name, Inode inode) {
    return switch (inode) {
      case PseudoFile file -> DirectoryEntry.of(name, file.number(), FileKind.REGULAR);
      case PseudoLink link -> DirectoryEntry.of(name, link.number(), FileKind.SYMBOLIC_LINK);
      case PseudoDirectory below -> DirectoryEntry.of(name, below.number(), FileKind.DIRECTORY);
      default -> throw new AssertionError(inode);
    };
  }
}
