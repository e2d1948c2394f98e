package dev.nommu.hostfs;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.nommu.api.AccessMode;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Inode;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.RegularFile;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.OpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A regular file of the host. Each open file has its own channel, which stays usable when the name
 * is removed.
 */
class HostFile extends HostInode implements RegularFile {
  private final List<HostOpenFile> openFiles = new CopyOnWriteArrayList<>();

  HostFile(HostFileSystem fileSystem, long number, Position position, HostAttributes seen) {
    super(fileSystem, number, position, seen);
  }

  /**
   * Opens the file on the host.
   *
   * @throws ErrnoException ENOENT if it does not exist any more; EACCES or EROFS if the host does
   *     not permit it; EIO
   */
  @Override
  public OpenFile open(OpenFlags flags) throws ErrnoException {
    HostOpenFile file =
        new HostOpenFile(this, flags.access(), channel("open", options(flags.access())));
    openFiles.add(file);
    return file;
  }

  /** Returns the options for opening a file on the host; links are never followed. */
  static Set<OpenOption> options(AccessMode mode) {
    return switch (mode) {
      case READ -> Set.of(READ, NOFOLLOW_LINKS);
      case WRITE -> Set.of(WRITE, NOFOLLOW_LINKS);
      case READ_WRITE -> Set.of(READ, WRITE, NOFOLLOW_LINKS);
    };
  }

  private SeekableByteChannel channel(String operation, Set<OpenOption> options)
      throws ErrnoException {
    Location location = confirmed(operation);
    return HostCall.run(operation, location, () -> tree().open(location, options));
  }

  /**
   * Sets the size, through a file open for writing if there is one.
   *
   * @throws ErrnoException EFBIG, ENOSPC, EACCES or EIO from the host; ENOENT if the file was
   *     removed and is not open for writing
   */
  @Override
  public void truncate(long size) throws ErrnoException {
    Optional<HostOpenFile> writer = openFiles.stream().filter(HostOpenFile::writes).findFirst();
    if (writer.isPresent()) {
      resize(writer.get().channel(), size);
      return;
    }
    SeekableByteChannel channel = channel("truncate", options(AccessMode.WRITE));
    HostCall.act(
        "truncate",
        this,
        () -> {
          try (channel) {
            resize(channel, size);
          }
        });
  }

  private void resize(SeekableByteChannel channel, long size) throws ErrnoException {
    HostCall.act(
        "truncate",
        this,
        () -> {
          channel.truncate(size);
          Growth.growTo(channel, size);
        });
  }

  /** Removes a file that is being closed. */
  void closed(HostOpenFile file) {
    openFiles.remove(file);
    fileSystem().closed(this);
  }

  @Override
  boolean isOpen() {
    return !openFiles.isEmpty();
  }

  /** Queries a channel, if the file is open. */
  @Override
  long sizeWithoutName(HostAttributes last) throws ErrnoException {
    Optional<HostOpenFile> open = openFiles.stream().findFirst();
    return open.isPresent()
        ? HostCall.run("stat", this, () -> open.get().channel().size())
        : last.size();
  }

  @Override
  Inode self() {
    return this;
  }

  /** Returns the number, for messages. */
  @Override
  public String toString() {
    return "inode " + number();
  }
}
