package dev.nommu.kernel.mm;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.mmap.FileFacts;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.mmap.RegionKind;
import dev.nommu.kernel.mmap.Trail;
import dev.nommu.kernel.pages.HostMemory;
import dev.nommu.kernel.pages.Territory;
import dev.nommu.kernel.plugin.Callers;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Mappings behind segments of a Java program: they live as long as the segment's arena, even if the
 * process that made them ends. They end with the machine, but their memory stays until the arena is
 * closed. Thread-safe.
 */
public final class ArenaMappings {
  private final Mapper mapper;
  private final Unmapper unmapper;
  private final PhysicalMemory memory;
  private final HostMemory hostMemory;
  private final KernelLog log;
  private final Callers callers = new Callers();

  /** One for each mapping, so that two with the same bounds are not confused. */
  private final Set<AddressSpace> spaces = ConcurrentHashMap.newKeySet();

  /**
   * Creates an empty set of mappings of one machine.
   *
   * @param hostMemory the memory that the segments show
   */
  public ArenaMappings(
      Mapper mapper,
      Unmapper unmapper,
      PhysicalMemory memory,
      HostMemory hostMemory,
      KernelLog log) {
    this.mapper = mapper;
    this.unmapper = unmapper;
    this.memory = memory;
    this.hostMemory = hostMemory;
    this.log = log;
  }

  /** Returns the address spaces of these mappings, one per mapping. */
  public List<AddressSpace> spaces() {
    return List.copyOf(spaces);
  }

  /** Returns the threads that are unmapping one whose arena was closed. */
  public List<Thread> threads() {
    return callers.threads();
  }

  /**
   * Maps a part of a file until an arena is closed.
   *
   * @param pid the calling process, for the kernel's log
   * @param name the name of that process
   * @param unmapping receives the action to run when the arena is closed
   * @throws ErrnoException as {@link Mapper#mapFile}; ENODEV for memory that its plugin may free at
   *     any time
   * @throws IllegalStateException if the arena is closed
   * @throws WrongThreadException if the arena is confined to another thread
   */
  public MemorySegment map(
      int pid,
      String name,
      FileHandle file,
      FileFacts facts,
      MmapArguments request,
      Arena arena,
      Executor unmapping)
      throws ErrnoException {
    Caller by = new Caller(new AddressSpace(0, 0), pid, name);
    hostMemory.hold();
    spaces.add(by.space());
    Territory.Hold held = Territory.Hold.NONE;
    boolean done = false;
    try {
      Vma mapping = mapper.mapFile(by, file, facts, request, Trail.NONE);
      held = hold(mapping, file);
      Territory.Hold kept = held;
      Runnable end = () -> end(by, kept);
      MemorySegment segment = show(mapping, request, arena, () -> unmapping.execute(end));
      done = true;
      return segment;
    } finally {
      if (!done) {
        end(by, held);
      }
    }
  }

  /** Prevents the pages of a file from being reused for another, even if its plugin frees them. */
  private static Territory.Hold hold(Vma mapping, FileHandle file) {
    return mapping.region().kind() == RegionKind.STORE
        ? file.territory().hold(mapping.range())
        : Territory.Hold.NONE;
  }

  @SuppressWarnings("restricted") // the memory stays as long as it is held
  private MemorySegment show(Vma mapping, MmapArguments request, Arena arena, Runnable whenClosed)
      throws ErrnoException {
    MemorySegment shown = at(mapping.start(), request.length());
    if (!hostMemory.has(shown)) {
      throw new ErrnoException(
          Errno.ENODEV,
          "mmap for an arena: expected memory of the machine at 0x%x, found a plugin's own"
              .formatted(mapping.start()));
    }
    return shown.reinterpret(arena, closed -> whenClosed.run());
  }

  private MemorySegment at(long address, long length) throws ErrnoException {
    try {
      return memory.at(address, length);
    } catch (MemoryFault fault) {
      throw new ErrnoException(
          Errno.ENODEV, "mmap for an arena: " + String.valueOf(fault.getMessage()), fault);
    }
  }

  /** Unmaps it once: when its arena is closed, or earlier at the end of the machine. */
  private void end(Caller by, Territory.Hold held) {
    try (Callers.Call _ = callers.enter()) {
      if (spaces.remove(by.space())) {
        unmap(by, held);
      }
    } finally {
      letGo();
    }
  }

  private void unmap(Caller by, Territory.Hold held) {
    try {
      unmapper.unmapAll(by);
    } finally {
      held.release();
    }
  }

  private void letGo() {
    try {
      hostMemory.release();
    } catch (InterruptedIOException interrupted) {
      log.print("end of a mapping: " + interrupted.getMessage());
    }
  }

  /**
   * Unmaps the rest after the last task has ended; the segments continue to show the last bytes.
   *
   * @throws InterruptedException if the thread is interrupted while another is unmapping
   */
  public void endAll() throws InterruptedException {
    for (AddressSpace space : List.copyOf(spaces)) {
      if (spaces.remove(space)) {
        unmapper.unmapAll(new Caller(space, 0, "close"));
      }
    }
    while (!callers.threads().isEmpty()) {
      Thread.sleep(1);
    }
  }
}
