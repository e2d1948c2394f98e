package dev.nommu.romfs;

import dev.nommu.api.AccessMode;
import dev.nommu.api.BackingStore;
import dev.nommu.api.Directory;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.Inode;
import dev.nommu.api.MountRequest;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.RegularFile;

/** Mounts images the way the kernel does. */
final class Mounts {
  private Mounts() {}

  static FileSystem mount(BackingStore store) throws ErrnoException {
    return new RomfsType()
        .mount(MountRequest.builder("mtd0").store(store).access(AccessMode.READ).build());
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
}
