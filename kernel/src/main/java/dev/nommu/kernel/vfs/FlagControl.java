package dev.nommu.kernel.vfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.InodeFlag;
import dev.nommu.api.UserMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.Set;

/**
 * FS_IOC_GETFLAGS and FS_IOC_SETFLAGS, which the kernel answers for inodes that store flags (rule
 * OWN-11).
 *
 * @param by the caller's credentials
 * @param path the file
 */
record FlagControl(Credentials by, VfsPath path) {
  private static final int FS_IOC_GETFLAGS = 0x80086601;
  private static final int FS_IOC_SETFLAGS = 0x40086602;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Returns whether a command is one of these. */
  static boolean knows(int command) {
    return command == FS_IOC_GETFLAGS || command == FS_IOC_SETFLAGS;
  }

  /**
   * Performs a command.
   *
   * @return 0
   * @throws ErrnoException EFAULT, EROFS, EPERM, EOPNOTSUPP
   */
  long carryOut(int command, long argument, UserMemory memory) throws ErrnoException {
    MemorySegment at = memory.at(argument, INT.byteSize());
    if (command == FS_IOC_GETFLAGS) {
      at.set(INT, 0, bits(path.inode().flags()));
    } else {
      try (Mount.Writing _ = path.beginChange()) {
        set(at.get(INT, 0));
      }
    }
    return 0;
  }

  private static int bits(Set<InodeFlag> flags) {
    return flags.stream().mapToInt(InodeFlag::bit).sum();
  }

  private void set(int bits) throws ErrnoException {
    path.inode().lock().lock();
    try {
      requireOwner();
      Set<InodeFlag> flags = flags(bits);
      if (!flags.equals(path.inode().flags()) && by.uid() != 0) {
        throw ErrnoException.byRule(
            "OWN-11", Errno.EPERM, "flags of " + path + ": only the superuser changes these");
      }
      path.inode().setFlags(flags);
    } finally {
      path.inode().lock().unlock();
    }
  }

  private void requireOwner() throws ErrnoException {
    if (!by.owns(path.inode().attributes().owner())) {
      throw ErrnoException.byRule("OWN-11", Errno.EPERM, "flags of " + path + ": not the owner");
    }
  }

  private Set<InodeFlag> flags(int bits) throws ErrnoException {
    Set<InodeFlag> flags = EnumSet.noneOf(InodeFlag.class);
    for (InodeFlag flag : InodeFlag.values()) {
      if ((bits & flag.bit()) != 0) {
        flags.add(flag);
      }
    }
    if (bits(flags) != bits) {
      throw ErrnoException.byRule(
          "OWN-11", Errno.EOPNOTSUPP, "flags of %s: 0x%x are not kept".formatted(path, bits));
    }
    return Set.copyOf(flags);
  }
}
