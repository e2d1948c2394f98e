package dev.nommu.kernel.sanitizer;

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

/** The type "keeping": an empty directory, and what a test takes of what it is lent. */
final class KeepingFileSystem implements FileSystemType {
  /** Takes something for a file system that is being mounted. */
  interface Taking {
    void from(MountRequest request) throws ErrnoException;
  }

  volatile Taking takes = request -> {};
  volatile Runnable closes = () -> {};

  private final class Mounted implements FileSystem, Directory {
    @Override
    public Directory root() {
      return this;
    }

    @Override
    public Statistics statistics() {
      return Statistics.builder(1).build();
    }

    @Override
    public void close() {
      closes.run();
    }

    @Override
    public long number() {
      return 1;
    }

    @Override
    public Attributes attributes() {
      return Attributes.builder(0755).build();
    }

    @Override
    public Optional<Inode> lookup(String name) {
      return Optional.empty();
    }

    @Override
    public List<DirectoryEntry> entries() {
      return List.of();
    }
  }

  @Override
  public String name() {
    return "keeping";
  }

  @Override
  public Source source() {
    return Source.STORE;
  }

  @Override
  public FileSystem mount(MountRequest request) throws ErrnoException {
    takes.from(request);
    return new Mounted();
  }
}
