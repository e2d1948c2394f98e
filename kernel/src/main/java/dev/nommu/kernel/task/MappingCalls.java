package dev.nommu.kernel.task;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.kernel.mm.Caller;
import dev.nommu.kernel.mm.Vma;
import dev.nommu.kernel.mmap.FileFacts;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.mmap.Rule;
import dev.nommu.kernel.mmap.Trail;
import dev.nommu.kernel.parts.Subsystems;
import dev.nommu.kernel.plugin.Callers;
import dev.nommu.kernel.vfs.OpenFileDescription;

/** The calls of a task that change its mappings. Any thread may make them. */
final class MappingCalls {
  private final TaskLife life;
  private final SyscallEntry entry;
  private final Subsystems kernel;

  MappingCalls(TaskLife life, Subsystems kernel) {
    this.life = life;
    this.entry = life.entry();
    this.kernel = kernel;
  }

  /** A call that adds or moves mappings. */
  @FunctionalInterface
  interface MappingCall<T> {
    /** Makes the call on behalf of the task. */
    T make(Caller by) throws ErrnoException;
  }

  /**
   * Makes a call that adds or moves mappings. A concurrent kill of the task leaves its memory map
   * to this call, so that its last mapping is not forgotten.
   */
  <T> T make(MappingCall<T> call) throws ErrnoException {
    try (Callers.Call _ = entry.enter()) {
      Caller caller = life.caller();
      caller.space().hold();
      try {
        return call.make(caller);
      } finally {
        release(caller);
      }
    }
  }

  private void release(Caller caller) {
    if (caller.space().release()) {
      kernel.unmapper().unmapAll(caller);
    }
  }

  /** See {@link Task#mmap(long, long, int, int, int, long, Trail)}. */
  long map(
      long address,
      long length,
      int protection,
      int flags,
      int descriptor,
      long offset,
      Trail trail)
      throws ErrnoException {
    requireAligned(offset, trail);
    MmapArguments request =
        new MmapArguments(address, length, protection, flags, offset >> Page.SHIFT);
    try {
      return make(caller ->
          request.anonymous()
              ? kernel.mapper().mapAnonymous(caller, request, trail).start()
              : mapFile(caller, request, descriptor, trail).start());
    } catch (ErrnoException failure) {
      throw entry.noted(failure);
    }
  }

  private static void requireAligned(long offset, Trail trail) throws ErrnoException {
    if (!Page.isAligned(offset)) {
      trail.refused(Rule.MMAP_02, Errno.EINVAL);
      throw ErrnoException.byRule(
          "MMAP-02", Errno.EINVAL, "mmap: offset 0x%x is not a multiple of 4096".formatted(offset));
    }
  }

  private Vma mapFile(Caller caller, MmapArguments request, int descriptor, Trail trail)
      throws ErrnoException {
    OpenFileDescription file = hold(descriptor, trail);
    try {
      FileFacts facts =
          life.group().tracing().isTraced()
              ? file.facts(trail).with(FileFacts.Trait.TRACED)
              : file.facts(trail);
      return kernel.mapper().mapFile(caller, file, facts, request, trail);
    } finally {
      file.release();
    }
  }

  private OpenFileDescription hold(int descriptor, Trail trail) throws ErrnoException {
    try {
      return life.belongings().files().requireUsable(descriptor).hold();
    } catch (ErrnoException notOpen) {
      trail.refused(Rule.MMAP_01, notOpen.errno());
      throw notOpen;
    }
  }

  /**
   * See {@link Task#munmap}. The memory map is not held, as no other thread removes the same
   * mappings.
   */
  void unmap(long address, long length) throws ErrnoException {
    try (Callers.Call _ = entry.enter()) {
      unmap(life.caller(), address, length);
    }
  }

  private void unmap(Caller caller, long address, long length) throws ErrnoException {
    try {
      kernel.unmapper().unmap(caller, address, length);
    } catch (ErrnoException refused) {
      life.requireAlive();
      throw entry.noted(refused);
    }
  }

  /** See {@link Task#mremap}. */
  long remap(long address, long oldLength, long newLength, int flags, long newAddress)
      throws ErrnoException {
    return make(caller ->
        kernel.remapper().remap(caller, address, oldLength, newLength, flags, newAddress));
  }
}
