package dev.nommu.tck.fs;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.MountRequest;

/**
 * A type whose file systems a test makes.
 *
 * @param maker makes them
 */
record HeapType(Maker maker) implements FileSystemType {
  /** Makes a file system for each mount. */
  interface Maker {
    FileSystem make(MountRequest request) throws ErrnoException;
  }

  @Override
  public String name() {
    return "heap";
  }

  @Override
  public Source source() {
    return Source.NODEV;
  }

  @Override
  public FileSystem mount(MountRequest request) throws ErrnoException {
    return maker.make(request);
  }
}
