package dev.nommu.kernel.mm;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFile;
import dev.nommu.kernel.mmap.FileFacts;
import dev.nommu.kernel.mmap.MappedFile;
import dev.nommu.kernel.pages.Territory;
import java.util.concurrent.locks.ReentrantLock;

/** An open file as the mapping rules see it. Implemented by the virtual filesystem. */
public interface FileHandle extends MappedFile {
  /** Returns the plugin's open file. */
  OpenFile operations();

  /**
   * Returns what the planner needs to know; {@code TRACED} is added by the caller.
   *
   * @throws ErrnoException EIO if the plugin cannot say it (rule PLUGIN-01)
   */
  FileFacts facts() throws ErrnoException;

  /** Returns what was planned for the file so far. */
  FilePlans plans();

  /** Returns the lock of the file's inode. */
  ReentrantLock lock();

  /** Returns the regions of the file's inode, which its lock guards. */
  FileRegions regions();

  /**
   * Returns the memory of the plugin that answers for the file: where it may be mapped in place.
   */
  Territory territory();

  /** Keeps the file open for a mapping. */
  void retain();

  /** Lets go of the file; the last one closes it. */
  void release();

  /** Hears that a mapping of it is gone, with no lock held. */
  default void unmapped(Caller by) {}
}
