package dev.nommu.tck.mapping;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.PollEvent;
import dev.nommu.kernel.task.PollFd;
import dev.nommu.kernel.task.Task;
import dev.nommu.tck.Trial;
import dev.nommu.tck.Verdict;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that poll agrees with reads of a file.
 *
 * @param trial the machine
 * @param path the name of the file
 */
public record Readiness(Trial trial, String path) {
  /**
   * Polls the file and then reads it without waiting. The kernel does not poll a file whose
   * operations never wait, so none is judged here.
   *
   * @throws ErrnoException EIO if poll fails
   */
  public Verdict judge() throws ErrnoException {
    Task task = trial.task();
    Optional<Integer> opened = open(task);
    if (opened.isEmpty()) {
      return Verdict.skipped("it cannot be opened for reading");
    }
    int file = opened.get();
    try {
      Set<PollEvent> told =
          task.descriptors()
              .poll(List.of(PollFd.of(file, PollEvent.IN)), Optional.of(Duration.ZERO))
              .getFirst();
      return trial.recorder().calls("poll").isEmpty()
          ? Verdict.skipped("none of its operations waits, or only the kernel has its objects")
          : compare(told.contains(PollEvent.IN), read(task, file));
    } finally {
      task.close(file);
    }
  }

  private Optional<Integer> open(Task task) {
    try {
      return Optional.of(task.open(path, OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK));
    } catch (ErrnoException refused) {
      return Optional.empty();
    }
  }

  /** Returns the number of bytes that are read, or the name of the error. */
  private static String read(Task task, int file) {
    try {
      return String.valueOf(task.read(file, MemorySegment.ofArray(new byte[1])));
    } catch (ErrnoException refused) {
      return refused.errno().name();
    }
  }

  private Verdict compare(boolean isReady, String answer) {
    boolean waits = answer.equals(Errno.EAGAIN.name());
    boolean gives = answer.equals("1");
    if (isReady && waits) {
      return broken("IN", "EAGAIN: it would have to wait");
    }
    return !isReady && gives ? broken("nothing", "a byte") : Verdict.HELD;
  }

  private Verdict broken(String told, String answer) {
    return Verdict.broken(
        "%s: poll returns %s, and a read with O_NONBLOCK returns %s".formatted(path, told, answer),
        "IN exactly when a read need not wait",
        "check the condition that read awaits in poll");
  }
}
