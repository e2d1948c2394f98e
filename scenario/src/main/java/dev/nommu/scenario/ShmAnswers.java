package dev.nommu.scenario;

import static dev.nommu.scenario.Answer.done;
import static dev.nommu.scenario.Answer.returned;
import static dev.nommu.scenario.Parameter.number;

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
  static final List<Call> CALLS =
      List.of(
          new Call(
              "shmget",
              "Creates or finds a shared memory segment; the result is its identifier.",
              Signature.of(number("key"), number("size"), number("flags")),
              (caller, of) ->
                  returned(caller.task().ipc().shmget(of.integer(0), of.number(1), of.integer(2)))),
          new Call(
                  "shmat",
                  "Attaches a segment; the result is the address.",
                  Signature.of(number("id"), number("address"), number("flags")),
                  (caller, of) ->
                      new Answer.Mapped(
                          caller.task().ipc().shmat(of.integer(0), of.number(1), of.integer(2))))
              .mapping(),
          new Call(
                  "shmdt",
                  "Detaches a segment.",
                  Signature.of(number("address")),
                  (caller, of) -> done(() -> caller.task().ipc().shmdt(of.number(0))))
              .unmapping(),
          new Call(
              "shmctl",
              "Queries, changes or removes a segment; the last three are for IPC_SET.",
              Signature.of(
                  number("id"),
                  number("command"),
                  number("uid").optional(),
                  number("gid").optional(),
                  number("mode").optional()),
              (caller, of) -> shmctl(caller.task().ipc(), of)));

  private static final int IPC_RMID = 0;
  private static final int IPC_SET = 1;
  private static final int IPC_STAT = 2;
  private static final int IPC_INFO = 3;
  private static final int SHM_LOCK = 11;
  private static final int SHM_UNLOCK = 12;
  private static final int SHM_STAT = 13;
  private static final int SHM_INFO = 14;
  private static final int SHM_STAT_ANY = 15;

  /** SHMMIN: the minimum size of a segment. */
  private static final int SHMMIN = 1;

  private ShmAnswers() {}

  private static Answer shmctl(IpcCalls ipc, Arguments of) throws ErrnoException {
    int id = of.integer(0);
    return switch (of.integer(1)) {
      case IPC_RMID -> done(() -> ipc.shmRemove(id));
      case IPC_SET ->
          done(() -> ipc.shmSet(id, of.integer(2, 0), of.integer(3, 0), of.integer(4, 0)));
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
