package dev.nommu.nio;

import dev.nommu.api.Directory;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.MountRequest;
import dev.nommu.api.Page;
import java.util.List;

/**
 * A type of file system in memory whose files a quota counts. The type itself, ramfs, has no limits
 * (rule MEMF-01), and still ignores {@code size=} and {@code nr_inodes=}.
 *
 * @param type the type of file system
 * @param quota counts the use of all those of the machine together
 */
record QuotaType(FileSystemType type, Quota quota) implements FileSystemType {
  @Override
  public String name() {
    return type.name();
  }

  @Override
  public Source source() {
    return type.source();
  }

  @Override
  public boolean knowsOption(String name) {
    return type.knowsOption(name);
  }

  @Override
  public FileSystem mount(MountRequest request) throws ErrnoException {
    MountRequest counted =
        MountRequest.builder(request.source())
            .options(request.options())
            .access(request.access())
            .clock(request.clock())
            .profile(request.profile())
            .waitQueues(request::newWaitQueue)
            .pages(new QuotaPages(request.pages(), quota))
            .build();
    return new Counted(type.mount(counted), new InodeCount(quota));
  }

  /** A file system whose {@code statfs} shows the limits. */
  private record Counted(FileSystem fileSystem, InodeCount inodes) implements FileSystem {
    @Override
    public Directory root() {
      return new QuotaDirectory(fileSystem.root(), inodes);
    }

    @Override
    public NameChanges nameChanges() {
      return fileSystem.nameChanges();
    }

    @Override
    public List<String> shownOptions() {
      return fileSystem.shownOptions();
    }

    @Override
    public Statistics statistics() {
      Statistics own = fileSystem.statistics();
      Quota quota = inodes.quota();
      Statistics.Builder shown =
          Statistics.builder(own.magic()).blockSize(Page.SIZE).nameLength(own.nameLength());
      if (quota.mostPages() < Quota.NO_LIMIT) {
        shown.blocks(quota.mostPages(), quota.freePages());
      }
      if (quota.mostInodes() < Quota.NO_LIMIT) {
        shown.files(quota.mostInodes());
      }
      return shown.build();
    }

    @Override
    public void close() throws ErrnoException {
      fileSystem.close();
      inodes.close();
    }
  }
}
