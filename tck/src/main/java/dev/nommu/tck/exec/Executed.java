package dev.nommu.tck.exec;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Recognition;
import dev.nommu.kernel.task.Task;
import dev.nommu.tck.Setting.Reach;
import dev.nommu.tck.Trial;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.interpose.Recorder.Call;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of executing a file in a separate process, which has ended.
 *
 * @param trial the machine
 * @param failure the error of execve, if it failed
 */
record Executed(Trial trial, Optional<ErrnoException> failure) {
  static final String PATH = "/tck-program";

  private static final String FAULT = "PLUGIN-01";

  /** Executes a file with these bytes. */
  static Executed in(Trial trial, byte[] bytes) throws ErrnoException {
    write(trial.task(), bytes);
    trial.recorder().clear();
    Task task = trial.machine().init().spawn("executed");
    try {
      task.processes().execve(PATH, List.of(PATH), List.of());
      return new Executed(trial, Optional.empty());
    } catch (ErrnoException failed) {
      return new Executed(trial, Optional.of(failed));
    } finally {
      task.exit();
      trial.task().tree().unlink(PATH);
    }
  }

  static void write(Task task, byte[] bytes) throws ErrnoException {
    int file = task.open(PATH, OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0755);
    MemorySegment from = MemorySegment.ofArray(bytes);
    for (long done = 0; done < bytes.length; ) {
      done += task.pwrite(file, from.asSlice(done), done);
    }
    task.close(file);
  }

  /** Returns the format's answer; empty for a direct plugin. */
  static List<Recognition> recognitions(Trial trial) {
    return trial.recorder().calls("recognize").stream()
        .map(Call::answer)
        .filter(Recognition.class::isInstance)
        .map(Recognition.class::cast)
        .toList();
  }

  Optional<Recognition> recognition() {
    return recognitions(trial).stream().findFirst();
  }

  /** Returns the verdict if there is no answer of the format. */
  Verdict notReached(String expected) {
    return trial.setting().reach() == Reach.PLAIN
        ? Verdict.skipped("the plugin's answer is known only to the kernel")
        : Verdict.broken(
            failure.map(Throwable::getMessage).orElse("recognize was not called"),
            expected,
            "throw nothing from recognize except exceptions of reading the file");
  }

  /** Returns the plugin's violation of the contract, if any. */
  Optional<String> fault() {
    return failure
        .filter(each -> each.rule().filter(FAULT::equals).isPresent())
        .map(Throwable::getMessage);
  }
}
