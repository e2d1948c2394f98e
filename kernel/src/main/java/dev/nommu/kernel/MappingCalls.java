package dev.nommu.kernel;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.kernel.mm.Caller;
import dev.nommu.kernel.mm.FileFacts;
import dev.nommu.kernel.mm.MmapArguments;
import dev.nommu.kernel.mm.Rule;
import dev.nommu.kernel.mm.Trail;
import dev.nommu.kernel.mm.Vma;
import dev.nommu.kernel.vfs.OpenFileDescription;

/** The way of {@code mmap} from the numbers of a task to the mapping rules. */
final class MappingCalls {
  private final TaskLife life;
  private final Subsystems kernel;

  MappingCalls(TaskLife life, Subsystems kernel) {
    this.life = life;
    this.kernel = kernel;
  }

  long map(
      long address,
      long length,
      int protection,
      int flags,
      int descriptor,
      long offset,
      Trail trail)
      throws ErrnoException {
    life.attend();
    if (!Page.isAligned(offset)) {
      trail.refused(Rule.MMAP_02, Errno.EINVAL);
      throw new ErrnoException(
          Errno.EINVAL, "mmap: offset 0x%x is not a multiple of 4096 [MMAP-02]".formatted(offset));
    }
    MmapArguments request =
        new MmapArguments(address, length, protection, flags, offset >>> Page.SHIFT);
    return life.mapping(caller ->
        request.anonymous()
            ? kernel.mapper().mapAnonymous(caller, request, trail).start()
            : mapFile(caller, request, descriptor, trail).start());
  }

  private Vma mapFile(Caller caller, MmapArguments request, int descriptor, Trail trail)
      throws ErrnoException {
    OpenFileDescription file = hold(descriptor, trail);
    try {
      FileFacts facts =
          life.group().tracing().isTraced()
              ? file.facts(trail).with(FileFacts.Trait.TRACED)
              : file.facts(trail);
      Vma mapping = kernel.mapper().mapFile(caller, file, facts, request, trail);
      kernel.sanitizer().mapped(mapping);
      return mapping;
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
}
