package dev.nommu.romfs;

import dev.nommu.api.AccessMode;
import dev.nommu.api.BackingStore;
import dev.nommu.api.Directory;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.Inode;
import dev.nommu.api.MountRequest;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.PageSource;
import dev.nommu.api.Profile;
import dev.nommu.api.RegularFile;
import java.lang.foreign.MemorySegment;
import java.time.Clock;
import java.util.Optional;

/** Mounts images the way the kernel does. */
final class Mounts {
  private Mounts() {}

  static FileSystem mount(BackingStore store) throws ErrnoException {
    return mount(Optional.of(store), "");
  }

  static FileSystem mount(Optional<BackingStore> store, String options) throws ErrnoException {
    return new RomfsType()
        .mount(
            new MountRequest(
                "mtd0",
                store,
                Optional.empty(),
                options,
                AccessMode.READ,
                new NoPages(),
                Clock.systemUTC(),
                Profile.DOCUMENT));
  }

  /** Walks down from the root; every name must be there. */
  static Inode at(FileSystem fileSystem, String... names) throws ErrnoException {
    Inode inode = fileSystem.root();
    for (String name : names) {
      inode = ((Directory) inode).lookup(name).orElseThrow();
    }
    return inode;
  }

  static RomfsOpenFile open(FileSystem fileSystem, String... names) throws ErrnoException {
    return (RomfsOpenFile)
        ((RegularFile) at(fileSystem, names)).open(OpenFlags.of(AccessMode.READ));
  }

  /** A romfs needs no memory of the machine. */
  private static final class NoPages implements PageSource {
    @Override
    public long maximumRun() {
      return 0;
    }

    @Override
    public long allocateRun(long pages) {
      throw new AssertionError("romfs asked for pages");
    }

    @Override
    public long allocatePage() {
      throw new AssertionError("romfs asked for a page");
    }

    @Override
    public void free(long address, long pages) {
      throw new AssertionError("romfs freed pages");
    }

    @Override
    public MemorySegment memory(long address, long length) {
      throw new AssertionError("romfs asked for memory");
    }
  }
}
