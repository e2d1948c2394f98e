package dev.nommu.cli.program;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.cli.board.BoardOptions;
import dev.nommu.cli.board.OpenBoard;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.cli.console.HostSignals;
import dev.nommu.cli.option.Assignment;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.time.MachineClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a host program. */
@Command(
    name = "exec",
    header = "Runs a program that was compiled for Linux on 64-bit RISC-V.",
    description = {
      "Runs a host file on a freshly booted machine, as a child of its first process, in the"
          + " directory /. There it is /bin/NAME, which is also its argument 0.",
      "",
      "Its standard streams and exit status are those of the command; 128 plus the number of the"
          + " signal that killed it. On a terminal Ctrl-C is SIGINT, and Ctrl-] ends it whatever it"
          + " does. docs/PROGRAMS.md describes how to compile programs and lists the system calls."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "n:the exit status of the program",
      "2:the command line, the board or the program is missing or invalid",
      "126:the program cannot be executed",
      "128+n:signal n killed the program"
    },
    footer = {
      "  nommu exec ./hello one two",
      "  nommu exec --strace --explain ./touch /dev/fb0",
      "  nommu exec --board boards/oracle.dts --bind data:/data:ro ./reader /data/table < input"
    })
public final class ExecCommand implements Callable<Integer> {
  private static final int CANNOT_EXECUTE = 126;
  private static final int KILLED = 128;

  /** Signals by which a user ends a program. */
  private static final Set<Signal> QUIET = EnumSet.of(Signal.SIGINT, Signal.SIGPIPE);

  @Mixin private final BoardOptions board = new BoardOptions();
  @Mixin private final TraceOptions trace = new TraceOptions();
  @Mixin private final DebugOptions debug = new DebugOptions();
  @Mixin private final CpuOptions cpus = new CpuOptions();

  @Option(
      names = "--env",
      paramLabel = "NAME=VALUE",
      converter = Assignment.Converter.class,
      description =
          "A variable of its environment, in addition to PATH=/bin. Can be given several times.")
  private List<Assignment> environment = List.of();

  @Option(
      names = "--bind",
      paramLabel = "HOST:GUEST[:ro]",
      converter = Bind.Converter.class,
      description = {
        "Mount a host directory at GUEST; read-only with ro. Writes go to the host. Can be given"
            + " several times."
      })
  private List<Bind> binds = List.of();

  @Option(
      names = "--clock",
      paramLabel = "CLOCK",
      converter = TimeConverter.class,
      completionCandidates = TimeConverter.class,
      description = {
        "The machine's clock: ${COMPLETION-CANDIDATES}. Default: real if the standard input is a"
            + " terminal, else simulated, which does not depend on the host."
      })
  private Optional<Time> clock = Optional.empty();

  @Parameters(index = "0", paramLabel = "PROGRAM", description = "A host file.")
  private Path program = Path.of("");

  @Parameters(
      index = "1..*",
      paramLabel = "ARGUMENT",
      description = "Its arguments; options after PROGRAM are the program's.")
  private List<String> arguments = List.of();

  private final Console console;
  private int exitCode;

  private ExecCommand(Console console) {
    this.console = console;
  }

  /** Returns the command with the streams of a console. */
  public static CommandLine with(Console console) {
    return new CommandLine(new ExecCommand(console)).setStopAtPositional(true);
  }

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    HostProgram file = new HostProgram(program);
    byte[] contents = file.read();
    Time time = clock.orElse(console.terminals().contains(0) ? Time.REAL : Time.SIMULATED);
    try (OpenBoard open = board.open(console)) {
      open.with(Bind.on(open.board(), binds))
          .work(
              kernel -> cpus.on(kernel, time),
              machine -> {
                file.install(machine.init(), contents);
                exitCode =
                    debug.during(
                        machine,
                        console,
                        () -> trace.during(machine, console, () -> runOff(machine, file)));
              });
    }
    return exitCode;
  }

  /** Also traces the end of the remaining programs. */
  private int runOff(Machine machine, HostProgram file)
      throws CommandException, InterruptedException {
    try {
      return run(machine, file);
    } finally {
      machine.powerOff();
    }
  }

  private int run(Machine machine, HostProgram file) throws CommandException, InterruptedException {
    if (console.terminals().isEmpty()) {
      return status(machine, file);
    }
    try (HostTerminal _ = HostTerminal.connect(machine, console, () -> kill(machine))) {
      return status(machine, file);
    }
  }

  private static void kill(Machine machine) {
    try {
      machine.init().processes().kill(-1, Signal.SIGKILL);
    } catch (ErrnoException ended) {
      assert ended.errno() == Errno.ESRCH;
    }
  }

  private int status(Machine machine, HostProgram file)
      throws CommandException, InterruptedException {
    AtomicReference<Optional<ErrnoException>> refused = new AtomicReference<>(Optional.empty());
    int said = machine.log().lines().size();
    Task child = start(machine, file, refused);
    WaitStatus status;
    try (HostSignals.Handled _ = HostSignals.handle("INT", () -> interrupt(machine, child))) {
      status = child.join();
    }
    if (refused.get().isPresent()) {
      throw new CommandException(
          CANNOT_EXECUTE, "nommu exec: %s: %s".formatted(program, refused.get().get().describe()));
    }
    List<String> log = machine.log().lines();
    return told(status, log.subList(Math.min(said, log.size()), log.size()));
  }

  private Task start(
      Machine machine, HostProgram file, AtomicReference<Optional<ErrnoException>> refused) {
    List<String> argv = new ArrayList<>(List.of(file.path()));
    argv.addAll(arguments);
    StandardStreams streams = new StandardStreams(console, machine.clock());
    try (MachineClock.Hold _ = machine.clock().hold()) {
      Task child =
          machine
              .init()
              .spawn(
                  file.path(),
                  task -> {
                    try {
                      streams.openIn(task);
                      machine.console().foreground(task.processes().sessions().setsid());
                      task.processes().executeToRun(file.path(), argv, environment());
                    } catch (ErrnoException failure) {
                      refused.set(Optional.of(failure));
                    }
                    return CANNOT_EXECUTE;
                  });
      letInitAwait(machine.init(), child);
      return child;
    }
  }

  /** The first process ends any programs that still run after this one, in its turn. */
  private static void letInitAwait(Task init, Task child) {
    try {
      init.processes()
          .begin(own -> {
            try {
              own.processes().waitpid(child.pid());
            } catch (ErrnoException endedAndForgotten) {
              assert child.status().isPresent();
            }
            own.processes().powerOff();
            return 0;
          });
    } catch (ErrnoException ended) {
      throw new AssertionError(ended);
    }
  }

  private List<String> environment() {
    Map<String, String> all = new LinkedHashMap<>(Map.of("PATH", "/bin"));
    all.putAll(Assignment.byName(environment));
    return all.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList();
  }

  private static void interrupt(Machine machine, Task child) {
    try {
      machine.init().processes().kill(-child.pid(), Signal.SIGINT);
    } catch (ErrnoException ended) {
      assert child.status().isPresent();
    }
  }

  /** A program killed by a signal reports nothing itself; the kernel may know why. */
  private int told(WaitStatus status, List<String> log) {
    return switch (status) {
      case WaitStatus.Exited(int code) -> code;
      case WaitStatus.Signaled(Signal signal) -> {
        if (!QUIET.contains(signal)) {
          console.note("nommu exec: %s: killed by %s".formatted(program, signal));
          log.forEach(line -> console.note("  " + line));
        }
        yield KILLED + signal.number();
      }
      case WaitStatus.Stopped _, WaitStatus.Continued _ -> ExitCode.FAILED;
    };
  }
}
