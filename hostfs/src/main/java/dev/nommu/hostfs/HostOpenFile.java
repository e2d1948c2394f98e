package dev.nommu.hostfs;

import dev.nommu.api.AccessMode;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.HostBytes;
import dev.nommu.api.MappableFile;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.Syncable;
import dev.nommu.api.WritableFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;

/** An open regular file of the host: it is mapped by copying only. */
final class HostOpenFile implements ReadableFile, WritableFile, MappableFile, Syncable {
  /** The most bytes that one call transfers, as MAX_RW_COUNT in Linux. */
  private static final long MAX_TRANSFER = 0x7fff_f000L;

  private final HostFile file;
  private final AccessMode mode;
  private final SeekableByteChannel channel;

  HostOpenFile(HostFile file, AccessMode mode, SeekableByteChannel channel) {
    this.file = file;
    this.mode = mode;
    this.channel = channel;
  }

  boolean writes() {
    return mode.writes();
  }

  SeekableByteChannel channel() {
    return channel;
  }

  @Override
  public long read(MemorySegment into, long position) throws ErrnoException {
    return HostCall.run("read", file, () -> readAt(into, position));
  }

  /**
   * Hosts have their own limits for positions: a position past the end that they refuse is treated
   * as the end.
   */
  private long readAt(MemorySegment into, long position) throws IOException {
    try {
      return HostBytes.read(channel.position(position), atMost(into));
    } catch (IOException refused) {
      if (position >= channel.size()) {
        return 0;
      }
      throw refused;
    }
  }

  /**
   * Writes as specified by {@link WritableFile#write}; returns a short count if the host fails
   * midway.
   *
   * @throws ErrnoException ENOSPC, EFBIG or EIO from the host: no byte was written
   */
  @Override
  public long write(MemorySegment from, long position) throws ErrnoException {
    return HostCall.run(
        "write",
        file,
        () -> {
          Growth.growTo(channel, position);
          return HostBytes.write(channel.position(position), atMost(from));
        });
  }

  private static MemorySegment atMost(MemorySegment segment) {
    return segment.asSlice(0, Math.min(segment.byteSize(), MAX_TRANSFER));
  }

  @Override
  public void fsync() throws ErrnoException {
    if (channel instanceof FileChannel fileChannel) {
      HostCall.act("fsync", file, () -> fileChannel.force(true));
    }
  }

  @Override
  public void close() throws ErrnoException {
    file.closed(this);
    HostCall.act("close", file, channel::close);
  }
}
