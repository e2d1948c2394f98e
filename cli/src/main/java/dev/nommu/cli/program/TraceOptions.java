package dev.nommu.cli.program;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.HostFailure;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.cli.trail.Reasons;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.mmap.Trail;
import dev.nommu.riscvlinux.strace.Strace;
import dev.nommu.tck.trail.Remark;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The options that trace the calls of programs. */
final class TraceOptions {
  @Option(
      names = "--strace",
      description =
          "Write each system call with its arguments and its result, as strace(1) does, on the"
              + " standard error.")
  private boolean strace;

  @Option(
      names = "-o",
      paramLabel = "FILE",
      description = "Write the system calls to FILE instead; implies --strace.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--explain",
      description =
          "Below each failed call, why and by which rule; below each mmap, how its result came"
              + " about. Implies --strace.")
  private boolean explain;

  /** Creates the options with their defaults. */
  TraceOptions() {}

  /** The work done while calls are traced. */
  interface Traced<T> {
    T with() throws CommandException, IOException, InterruptedException;
  }

  /**
   * Traces the calls of a machine's programs during some work.
   *
   * @throws CommandException if the file cannot be written
   */
  <T> T during(Machine machine, Console console, Traced<T> work)
      throws CommandException, IOException, InterruptedException {
    if (file.isPresent()) {
      return intoFile(machine, file.get(), work);
    }
    if (strace || explain) {
      trace(machine, text -> show(console.err(), text));
    }
    return work.with();
  }

  private <T> T intoFile(Machine machine, Path path, Traced<T> work)
      throws CommandException, IOException, InterruptedException {
    try (PrintStream to = open(path)) {
      trace(machine, text -> show(to, text));
      T result = work.with();
      if (to.checkError()) {
        throw new CommandException(
            ExitCode.FAILED, "nommu: -o %s: cannot be written".formatted(path));
      }
      return result;
    }
  }

  private static PrintStream open(Path path) throws CommandException {
    try {
      OutputStream to = Files.newOutputStream(path);
      return new PrintStream(to, false, StandardCharsets.UTF_8);
    } catch (NoSuchFileException none) {
      throw new CommandException(
          ExitCode.USAGE,
          "nommu: -o %s: no such directory: %s".formatted(path, path.getParent()),
          none);
    } catch (IOException refused) {
      throw new CommandException(
          ExitCode.USAGE, "nommu: -o %s: %s".formatted(path, HostFailure.reason(refused)), refused);
    }
  }

  private static void show(PrintStream to, String text) {
    to.print(text);
    to.flush();
  }

  private void trace(Machine machine, Consumer<String> text) {
    machine
        .programs()
        .trace(explain ? new Strace(text, () -> new Because(machine)) : new Strace(text));
  }

  /** The reasons of one task. */
  private static final class Because implements Strace.Explainer {
    private final Reasons reasons;

    Because(Machine machine) {
      this.reasons = new Reasons(machine.board());
    }

    @Override
    public Trail mapping() {
      return reasons.mapping();
    }

    @Override
    public List<String> explain(Optional<ErrnoException> failure) {
      failure.ifPresent(reasons::failed);
      return reasons.take().stream().map(Remark::comment).toList();
    }
  }
}
