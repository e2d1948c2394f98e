package dev.nommu.kernel.proc;

import dev.nommu.api.Directory;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.MountRequest;

/**
 * A type with a single file system that exists from the start, like proc and sysfs; every mount
 * shows it.
 */
final class PseudoFileSystem implements FileSystemType {
  private static final long BLOCK = 1024;

  private final String name;
  private final FileSystem only;

  PseudoFileSystem(String name, long magic, Directory root) {
    this.name = name;
    this.only =
        new FileSystem() {
          @Override
          public Directory root() {
            return root;
          }

          @Override
          public Statistics statistics() {
            return Statistics.builder(magic).build();
          }

          @Override
          public long blockSize() {
            return BLOCK;
          }
        };
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Source source() {
    return Source.NODEV;
  }

  @Override
  public FileSystem mount(MountRequest request) {
    return only;
  }
}
