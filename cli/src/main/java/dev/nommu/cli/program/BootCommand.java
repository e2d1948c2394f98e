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
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
      "The console is the terminal, with its size and keys, or the standard input and output. The"
          + " machine runs until it is powered off, init exits, or all --until and --send are done."
          + " On a terminal Ctrl-] switches it off."
    },
    footer = {
      "  nommu boot --board my.dts --root rootfs",
      "  nommu boot --board my.dts --until '# ' --send 'cat /proc/mtd\\n'",
      "  echo 'ls /dev' | nommu boot --board my.dts"
    })
public final class BootCommand implements Callable<Integer> {
  /** A Java program may never block. */
  private static final Duration STANDSTILL = Duration.ofSeconds(1);

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
              + " --send is last, waits for the preceding text again, unless it switches the"
              + " machine off. Without --until the sent text is the whole input."
        })
    private @Nullable String until;

    @Option(
        names = "--send",
        paramLabel = "TEXT",
        description = "Type TEXT, with \\n for Enter, \\xHH for a byte.")
    private @Nullable String send;

    /** Creates it with its defaults. */
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
        "The machine's clock: ${COMPLETION-CANDIDATES}. Default: real if the standard input is a"
            + " terminal and nothing is sent, else simulated."
      })
  private Optional<Time> clock = Optional.empty();

  private final Console console;
  private int exitCode;

  /** Creates the command, whose console becomes the machine's. */
  public BootCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    try (OpenBoard open = board.open(console)) {
      open.work(
          kernel -> cpus.on(kernel, time()),
          machine -> {
            exitCode =
                debug.during(
                    machine, console, () -> trace.during(machine, console, () -> runOff(machine)));
          });
    }
    return exitCode;
  }

  private Time time() {
    return clock.orElse(isAttended() ? Time.REAL : Time.SIMULATED);
  }

  private boolean isAttended() {
    return turns.isEmpty() && console.terminals().contains(0);
  }

  /** Also traces the end of programs. */
  private int runOff(Machine machine) throws CommandException, InterruptedException {
    try {
      return run(machine);
    } finally {
      machine.powerOff();
    }
  }

  private int run(Machine machine) throws CommandException, InterruptedException {
    if (isAttended()) {
      try (HostTerminal _ = HostTerminal.connect(machine, console, () -> switchOff(machine))) {
        return end(machine, machine.startInit());
      }
    }
    boolean isDialogue = turns.stream().anyMatch(turn -> turn.awaited().isPresent());
    return isDialogue ? talk(machine) : runUntilOff(machine);
  }

  private int runUntilOff(Machine machine) throws CommandException, InterruptedException {
    try (Keyboard keyboard = machine.console().attach(this::show, machine.clock())) {
      Task init = machine.startInit();
      Typist.typeLines(turns.isEmpty() ? console.in() : sent(), keyboard);
      return end(machine, init);
    }
  }

  private InputStream sent() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    turns.forEach(turn -> turn.typed().ifPresent(all::writeBytes));
    return new ByteArrayInputStream(all.toByteArray());
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
  }

  private int talk(Machine machine) throws CommandException, InterruptedException {
    try (Dialogue dialogue = new Dialogue(machine.clock());
        Keyboard keyboard = machine.console().attach(bytes -> show(bytes, dialogue))) {
      Task init = machine.startInit();
      Thread.ofVirtual().start(() -> awaitEnd(init, dialogue));
      String last = "";
      for (Turn turn : turns) {
        if (turn.awaited().isPresent()) {
          last = turn.awaited().get();
          await(last, machine, init, dialogue);
        }
        turn.typed().ifPresent(keyboard::type);
      }
      if (turns.getLast().typed().isPresent()) {
        awaitOrOff(last, machine, init, dialogue);
      }
      if (time() == Time.SIMULATED) {
        awaitStandstill(machine);
      }
      machine.powerOff(); // before time resumes
      return ExitCode.OK;
    }
  }

  private void show(byte[] bytes, Dialogue dialogue) {
    show(bytes);
    dialogue.shown(bytes);
  }

  private static void awaitEnd(Task init, Dialogue dialogue) {
    try {
      init.join();
      dialogue.changed();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * While time is held all programs reach their waits, the same in every run with one processor.
   */
  private static void awaitStandstill(Machine machine) throws InterruptedException {
    long end = System.nanoTime() + STANDSTILL.toNanos();
    while (machine.tasks().stream().anyMatch(BootCommand::runs) && System.nanoTime() < end) {
      Thread.sleep(1);
    }
  }

  private static boolean runs(Task task) {
    return task.status().isEmpty() && task.waitsFor().isEmpty();
  }

  /** The last text sent may have switched the machine off. */
  private void awaitOrOff(String text, Machine machine, Task init, Dialogue dialogue)
      throws CommandException, InterruptedException {
    if (!isShown(text, init, dialogue) && !machine.isPoweredOff()) {
      throw notShown(text, machine, init, dialogue);
    }
  }

  private void await(String text, Machine machine, Task init, Dialogue dialogue)
      throws CommandException, InterruptedException {
    if (!isShown(text, init, dialogue)) {
      throw notShown(text, machine, init, dialogue);
    }
  }

  private boolean isShown(String text, Task init, Dialogue dialogue) throws InterruptedException {
    Duration patience = Duration.ofSeconds(timeout);
    return dialogue.await(Dialogue.searched(text), patience, () -> init.status().isPresent());
  }

  private CommandException notShown(String text, Machine machine, Task init, Dialogue dialogue) {
    return new CommandException(
        ExitCode.FAILED,
        "nommu boot: expected '%s' on the console, found '%s'%s"
            .formatted(
                text,
                dialogue.tail(),
                init.status()
                    .map(status -> ", and then init " + text(status) + why(machine))
                    .orElse(" after %d s".formatted(timeout))));
  }

  /** A machine whose init exits without a reboot is dead: Linux panics. */
  private int end(Machine machine, Task init) throws CommandException, InterruptedException {
    WaitStatus status = init.join();
    if (!machine.isPoweredOff()) {
      throw new CommandException(
          ExitCode.FAILED,
          "nommu boot: init %s, which makes a kernel panic%s"
              .formatted(text(status), why(machine)));
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
