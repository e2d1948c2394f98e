package dev.nommu.nio;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.FileSystemException;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * One {@link NommuFileChannel#map}. READ_ONLY is MAP_SHARED, or a private copy where that is
 * refused; READ_WRITE is always MAP_SHARED; PRIVATE is a writable private copy.
 */
final class ChannelMap {
  /** Milliseconds. */
  private static final long LONGEST_PAUSE = 512;

  private static final Set<MapMode> MODES =
      Set.of(MapMode.READ_ONLY, MapMode.READ_WRITE, MapMode.PRIVATE);

  private final NommuFileChannel channel;
  private final MapMode mode;
  private final long position;
  private final long size;

  /**
   * Checks a request.
   *
   * @throws IllegalArgumentException if position or size is invalid
   * @throws UnsupportedOperationException for a mode other than these three
   */
  ChannelMap(NommuFileChannel channel, MapMode mode, long position, long size) throws IOException {
    this.channel = channel;
    this.mode = mode;
    this.position = position;
    this.size = size;
    if (position < 0 || size < 0 || position + size < 0) {
      throw new IllegalArgumentException(
          "map of %d bytes at %d: expected numbers whose sum is a long".formatted(size, position));
    }
    requireMode();
  }

  private void requireMode() throws IOException {
    if (!channel.isOpen()) {
      throw new ClosedChannelException();
    }
    if (!MODES.contains(mode)) {
      throw new UnsupportedOperationException("map mode " + mode);
    }
    if (!mode.equals(MapMode.READ_ONLY) && !channel.isWritable()) {
      throw new NonWritableChannelException();
    }
    if (!channel.isReadable()) {
      throw new NonReadableChannelException();
    }
  }

  /**
   * Returns the part as a buffer, which is unmapped when unreachable. If memory is short,
   * unreachable buffers are collected first, as they may hold it.
   */
  MappedByteBuffer buffer() throws IOException {
    FileSystemException shortage;
    try {
      return buffer(Arena.ofAuto());
    } catch (FileSystemException refused) {
      shortage = requireShortage(refused);
    }
    System.gc();
    for (long pause = 1; pause <= LONGEST_PAUSE; pause *= 2) {
      pause(pause);
      try {
        return buffer(Arena.ofAuto());
      } catch (FileSystemException refused) {
        shortage = requireShortage(refused);
      }
    }
    throw shortage;
  }

  private static FileSystemException requireShortage(FileSystemException refused)
      throws FileSystemException {
    if (refused.getCause() instanceof ErrnoException call && call.errno() == Errno.ENOMEM) {
      return refused;
    }
    throw refused;
  }

  private static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }

  /** Not on the JDK's thread, which a driver must not block. */
  private MappedByteBuffer buffer(Arena arena) throws IOException {
    Executor unmapping = unmap -> Thread.ofVirtual().name("nommu-unmap").start(unmap);
    return (MappedByteBuffer) segment(arena, unmapping).asByteBuffer();
  }

  /** Returns the part as a segment, which is unmapped when the arena is closed. */
  MemorySegment segment(Arena arena) throws IOException {
    return segment(arena, Runnable::run);
  }

  private MemorySegment segment(Arena arena, Executor unmapping) throws IOException {
    if (size == 0) {
      return shown(arena.allocate(0));
    }
    long before = channel.size();
    return before >= position + size
        ? mapped(arena, unmapping)
        : extended(before, arena, unmapping);
  }

  /** If the mapping fails, the file is truncated to its old size where possible. */
  private MemorySegment extended(long before, Arena arena, Executor unmapping) throws IOException {
    if (!channel.isWritable()) {
      throw new IOException("Channel not open for writing - cannot extend file to required size");
    }
    channel.resize(position + size);
    try {
      return mapped(arena, unmapping);
    } catch (IOException | RuntimeException refused) {
      restore(before, refused);
      throw refused;
    }
  }

  private void restore(long before, Exception refused) {
    try {
      if (channel.size() == position + size) {
        channel.resize(before);
      }
    } catch (IOException alsoRefused) {
      refused.addSuppressed(alsoRefused);
    }
  }

  private MemorySegment mapped(Arena arena, Executor unmapping) throws IOException {
    try {
      return shown(inPart(arena, unmapping));
    } catch (ErrnoException refused) {
      throw refusal(refused);
    }
  }

  private MemorySegment shown(MemorySegment segment) {
    return mode.equals(MapMode.READ_ONLY) ? segment.asReadOnly() : segment;
  }

  private MemorySegment inPart(Arena arena, Executor unmapping) throws IOException, ErrnoException {
    if (mode.equals(MapMode.PRIVATE)) {
      return map(arena, unmapping, PROT_READ | PROT_WRITE, MAP_PRIVATE);
    }
    if (mode.equals(MapMode.READ_WRITE)) {
      return map(arena, unmapping, PROT_READ | PROT_WRITE, MAP_SHARED);
    }
    try {
      return map(arena, unmapping, PROT_READ, MAP_SHARED);
    } catch (ErrnoException refused) {
      return copied(arena, unmapping, refused);
    }
  }

  /** A part that is not contiguous is read once into separate memory. */
  private MemorySegment copied(Arena arena, Executor unmapping, ErrnoException refused)
      throws IOException, ErrnoException {
    if (refused.errno() != Errno.ENODEV && refused.errno() != Errno.EINVAL) {
      throw refused;
    }
    return map(arena, unmapping, PROT_READ | PROT_WRITE, MAP_PRIVATE);
  }

  private MemorySegment map(Arena arena, Executor unmapping, int protection, int flags)
      throws IOException, ErrnoException {
    long within = position & (Page.SIZE - 1);
    MemorySegment pages =
        channel.map(arena, unmapping, within + size, protection, flags, position - within);
    return pages.asSlice(within, size);
  }

  private FileSystemException refusal(ErrnoException refused) {
    FileSystemException refusal =
        new FileSystemException(
            channel.path().toString(),
            null,
            "map of %d bytes at %d: %s; %s"
                .formatted(size, position, refused.describe(), remedy(refused)));
    refusal.initCause(refused);
    return refusal;
  }

  private String remedy(ErrnoException refused) {
    if (refused.errno() == Errno.ENOMEM) {
      return "a copy needs contiguous memory: map less at a time, or give the machine more RAM or a"
          + " larger largest block";
    }
    return mode.equals(MapMode.READ_WRITE)
        ? "a file can be written through a mapping if its pages are contiguous: truncate it to 0"
            + " and map it at its full size, which allocates them so, before writing to it; or"
            + " map it PRIVATE and write the bytes back"
        : "read it instead";
  }
}
