package dev.nommu.kernel.mm;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFile;
import dev.nommu.kernel.mmap.FileFacts;
import dev.nommu.kernel.mmap.MappedFile;
import dev.nommu.kernel.pages.Territory;
import java.util.concurrent.locks.ReentrantLock;

/** An open file, as seen by the mapping rules. Implemented by the virtual filesystem. */
public interface FileHandle extends MappedFile {
  /** Returns the plugin's open file. */
  OpenFile operations();

  /**
   * Returns the facts for the planner; {@code TRACED} is added by the caller.
   *
   * @throws ErrnoException EIO if the plugin fails to provide them (rule PLUGIN-01)
   */
  FileFacts facts() throws ErrnoException;

  /** Returns the plans made for the file so far. */
  FilePlans plans();

  /** Returns the lock of the file's inode. */
  ReentrantLock lock();

  /** Returns the regions of the file's inode, which its lock guards. */
  FileRegions regions();

  /** Returns the memory of the plugin that serves the file: where it may be mapped in place. */
  Territory territory();

  /** Keeps the file open for a mapping. */
  void retain();

  /** Releases the file; the last release closes it. */
  void release();

  /** Called without locks after a mapping of it was removed. */
  default void unmapped(Caller by) {}
}
