package dev.nommu.cramfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The bytes of a file. One read at a time, as the channel has one position. */
final class ChannelSource implements ByteSource {
  private final Path path;
  private final SeekableByteChannel channel;
  private final long size;

  private ChannelSource(Path path, SeekableByteChannel channel, long size) {
    this.path = path;
    this.channel = channel;
    this.size = size;
  }

  /** Returns the first bytes of an open file; the path is for messages. */
  static ChannelSource of(Path path, SeekableByteChannel channel, long size) {
    return new ChannelSource(path, channel, size);
  }

  /** Opens a file. */
  static ChannelSource open(Path path) throws ErrnoException {
    try {
      SeekableByteChannel channel = Files.newByteChannel(path);
      return new ChannelSource(path, channel, channel.size());
    } catch (NoSuchFileException e) {
      throw new ErrnoException(Errno.ENOENT, "open " + path + ": there is no such file", e);
    } catch (IOException e) {
      throw new ErrnoException(Errno.EIO, "open " + path + ": " + e, e);
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public synchronized void read(MemorySegment into, long offset) throws ErrnoException {
    ByteBuffer buffer = into.asByteBuffer();
    try {
      channel.position(offset);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer) < 0) {
          throw new IOException("the file ends " + buffer.remaining() + " bytes too early");
        }
      }
    } catch (IOException e) {
      throw new ErrnoException(
          Errno.EIO,
          "read %s at 0x%x: expected %d bytes, found: %s"
              .formatted(path, offset, into.byteSize(), e.getMessage()),
          e);
    }
  }

  @Override
  public synchronized void close() throws ErrnoException {
    try {
      channel.close();
    } catch (IOException e) {
      throw new ErrnoException(Errno.EIO, "close " + path + ": " + e, e);
    }
  }
}
