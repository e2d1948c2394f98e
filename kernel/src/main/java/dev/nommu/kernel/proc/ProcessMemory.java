package dev.nommu.kernel.proc;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.SeekableFile;
import dev.nommu.api.Whence;
import dev.nommu.api.WritableFile;
import dev.nommu.kernel.mm.Caller;
import dev.nommu.kernel.mm.RemoteMemory;
import dev.nommu.kernel.plugin.OwnFile;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * An open {@code /proc/PID/mem}: offsets are addresses. EIO for addresses that ptrace may not
 * access (rules PTRACE-01, PTRACE-02).
 *
 * @param process the process whose memory it is
 * @param memory accesses it
 */
record ProcessMemory(ProcessInfo process, RemoteMemory memory)
    implements ReadableFile, WritableFile, SeekableFile, OwnFile {
  @FunctionalInterface
  private interface Step {
    long move(Caller of, long address, MemorySegment bytes);
  }

  /** Moves to any address, as {@code mem_lseek} does. */
  @Override
  public long seek(long position, long offset, Whence whence) throws ErrnoException {
    return SeekableFile.withoutEnd(position, offset, whence);
  }

  @Override
  public long read(MemorySegment into, long position) throws ErrnoException {
    return all(into, position, memory::read);
  }

  @Override
  public long write(MemorySegment from, long position) throws ErrnoException {
    return all(from, position, memory::write);
  }

  /** Continues from one mapping to an adjoining one; a process that has ended has none. */
  private long all(MemorySegment bytes, long address, Step step) throws ErrnoException {
    Optional<Caller> owner =
        process.memory().map(space -> new Caller(space, process.pid(), process.name()));
    long done = 0;
    long moved = 1;
    while (owner.isPresent() && moved > 0 && done < bytes.byteSize()) {
      moved = step.move(owner.get(), address + done, bytes.asSlice(done));
      done += moved;
    }
    if (owner.isPresent() && done == 0 && bytes.byteSize() > 0) {
      throw ErrnoException.byRule(
          "PTRACE-01",
          Errno.EIO,
          "/proc/%d/mem: no accessible memory at 0x%x".formatted(process.pid(), address));
    }
    return done;
  }
}
