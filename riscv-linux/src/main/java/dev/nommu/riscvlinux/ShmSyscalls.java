package dev.nommu.riscvlinux;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.ipc.IpcPermissions;
import dev.nommu.kernel.ipc.ShmStatus;
import java.lang.foreign.MemorySegment;

/** The calls for System V shared memory. */
final class ShmSyscalls {
  private static final int IPC_RMID = 0;
  private static final int IPC_SET = 1;
  private static final int IPC_STAT = 2;
  private static final int SHM_LOCK = 11;
  private static final int SHM_UNLOCK = 12;
  private static final int SHMID_DS = 112;

  private ShmSyscalls() {}

  static void addTo(SyscallTable table) {
    table
        .add(194, "shmget", (g, a) -> g.task().ipc().shmget((int) a[0], a[1], (int) a[2]))
        .add(195, "shmctl", ShmSyscalls::shmctl)
        .add(196, "shmat", (g, a) -> g.task().ipc().shmat((int) a[0], a[1], (int) a[2]))
        .add(197, "shmdt", ShmSyscalls::shmdt);
  }

  private static long shmdt(Guest g, long[] a) throws ErrnoException {
    g.task().ipc().shmdt(a[0]);
    return 0;
  }

  private static long shmctl(Guest g, long[] a) throws ErrnoException {
    int id = (int) a[0];
    switch ((int) a[1]) {
      case IPC_RMID -> g.task().ipc().shmRemove(id);
      case IPC_SET -> set(g, id, g.memory().at(a[2], SHMID_DS));
      case IPC_STAT -> {
        MemorySegment into = g.memory().at(a[2], SHMID_DS);
        write(g.task().ipc().shmStatus(id), into);
      }
      case SHM_LOCK -> g.task().ipc().shmLock(id);
      case SHM_UNLOCK -> g.task().ipc().shmUnlock(id);
      default -> throw new ErrnoException(Errno.EINVAL, "shmctl: unknown command " + a[1]);
    }
    return 0;
  }

  private static void set(Guest g, int id, MemorySegment from) throws ErrnoException {
    int uid = from.get(UserSpace.INT, 4);
    int gid = from.get(UserSpace.INT, 8);
    g.task().ipc().shmSet(id, uid, gid, from.get(UserSpace.INT, 20));
  }

  /** {@code struct shmid64_ds}. */
  private static void write(ShmStatus status, MemorySegment into) {
    IpcPermissions permissions = status.permissions();
    into.fill((byte) 0);
    into.set(UserSpace.INT, 0, permissions.key());
    into.set(UserSpace.INT, 4, permissions.uid());
    into.set(UserSpace.INT, 8, permissions.gid());
    into.set(UserSpace.INT, 12, permissions.creatorUid());
    into.set(UserSpace.INT, 16, permissions.creatorGid());
    into.set(UserSpace.INT, 20, status.mode());
    into.set(UserSpace.LONG, 48, status.size());
    into.set(UserSpace.LONG, 56, status.history().attached());
    into.set(UserSpace.LONG, 64, status.history().detached());
    into.set(UserSpace.LONG, 72, status.history().changed());
    into.set(UserSpace.INT, 80, status.history().creator());
    into.set(UserSpace.INT, 84, status.history().last());
    into.set(UserSpace.LONG, 88, status.attachments());
  }
}
