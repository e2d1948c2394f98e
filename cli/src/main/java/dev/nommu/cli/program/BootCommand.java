package dev.nommu.cli.program;

import dev.nommu.cli.board.BoardOptions;
import dev.nommu.cli.board.OpenBoard;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.console.Console.Keyboard;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Boots a machine into its own programs. */
@Command(
    name = "boot",
    header = "Boots a machine and runs its first program, init.",
    description = {
      "Boots a board, mounts its root and runs init=, or the first of /sbin/init, /etc/init,"
          + " /bin/init and /bin/sh that can be executed. Without root= it tries /init first.",
      "",
      "The console is the terminal, with its size and its keys, or the standard input and output."
          + " The machine runs until it is powered off, until init ends, or until all of --until"
          + " and --send is done. On a terminal Ctrl-] switches it off."
    },
    footer = {
      "  nommu boot --board my.dts --root rootfs",
      "  nommu boot --board my.dts --until '# ' --send 'cat /proc/mtd\\n'",
      "  echo 'ls /dev' | nommu boot --board my.dts"
    })
public final class BootCommand implements Callable<Integer> {
  @Mixin private final BoardOptions board = new BoardOptions();
  @Mixin private final TraceOptions trace = new TraceOptions();
  @Mixin private final DebugOptions debug = new DebugOptions();
  @Mixin private final CpuOptions cpus = new CpuOptions();

  @ArgGroup(exclusive = true, multiplicity = "0..*")
  private final List<Turn> turns = new ArrayList<>();

  /** A step of a dialogue with the machine. */
  static final class Turn {
    @Option(
        names = "--until",
        paramLabel = "TEXT",
        description = {
          "Wait until the console shows TEXT. After the last one the machine is switched off; if a"
              + " --send is last, the text before it is awaited once more."
        })
    private @Nullable String until;

    @Option(
        names = "--send",
        paramLabel = "TEXT",
        description = "Type TEXT, with \\n for the key at the end of a line, \\xHH for a byte.")
    private @Nullable String send;

    /** Creates it as it is without arguments. */
    Turn() {}

    Optional<String> awaited() {
      return Optional.ofNullable(until);
    }

    Optional<byte[]> typed() {
      return Optional.ofNullable(send).map(HostText::typed);
    }
  }

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      converter = Seconds.class,
      defaultValue = "60",
      description = "How long each --until may take. Default: ${DEFAULT-VALUE}.")
  private int timeout;

  @Option(
      names = "--clock",
      paramLabel = "CLOCK",
      converter = TimeConverter.class,
      completionCandidates = TimeConverter.class,
      description = {
        "By which time the machine goes: ${COMPLETION-CANDIDATES}. Default: real if the standard"
            + " input is a terminal and nothing is sent, else simulated."
      })
  private Optional<Time> clock = Optional.empty();

  private final Console console;
  private final Dialogue dialogue = new Dialogue();
  private int exitCode;

  /** Creates the command, whose console is that of a machine. */
  public BootCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    Time time = clock.orElse(isAttended() ? Time.REAL : Time.SIMULATED);
    try (OpenBoard open = board.open(console)) {
      open.work(
          kernel -> cpus.on(kernel, time),
          machine -> {
            exitCode =
                debug.during(
                    machine, console, () -> trace.during(machine, console, () -> run(machine)));
            machine.powerOff();
          });
    }
    return exitCode;
  }

  private boolean isAttended() {
    return turns.isEmpty() && console.terminals().contains(0);
  }

  private int run(Machine machine) throws CommandException, InterruptedException {
    if (isAttended()) {
      try (HostTerminal _ =
          HostTerminal.connect(machine.console(), console, () -> switchOff(machine))) {
        return end(machine, machine.startInit());
      }
    }
    try (Keyboard keyboard = machine.console().attach(this::show)) {
      Task init = machine.startInit();
      if (turns.isEmpty()) {
        Typist.type(console.in(), keyboard);
        return end(machine, init);
      }
      Thread.ofVirtual().start(() -> awaitEnd(init));
      talk(machine, init, keyboard);
      return ExitCode.OK;
    }
  }

  private static void switchOff(Machine machine) {
    try {
      machine.powerOff();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void show(byte[] bytes) {
    console.out().writeBytes(HostText.withoutCarriageReturns(bytes));
    console.out().flush();
    if (!turns.isEmpty()) {
      dialogue.shown(bytes);
    }
  }

  private void awaitEnd(Task init) {
    try {
      init.join();
      dialogue.changed();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void talk(Machine machine, Task init, Keyboard keyboard)
      throws CommandException, InterruptedException {
    Optional<String> last = Optional.empty();
    for (Turn turn : turns) {
      if (turn.awaited().isPresent()) {
        await(turn.awaited().get(), machine, init);
        last = turn.awaited();
      }
      turn.typed().ifPresent(keyboard::type);
    }
    if (turns.getLast().typed().isPresent() && last.isPresent()) {
      await(last.get(), machine, init);
    }
  }

  private void await(String text, Machine machine, Task init)
      throws CommandException, InterruptedException {
    Duration patience = Duration.ofSeconds(timeout);
    if (!dialogue.await(Dialogue.searched(text), patience, () -> init.status().isPresent())) {
      throw new CommandException(
          ExitCode.FAILED,
          "nommu boot: expected '%s' on the console, found '%s'%s"
              .formatted(
                  text,
                  dialogue.tail(),
                  init.status()
                      .map(status -> ", and then init " + text(status) + why(machine))
                      .orElse(" after %d s".formatted(timeout))));
    }
  }

  /** A machine whose init ends otherwise than by reboot is dead: a kernel panics. */
  private int end(Machine machine, Task init) throws CommandException, InterruptedException {
    WaitStatus status = init.join();
    if (!machine.isPoweredOff()) {
      throw new CommandException(
          ExitCode.FAILED,
          "nommu boot: init %s, where a kernel panics%s".formatted(text(status), why(machine)));
    }
    return ExitCode.OK;
  }

  private static String text(WaitStatus status) {
    return switch (status) {
      case WaitStatus.Exited(int code) -> "exited with " + code;
      case WaitStatus.Signaled(Signal signal) -> "was killed by " + signal;
      case WaitStatus.Stopped _, WaitStatus.Continued _ -> "has not ended";
    };
  }

  private static String why(Machine machine) {
    return machine.log().lines().stream()
        .map(line -> "\n  " + line)
        .reduce("; the kernel's log:", String::concat);
  }
}
