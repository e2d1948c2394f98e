package dev.nommu.cli.check;

import dev.nommu.cli.check.Checked.Result;
import dev.nommu.cli.check.Wire.Message;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Tests one class in a separate process, so that one that exits or hangs is reported like any
 * other.
 *
 * @param command starts that process
 * @param type the class
 * @param limit the time limit
 */
record ClassCheck(List<String> command, String type, Duration limit) {
  /** Takes an immutable copy. */
  ClassCheck {
    command = List.copyOf(command);
  }

  /** Returns the command that starts this program again. */
  static List<String> program() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    String modules = System.getProperty("jdk.module.path", "");
    if (modules.isEmpty() || !ClassCheck.class.getModule().isNamed()) {
      command.addAll(
          List.of(
              "--enable-native-access=ALL-UNNAMED",
              "-cp",
              System.getProperty("java.class.path"),
              "dev.nommu.cli.Main"));
    } else {
      command.addAll(
          List.of(
              "--enable-native-access=dev.nommu.kernel",
              "--module-path",
              modules,
              "--module",
              "dev.nommu.cli/dev.nommu.cli.Main"));
    }
    return command;
  }

  /**
   * Tests the class.
   *
   * @param progress receives the next test before it starts
   * @throws IOException if no process can be started
   */
  Checked run(Consumer<String> progress) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    Told told = new Told(progress);
    AtomicBoolean late = new AtomicBoolean();
    try (DataInputStream in = new DataInputStream(process.getInputStream())) {
      CompletableFuture<Void> limited =
          CompletableFuture.runAsync(
              () -> {
                late.set(true);
                end(process);
              },
              CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS));
      told.readAll(in);
      limited.cancel(false);
    } finally {
      end(process);
    }
    int code = process.waitFor();
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    String end =
        late.get()
            ? "did not return within %d s".formatted(limit.toSeconds())
            : "ended the process with exit code %d".formatted(code);
    return new Checked(type, told.results, told.notes, told.failure(end), took);
  }

  /** Kills a process and its children, which may hold its output open. */
  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** The process's report. */
  private static final class Told {
    private final Consumer<String> progress;
    private final List<Result> results = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private String last = "while it was loaded or its board booted";
    private Optional<Message.End> end = Optional.empty();

    Told(Consumer<String> progress) {
      this.progress = progress;
    }

    void readAll(DataInputStream in) {
      try {
        while (end.isEmpty()) {
          hear(Wire.read(in));
        }
      } catch (IOException gone) {
        return; // it has ended without a final message, or sent an invalid one
      }
    }

    private void hear(Message message) {
      switch (message) {
        case Message.Begin(String name) -> {
          last = "in the test of " + name;
          progress.accept(name);
        }
        case Message.Done(Result result) -> results.add(result);
        case Message.Note(String text) -> notes.add(text);
        case Message.End ended -> end = Optional.of(ended);
      }
    }

    /**
     * Returns why the report is incomplete.
     *
     * @param ended how the process ended
     */
    Optional<String> failure(String ended) {
      return end.isPresent() ? end.get().failure() : Optional.of("%s: %s".formatted(ended, last));
    }
  }
}
