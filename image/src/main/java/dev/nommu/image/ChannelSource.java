package dev.nommu.image;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.HostFailure;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of a file. Reads are serialized because the channel has one position. */
final class ChannelSource implements ByteSource {
  private static final long CHUNK = 1 << 30;

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
    } catch (IOException failure) {
      throw HostFailure.of("open " + path, failure);
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public synchronized void read(MemorySegment into, long offset) throws ErrnoException {
    try {
      channel.position(offset);
      for (long done = 0; done < into.byteSize(); done += CHUNK) {
        long count = Math.min(CHUNK, into.byteSize() - done);
        fill(into.asSlice(done, count).asByteBuffer(), offset);
      }
    } catch (IOException failure) {
      throw HostFailure.ofDevice("read %s at 0x%x".formatted(path, offset), failure);
    }
  }

  private void fill(ByteBuffer buffer, long offset) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new IOException(
            "expected %d more bytes of a read from 0x%x on, found the end of the file"
                .formatted(buffer.remaining(), offset));
      }
    }
  }

  @Override
  public synchronized void close() throws ErrnoException {
    try {
      channel.close();
    } catch (IOException failure) {
      throw HostFailure.ofDevice("close " + path, failure);
    }
  }
}
