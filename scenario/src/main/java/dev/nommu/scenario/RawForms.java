package dev.nommu.scenario;

import static dev.nommu.scenario.Answer.returned;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.MemoryFault;
import java.util.Map;
import java.util.Optional;

/**
 * System calls whose raw arguments differ from those of the notation: paths relative to a
 * directory, flags that select one of two calls, a time in memory.
 */
final class RawForms {
  private static final long AT_SYMLINK_NOFOLLOW = 0x100;
  private static final long AT_REMOVEDIR = 0x200;
  private static final long AT_EMPTY_PATH = 0x1000;

  private static final Map<Long, Form> FORMS =
      Map.ofEntries(
          Map.entry(33L, of -> of.at(0).call("mknod", 1, 2, 3)),
          Map.entry(34L, of -> of.at(0).call("mkdir", 1, 2)),
          Map.entry(35L, RawForms::unlinkat),
          Map.entry(36L, of -> of.at(1).call("symlink", 0, 2)),
          Map.entry(37L, of -> of.at(0).at(2).withoutFlags(4).call("link", 1, 3)),
          Map.entry(38L, of -> of.at(0).at(2).call("rename", 1, 3)),
          Map.entry(48L, of -> of.at(0).call("access", 1, 2)),
          Map.entry(53L, of -> of.at(0).call("chmod", 1, 2)),
          Map.entry(56L, of -> of.at(0).call("open", 1, 2, 3)),
          Map.entry(78L, of -> of.at(0).call("readlink", 1, 2, 3)),
          Map.entry(79L, RawForms::fstatat),
          Map.entry(98L, RawForms::futex),
          Map.entry(276L, of -> of.at(0).at(2).withoutFlags(4).call("rename", 1, 3)));

  private RawForms() {}

  /** Makes one system call. */
  interface Form {
    /** Returns the result. */
    Answer answer(RawArguments of) throws ErrnoException, MemoryFault;
  }

  /** Returns the form of a system call, or empty if its arguments are those of the notation. */
  static Optional<Form> find(long nr) {
    return Optional.ofNullable(FORMS.get(nr));
  }

  private static Answer unlinkat(RawArguments of) throws ErrnoException, MemoryFault {
    return of.at(0).call((of.number(2) & AT_REMOVEDIR) != 0 ? "rmdir" : "unlink", 1);
  }

  private static Answer fstatat(RawArguments of) throws ErrnoException, MemoryFault {
    long flags = of.number(3);
    if ((flags & AT_EMPTY_PATH) != 0 && of.text(1).length == 0) {
      return of.call("fstat", 0, 2);
    }
    return of.at(0).call((flags & AT_SYMLINK_NOFOLLOW) != 0 ? "lstat" : "stat", 1, 2);
  }

  private static Answer futex(RawArguments of) throws ErrnoException {
    return returned(
        of.caller()
            .task()
            .ipc()
            .futex(
                of.number(0),
                (int) of.number(1),
                (int) of.number(2),
                of.number(3),
                of.number(4),
                (int) of.number(5)));
  }
}
