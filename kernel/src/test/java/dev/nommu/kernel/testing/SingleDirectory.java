package dev.nommu.kernel.testing;

import dev.nommu.api.Attributes;
import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.Inode;
import dev.nommu.api.MountRequest;
import java.util.List;
import java.util.Optional;

/**
 * A type of file system that is its only file system, which is its only directory: empty unless a
 * test says what is in it.
 */
public abstract class SingleDirectory implements FileSystemType, FileSystem, Directory {
  private final String name;

  /** Creates the type of this name. */
  protected SingleDirectory(String name) {
    this.name = name;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Source source() {
    return Source.NODEV;
  }

  @Override
  public final FileSystem mount(MountRequest request) {
    return this;
  }

  @Override
  public Directory root() {
    return this;
  }

  @Override
  public final Statistics statistics() {
    return Statistics.builder(1).build();
  }

  @Override
  public final long number() {
    return 1;
  }

  @Override
  public final Attributes attributes() {
    return Attributes.builder(0755).links(2).build();
  }

  @Override
  public Optional<Inode> lookup(String child) throws ErrnoException {
    return Optional.empty();
  }

  @Override
  public List<DirectoryEntry> entries() {
    return List.of();
  }
}
