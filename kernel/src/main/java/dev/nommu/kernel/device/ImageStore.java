package dev.nommu.kernel.device;

import dev.nommu.api.BackingStore;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.board.Simulation.Keeping;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of the host, or of any {@code java.nio} file system, as a store. */
public final class ImageStore {
  private ImageStore() {}

  /**
   * Opens an image.
   *
   * @param arena keeps what is open until it is closed
   * @throws ErrnoException EIO if it is not there or cannot be read
   */
  public static BackingStore open(Path image, Keeping keeping, Arena arena) throws ErrnoException {
    try {
      return switch (keeping) {
        case VOLATILE -> new Copy(image.toString(), volatileMemory(image, arena));
        case PERSISTENT -> new OnHost(image.toString(), writable(image));
      };
    } catch (IOException failure) {
      throw new ErrnoException(Errno.EIO, "image " + image + ": cannot be opened: " + failure);
    }
  }

  private static SeekableByteChannel writable(Path image) throws IOException {
    return Files.newByteChannel(image, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** The host's pages are shared until they are written, where the file system can do so. */
  private static MemorySegment volatileMemory(Path image, Arena arena) throws IOException {
    try (FileChannel channel =
        FileChannel.open(image, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return channel.map(MapMode.PRIVATE, 0, channel.size(), arena);
    } catch (IOException | UnsupportedOperationException cannotMap) {
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

  private static ErrnoException outside(String name, String what, long offset, long length) {
    return new ErrnoException(
        Errno.EIO,
        "%s: %s of 0x%x bytes at 0x%x: past the end".formatted(name, what, length, offset));
  }

  /** What is written goes nowhere. */
  private record Copy(String name, MemorySegment memory) implements BackingStore {
    @Override
    public long size() {
      return memory.byteSize();
    }

    @Override
    public void read(MemorySegment into, long offset) throws ErrnoException {
      into.copyFrom(part("read", offset, into.byteSize()));
    }

    @Override
    public void write(MemorySegment from, long offset) throws ErrnoException {
      part("write", offset, from.byteSize()).copyFrom(from);
    }

    private MemorySegment part(String what, long offset, long length) throws ErrnoException {
      if (offset < 0 || length > size() - offset) {
        throw outside(name, what, offset, length);
      }
      return memory.asSlice(offset, length);
    }
  }

  /** What is written goes to the file. */
  private static final class OnHost implements BackingStore {
    private final String name;
    private final SeekableByteChannel channel;
    private final long size;

    OnHost(String name, SeekableByteChannel channel) throws IOException {
      this.name = name;
      this.channel = channel;
      this.size = channel.size();
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public synchronized void read(MemorySegment into, long offset) throws ErrnoException {
      requireInside("read", offset, into.byteSize());
      try {
        channel.position(offset);
        fill(channel, into);
      } catch (IOException failure) {
        throw new ErrnoException(Errno.EIO, "%s: read: %s".formatted(name, failure), failure);
      }
    }

    @Override
    public synchronized void write(MemorySegment from, long offset) throws ErrnoException {
      requireInside("write", offset, from.byteSize());
      try {
        channel.position(offset);
        ByteBuffer bytes = from.asByteBuffer();
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      } catch (IOException failure) {
        throw new ErrnoException(Errno.EIO, "%s: write: %s".formatted(name, failure), failure);
      }
    }

    @Override
    public void flush() throws ErrnoException {
      try {
        if (channel instanceof FileChannel file) {
          file.force(true);
        }
      } catch (IOException failure) {
        throw new ErrnoException(Errno.EIO, "%s: fsync: %s".formatted(name, failure), failure);
      }
    }

    private void requireInside(String what, long offset, long length) throws ErrnoException {
      if (offset < 0 || length > size - offset) {
        throw outside(name, what, offset, length);
      }
    }
  }
}
