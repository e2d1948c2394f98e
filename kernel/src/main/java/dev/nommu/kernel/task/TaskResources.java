package dev.nommu.kernel.task;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.mm.AddressSpace;
import dev.nommu.kernel.mm.Caller;
import dev.nommu.kernel.mm.Unmapper;
import dev.nommu.kernel.vfs.FsStruct;

/**
 * The resources of a task, each private or shared with other tasks.
 *
 * @param space its memory map, which counts the task as a user
 * @param files its descriptors, which count the task as a user
 * @param fs its working directory
 * @param personality never shared
 */
record TaskResources(AddressSpace space, FileTable files, FsStruct fs, Personality personality) {
  /** Returns the resources of a process after vfork that is about to execute a file. */
  TaskResources forNewProcess(AddressSpace fresh) {
    return new TaskResources(fresh, files.copy(), fs.copy(), personality.copy());
  }

  /** Returns the resources of a clone: shared where the flags request it, else copied; ESRCH. */
  TaskResources forClone(CloneFlags flags) throws ErrnoException {
    space.share();
    FileTable theirs = flags.has(CloneFlags.CLONE_FILES) ? files.share() : files.copy();
    return new TaskResources(
        space, theirs, flags.has(CloneFlags.CLONE_FS) ? fs.share() : fs.copy(), personality.copy());
  }

  /**
   * Returns the resources of a process that executes a file: its descriptors are no longer shared.
   */
  TaskResources forExec(AddressSpace fresh) {
    return new TaskResources(fresh, files.forExec(), fs.share(), personality);
  }

  /** Releases all of them, as a task that ends; those without other users are freed. */
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
