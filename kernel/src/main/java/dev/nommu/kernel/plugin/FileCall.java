package dev.nommu.kernel.plugin;

import dev.nommu.api.ControllableFile;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PluginFault;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.UserMemory;
import dev.nommu.api.WritableFile;
import java.lang.foreign.MemorySegment;

/** Calls the operations of a plugin's open file that borrow memory of the caller. */
public final class FileCall {
  private FileCall() {}

  /**
   * Reads at a position.
   *
   * @param into of any kind; the plugin is lent memory or a {@code byte[]}
   * @return the number of bytes
   * @throws ErrnoException EFAULT if the segment cannot be written; what the file throws; EIO as in
   *     {@link PluginCall#count}
   */
  public static long read(ReadableFile file, MemorySegment into, long position)
      throws ErrnoException {
    CallerSegment.requireWritable("read", into);
    MemorySegment wanted = CallerSegment.bounded(into);
    boolean bytes = CallerSegment.isOfBytes(wanted);
    MemorySegment lent = bytes ? wanted : CallerSegment.inPlaceOf(wanted);
    try {
      long count =
          PluginCall.count(file, "read", 0, lent.byteSize(), () -> file.read(lent, position));
      if (!bytes) {
        MemorySegment.copy(lent, 0, wanted, 0, count);
      }
      return count;
    } catch (ErrnoException failure) {
      CallerSegment.requireUsable("read", into);
      throw failure;
    }
  }

  /**
   * Writes at a position.
   *
   * @param from of any kind, 1 byte or more; the plugin is lent memory or a {@code byte[]}
   * @return the number of bytes
   * @throws ErrnoException EFAULT if the segment cannot be read; what the file throws; EIO as in
   *     {@link PluginCall#count}, also for no bytes at all
   */
  public static long write(WritableFile file, MemorySegment from, long position)
      throws ErrnoException {
    CallerSegment.requireUsable("write", from);
    MemorySegment given = CallerSegment.bounded(from);
    MemorySegment lent =
        CallerSegment.isOfBytes(given) ? given : CallerSegment.inPlaceOf(given).copyFrom(given);
    long least = file instanceof OwnFile ? 0 : 1;
    try {
      return PluginCall.count(
          file, "write", least, lent.byteSize(), () -> file.write(lent, position));
    } catch (ErrnoException failure) {
      CallerSegment.requireUsable("write", from);
      throw failure;
    }
  }

  /**
   * Carries out an ioctl.
   *
   * @param memory belongs to the caller: what it throws is the caller's fault
   * @return 0 or more
   * @throws ErrnoException EFAULT if the caller's memory fails; what the file throws; EIO as in
   *     {@link PluginCall#count}
   */
  public static long ioctl(ControllableFile file, int command, long argument, UserMemory memory)
      throws ErrnoException {
    UserMemory lent = (address, length) -> at(memory, address, length);
    return PluginCall.count(
        file, "ioctl", 0, Long.MAX_VALUE, () -> file.ioctl(command, argument, lent));
  }

  private static MemorySegment at(UserMemory memory, long address, long length)
      throws ErrnoException {
    MemorySegment bytes;
    try {
      bytes = memory.at(address, length);
    } catch (Throwable thrown) {
      ErrnoException failure = PluginCall.failure(memory, "at", thrown);
      throw failure == thrown ? failure : bad(memory, "threw " + thrown);
    }
    if (bytes == null) {
      throw bad(memory, "returned null");
    }
    return bytes;
  }

  private static ErrnoException bad(UserMemory memory, String what) {
    return new ErrnoException(
        Errno.EFAULT,
        "ioctl: the caller's memory, %s, %s".formatted(PluginFault.nameOf(memory), what));
  }
}
