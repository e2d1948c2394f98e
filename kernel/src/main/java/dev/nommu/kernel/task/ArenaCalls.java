package dev.nommu.kernel.task;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.kernel.mmap.FileFacts;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.mmap.Trail;
import dev.nommu.kernel.parts.Subsystems;
import dev.nommu.kernel.plugin.Callers;
import dev.nommu.kernel.vfs.OpenFileDescription;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.Executor;

/** The call of a task that maps a file for a Java program. Any thread may make it. */
public final class ArenaCalls {
  private final TaskLife life;
  private final Subsystems kernel;

  ArenaCalls(TaskLife life, Subsystems kernel) {
    this.life = life;
    this.kernel = kernel;
  }

  /**
   * Maps a file as {@link Task#mmap} does, but not in this process: the mapping lives as long as
   * the arena, even after the process ends. If the machine is closed first, the segment still shows
   * the last contents, which no one else shares.
   *
   * @param unmapping receives the task that unmaps it when the arena is closed: {@code
   *     Runnable::run} does so on the closing thread. A driver may take its time
   * @param length bytes, 1 or more
   * @param protection PROT bits; nothing enforces them
   * @param flags MAP_SHARED or MAP_PRIVATE
   * @param descriptor an open file
   * @param offset bytes, a multiple of the page size
   * @return a segment of the requested length; read-only if the memory is
   * @throws ErrnoException as {@link Task#mmap}; EINVAL for MAP_ANONYMOUS; ENODEV for memory that
   *     its plugin may withdraw at any time, or that answers each load
   * @throws IllegalStateException if the arena is closed
   * @throws WrongThreadException if the arena is confined to another thread
   */
  public MemorySegment map(
      Arena arena,
      Executor unmapping,
      long length,
      int protection,
      int flags,
      int descriptor,
      long offset)
      throws ErrnoException {
    MmapArguments request = new MmapArguments(0, length, protection, flags, offset >> Page.SHIFT);
    if (!Page.isAligned(offset) || request.anonymous()) {
      throw new ErrnoException(
          Errno.EINVAL,
          "mmap for an arena: expected a file and an offset that is a multiple of 4096, found"
              + " MAP bits 0x%x and offset 0x%x".formatted(flags, offset));
    }
    try (Callers.Call _ = life.entry().enter()) {
      OpenFileDescription file = life.belongings().files().requireUsable(descriptor).hold();
      try {
        return map(file, request, arena, unmapping);
      } finally {
        file.release();
      }
    } catch (ErrnoException failure) {
      throw life.entry().noted(failure);
    }
  }

  private MemorySegment map(
      OpenFileDescription file, MmapArguments request, Arena arena, Executor unmapping)
      throws ErrnoException {
    FileFacts facts = file.facts(Trail.NONE);
    return kernel
        .arenaMappings()
        .map(life.pid(), life.name(), file, facts, request, arena, unmapping);
  }
}
