package dev.nommu.kernel.task;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.mm.AddressSpace;
import dev.nommu.kernel.mm.Caller;
import dev.nommu.kernel.mm.Unmapper;
import dev.nommu.kernel.vfs.FsStruct;

/**
 * The resources of a task, each its own or shared with other tasks.
 *
 * @param space its memory map, counted among the users of it
 * @param files its descriptors, counted among the users of them
 * @param fs its working directory
 * @param personality always its own
 */
record TaskResources(AddressSpace space, FileTable files, FsStruct fs, Personality personality) {
  /** Returns what a process has after vfork that is about to execute a file. */
  TaskResources forNewProcess(AddressSpace fresh) {
    return new TaskResources(fresh, files.copy(), fs.copy(), personality.copy());
  }

  /** Returns what a clone has: shared where the flags say so, as it is here otherwise; ESRCH. */
  TaskResources forClone(CloneFlags flags) throws ErrnoException {
    space.share();
    FileTable theirs = flags.has(CloneFlags.CLONE_FILES) ? files.share() : files.copy();
    return new TaskResources(
        space, theirs, flags.has(CloneFlags.CLONE_FS) ? fs.share() : fs.copy(), personality.copy());
  }

  /** Returns what a process has that executes a file: descriptors that it shares with nobody. */
  TaskResources forExec(AddressSpace fresh) {
    return new TaskResources(fresh, files.forExec(), fs.share(), personality);
  }

  /** Lets go of all of it, as a task that ends; what nobody else has goes. */
  void release(Caller by, Unmapper unmapper) {
    try {
      if (space.leave()) {
        unmapper.unmapAll(by);
      }
    } finally {
      fs.leave();
      files.leave();
    }
  }
}
