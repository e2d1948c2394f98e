package dev.nommu.kernel.exec;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Executable;
import dev.nommu.api.Page;
import dev.nommu.api.ProcessMemory;
import dev.nommu.api.Protection;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.mm.Caller;
import dev.nommu.kernel.mm.Mapper;
import dev.nommu.kernel.mmap.FileFacts;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.mmap.Trail;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.kernel.vfs.OpenFileDescription;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/** The memory map of a process while a binary format fills it; closed afterwards. */
final class ImageMemory implements ProcessMemory, AutoCloseable {
  private static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[0]);

  private final Caller caller;
  private final Tracing tracing;
  private final ExecutableFiles files;
  private final Mapper mapper;
  private final PhysicalMemory memory;
  private final Sanitizer sanitizer;
  private volatile boolean closed;

  ImageMemory(
      Caller caller,
      Tracing tracing,
      ExecutableFiles files,
      Mapper mapper,
      PhysicalMemory memory,
      Sanitizer sanitizer) {
    this.caller = caller;
    this.tracing = tracing;
    this.files = files;
    this.mapper = mapper;
    this.memory = memory;
    this.sanitizer = sanitizer;
  }

  @Override
  public long map(Executable file, long length, Set<Protection> protection, long offset)
      throws ErrnoException {
    requireOpen();
    OpenFileDescription open = files.require(file);
    if (!Page.isAligned(offset)) {
      throw ErrnoException.byRule(
          "MMAP-02",
          Errno.EINVAL,
          "execve: map of %s: offset 0x%x is not a multiple of 4096"
              .formatted(open.path(), offset));
    }
    FileFacts facts =
        tracing == Tracing.TRACED ? open.facts().with(FileFacts.Trait.TRACED) : open.facts();
    MmapArguments request =
        new MmapArguments(
            0, length, bits(protection), MmapArguments.MAP_PRIVATE, offset >>> Page.SHIFT);
    return mapper.mapFile(caller, open, facts, request, Trail.NONE).start();
  }

  @Override
  public long mapAnonymous(long length, Set<Protection> protection) throws ErrnoException {
    requireOpen();
    int flags = MmapArguments.MAP_PRIVATE | MmapArguments.MAP_ANONYMOUS;
    MmapArguments request = new MmapArguments(0, length, bits(protection), flags, 0);
    return mapper.mapAnonymous(caller, request, Trail.NONE).start();
  }

  @Override
  public boolean wantsSymbols() {
    return !sanitizer.equals(Sanitizer.OFF);
  }

  private static int bits(Set<Protection> protection) {
    return protection.stream().mapToInt(Protection::bit).sum();
  }

  @Override
  public MemorySegment at(long address, long length) throws ErrnoException {
    requireMapped(address, length);
    if (length == 0) {
      return NOTHING;
    }
    try {
      return memory.at(address, length);
    } catch (MemoryFault fault) {
      throw outside(address, length);
    }
  }

  @Override
  public void clear(long address, long length) throws ErrnoException {
    requireMapped(address, length);
    MemorySegment zeros = MemorySegment.ofArray(new byte[(int) Math.min(length, Page.SIZE)]);
    try {
      for (long done = 0; done < length; done += zeros.byteSize()) {
        long left = Math.min(length - done, zeros.byteSize());
        memory.store(address + done, zeros.asSlice(0, left), sanitizer, caller);
      }
    } catch (MemoryFault fault) {
      throw outside(address, length);
    }
  }

  private void requireMapped(long address, long length) throws ErrnoException {
    requireOpen();
    boolean mapped =
        length == 0
            || caller.space().mappingsAt(address).stream()
                .anyMatch(vma -> vma.range().contains(address, length));
    if (!mapped) {
      throw outside(address, length);
    }
  }

  private static ErrnoException outside(long address, long length) {
    return new ErrnoException(
        Errno.EFAULT,
        "execve: %d bytes at 0x%x are not in a mapping of the image".formatted(length, address));
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the image is loaded: its memory belongs to the process");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
