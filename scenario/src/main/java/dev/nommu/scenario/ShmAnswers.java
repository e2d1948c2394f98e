package dev.nommu.scenario;

import static dev.nommu.scenario.FileAnswers.done;
import static dev.nommu.scenario.FileAnswers.returned;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.ipc.ShmLimits;
import dev.nommu.kernel.ipc.ShmStatus;
import dev.nommu.kernel.ipc.ShmUsage;
import dev.nommu.kernel.sysctl.Sysctl;
import dev.nommu.kernel.task.IpcCalls;
import java.util.List;

/** The calls of System V shared memory. */
final class ShmAnswers {
  private static final int IPC_RMID = 0;
  private static final int IPC_SET = 1;
  private static final int IPC_STAT = 2;
  private static final int IPC_INFO = 3;
  private static final int SHM_LOCK = 11;
  private static final int SHM_UNLOCK = 12;
  private static final int SHM_STAT = 13;
  private static final int SHM_INFO = 14;
  private static final int SHM_STAT_ANY = 15;

  /** SHMMIN: what a segment has at least. */
  private static final int SHMMIN = 1;

  private final IpcCalls ipc;

  ShmAnswers(IpcCalls ipc) {
    this.ipc = ipc;
  }

  Answer answer(Call call, Arguments of) throws ErrnoException {
    return switch (call) {
      case SHMGET -> returned(ipc.shmget((int) of.number(0), of.number(1), (int) of.number(2)));
      case SHMAT -> returned(ipc.shmat((int) of.number(0), of.number(1), (int) of.number(2)));
      case SHMDT -> done(() -> ipc.shmdt(of.number(0)));
      case SHMCTL -> shmctl((int) of.number(0), of);
      default -> throw new IllegalArgumentException("not a call of shared memory: " + call);
    };
  }

  private Answer shmctl(int id, Arguments of) throws ErrnoException {
    return switch ((int) of.number(1)) {
      case IPC_RMID -> done(() -> ipc.shmRemove(id));
      case IPC_SET -> done(() -> ipc.shmSet(id, field(of, 2), field(of, 3), field(of, 4)));
      case IPC_STAT -> status(ipc.shmStatus(id));
      case IPC_INFO -> limits(ipc.shmLimits());
      case SHM_LOCK -> done(() -> ipc.shmLock(id));
      case SHM_UNLOCK -> done(() -> ipc.shmUnlock(id));
      case SHM_STAT -> status(ipc.shmStatusAt(id));
      case SHM_INFO -> usage(ipc.shmUsage());
      case SHM_STAT_ANY -> status(ipc.shmAnyStatusAt(id));
      default -> Answer.failed(Errno.EINVAL);
    };
  }

  private static int field(Arguments of, int index) {
    return (int) of.number(index, 0);
  }

  private static Answer status(ShmStatus status) {
    return new Answer.Structure(
        List.of(
            Field.decimal("shm_segsz", status.size()),
            Field.decimal("shm_nattch", status.attachments()),
            Field.octal("mode", status.mode())));
  }

  private static Answer limits(ShmLimits limits) {
    return new Answer.Structure(
        List.of(
            setting("shmmax", limits.shmmax()),
            Field.decimal("shmmin", SHMMIN),
            setting("shmmni", limits.shmmni()),
            setting("shmseg", limits.shmmni()),
            setting("shmall", limits.shmall())));
  }

  private static Field setting(String name, Sysctl limit) {
    return new Field(name, limit.text());
  }

  private static Answer usage(ShmUsage usage) {
    return new Answer.Structure(
        List.of(
            Field.decimal("used_ids", usage.segments()),
            Field.decimal("shm_tot", usage.pages()),
            Field.decimal("shm_rss", usage.pages()),
            Field.decimal("shm_swp", 0)));
  }
}
