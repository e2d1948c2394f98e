package dev.nommu.kernel.proc;

import dev.nommu.api.Attributes;
import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.Inode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A directory whose entries the kernel generates at each access.
 *
 * @param number its inode number
 * @param names its entries
 */
record PseudoDirectory(long number, Names names) implements Directory {
  /** The entries of a directory. */
  interface Names {
    /** Returns the inode of a name, or empty. */
    Optional<Inode> find(String name) throws ErrnoException;

    /** Returns all entries, in order. */
    Map<String, Inode> all();
  }

  /** The names of a directory with a known list of entries. */
  private record Known(Supplier<Map<String, Inode>> entries) implements Names {
    @Override
    public Optional<Inode> find(String name) {
      return Optional.ofNullable(all().get(name));
    }

    @Override
    public Map<String, Inode> all() {
      return entries.get();
    }
  }

  /** Names of proc: creating one fails like looking up one that does not exist. */
  private record Required(Names known) implements Names {
    @Override
    public Optional<Inode> find(String name) throws ErrnoException {
      return Optional.of(require(known.find(name), name));
    }

    @Override
    public Map<String, Inode> all() {
      return known.all();
    }
  }

  /** Creates a directory with these entries, in order. */
  PseudoDirectory(long number, Supplier<Map<String, Inode>> entries) {
    this(number, new Known(entries));
  }

  /** Returns a directory of proc with these entries, in order (rule PROC-16). */
  static PseudoDirectory ofProc(long number, Supplier<Map<String, Inode>> entries) {
    return new PseudoDirectory(number, new Required(new Known(entries)));
  }

  /** Returns the inode found; ENOENT if there is none, as {@code proc_lookup_de} does. */
  static Inode require(Optional<Inode> found, String name) throws ErrnoException {
    return found.orElseThrow(
        () -> ErrnoException.byRule("PROC-16", Errno.ENOENT, "proc has no \"" + name + "\""));
  }

  @Override
  public Attributes attributes() {
    return PseudoFile.attributes(0555).links(2).build();
  }

  @Override
  public Optional<Inode> lookup(String name) throws ErrnoException {
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
