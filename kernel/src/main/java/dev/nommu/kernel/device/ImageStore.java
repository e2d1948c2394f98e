package dev.nommu.kernel.device;

import dev.nommu.api.BackingStore;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.board.HostFailure;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** An image as a store. May be called concurrently. */
abstract sealed class ImageStore implements BackingStore {
  private final String name;
  private final long size;

  private ImageStore(String name, long size) {
    this.name = name;
    this.size = size;
  }

  /**
   * Returns a store with what is in a file of any {@code java.nio} file system. What is written to
   * it goes nowhere.
   *
   * @param arena keeps it until it is closed
   * @throws ErrnoException EIO if the file is not there or cannot be read
   */
  static ImageStore copyOf(Path image, Arena arena) throws ErrnoException {
    try {
      return new Copy(image.toString(), copy(image, arena));
    } catch (IOException failure) {
      throw new ErrnoException(
          Errno.EIO, "image " + image + ": cannot be opened: " + HostFailure.reason(failure));
    }
  }

  /**
   * Returns a store with what is in a file of any {@code java.nio} file system. It cannot be
   * written: EROFS.
   *
   * @param arena keeps it until it is closed
   * @throws ErrnoException EIO if the file is not there or cannot be read
   */
  static ImageStore readOnly(Path image, Arena arena) throws ErrnoException {
    return new ReadOnly(copyOf(image, arena));
  }

  /**
   * Returns a store that is a file: what is written to it is in the file, and a flush returns when
   * it is on the host's disk.
   *
   * @throws ErrnoException EIO if its size cannot be had
   */
  static ImageStore of(HostFile file) throws ErrnoException {
    return new Kept(file, file.size());
  }

  private static MemorySegment copy(Path image, Arena arena) throws IOException {
    return image.getFileSystem().equals(FileSystems.getDefault())
        ? share(image, arena)
        : read(image, arena);
  }

  /** The host's pages are shared until they are written, where the host permits it. */
  private static MemorySegment share(Path image, Arena arena) throws IOException {
    try (FileChannel channel =
        FileChannel.open(image, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return channel.map(MapMode.PRIVATE, 0, channel.size(), arena);
    } catch (IOException cannotMap) {
      return read(image, arena);
    }
  }

  private static MemorySegment read(Path image, Arena arena) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(image)) {
      MemorySegment memory = arena.allocate(Math.max(1, channel.size()));
      fill(channel, memory.asSlice(0, channel.size()));
      return memory.asSlice(0, channel.size());
    }
  }

  private static void fill(SeekableByteChannel channel, MemorySegment into) throws IOException {
    long done = 0;
    while (done < into.byteSize()) {
      long step = Math.min(into.byteSize() - done, 1 << 20);
      int count = channel.read(into.asSlice(done, step).asByteBuffer());
      if (count < 0) {
        throw new IOException("it ends after %d of %d bytes".formatted(done, into.byteSize()));
      }
      done += count;
    }
  }

  @Override
  public final long size() {
    return size;
  }

  @Override
  public final void read(MemorySegment into, long offset) throws ErrnoException {
    requireInside("read", offset, into.byteSize());
    readInside(into, offset);
  }

  @Override
  public final void write(MemorySegment from, long offset) throws ErrnoException {
    requireInside("write", offset, from.byteSize());
    writeInside(from, offset);
  }

  abstract void readInside(MemorySegment into, long offset) throws ErrnoException;

  abstract void writeInside(MemorySegment from, long offset) throws ErrnoException;

  private void requireInside(String what, long offset, long length) throws ErrnoException {
    if (offset < 0 || length > size - offset) {
      throw new ErrnoException(
          Errno.EIO,
          "image %s: %s of 0x%x bytes at 0x%x: expected to end at 0x%x or before"
              .formatted(name, what, length, offset, size));
    }
  }

  /** What is written goes nowhere. */
  private static final class Copy extends ImageStore {
    private final MemorySegment memory;

    Copy(String name, MemorySegment memory) {
      super(name, memory.byteSize());
      this.memory = memory;
    }

    @Override
    void readInside(MemorySegment into, long offset) {
      into.copyFrom(memory.asSlice(offset, into.byteSize()));
    }

    @Override
    void writeInside(MemorySegment from, long offset) {
      memory.asSlice(offset, from.byteSize()).copyFrom(from);
    }
  }

  /** What is written is in the file. */
  private static final class Kept extends ImageStore {
    private final HostFile file;

    Kept(HostFile file, long size) {
      super(file.name(), size);
      this.file = file;
    }

    @Override
    void readInside(MemorySegment into, long offset) throws ErrnoException {
      file.read(into, offset);
    }

    @Override
    void writeInside(MemorySegment from, long offset) throws ErrnoException {
      file.write(from, offset);
    }

    @Override
    public void flush() throws ErrnoException {
      file.force();
    }
  }

  /** Another image without its way to write. */
  private static final class ReadOnly extends ImageStore {
    private final ImageStore image;

    ReadOnly(ImageStore image) {
      super(image.name, image.size());
      this.image = image;
    }

    @Override
    public boolean isReadOnly() {
      return true;
    }

    @Override
    void readInside(MemorySegment into, long offset) throws ErrnoException {
      image.readInside(into, offset);
    }

    @Override
    void writeInside(MemorySegment from, long offset) throws ErrnoException {
      throw new ErrnoException(
          Errno.EROFS, "write at 0x%x: the image is read-only".formatted(offset));
    }
  }
}
