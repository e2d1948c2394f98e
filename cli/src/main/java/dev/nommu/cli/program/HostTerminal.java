package dev.nommu.cli.program;

import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.HostSignals;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.console.Console.Keyboard;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The terminal of the host as that of a machine: keys go to it as they are pressed, ^C among them,
 * and its size is the host's. {@code stty} sets the host's terminal up, and back at the end, also
 * when the command is killed by a signal that can be caught.
 */
final class HostTerminal implements AutoCloseable {
  private static final File TTY = new File("/dev/tty");

  private final Keyboard keyboard;
  private final Optional<String> before;
  private final HostSignals.Handled resizing;
  private final Thread restoring;

  private HostTerminal(
      Keyboard keyboard, Optional<String> before, HostSignals.Handled resizing, Thread restoring) {
    this.keyboard = keyboard;
    this.before = before;
    this.resizing = resizing;
    this.restoring = restoring;
  }

  /**
   * Connects the terminals.
   *
   * @param machine without a keyboard yet
   * @param escape the action of Ctrl-]: it must end the program
   */
  static HostTerminal connect(Machine machine, Console console, Runnable escape) {
    Keyboard keyboard = attach(machine, console);
    Optional<String> before = console.terminals().contains(0) ? stty("-g") : Optional.empty();
    Thread restoring = new Thread(() -> before.ifPresent(HostTerminal::stty));
    if (before.isPresent()) {
      Runtime.getRuntime().addShutdownHook(restoring);
      stty("raw", "-echo", "opost", "onlcr");
    }
    if (console.terminals().contains(0)) {
      Typist.typeKeys(console.in(), keyboard, escape);
    }
    resize(keyboard);
    HostSignals.Handled resizing = HostSignals.handle("WINCH", () -> resize(keyboard));
    return new HostTerminal(keyboard, before, resizing, restoring);
  }

  private static Keyboard attach(Machine machine, Console console) {
    dev.nommu.kernel.console.Console.Screen screen = bytes -> show(console, bytes);
    return console.terminals().contains(0)
        ? machine.console().attach(screen, machine.clock())
        : machine.console().attach(screen);
  }

  private static void show(Console console, byte[] bytes) {
    console.out().write(bytes, 0, bytes.length);
    console.out().flush();
  }

  private static void resize(Keyboard keyboard) {
    stty("size")
        .map(size -> size.split(" ", -1))
        .filter(size -> size.length == 2)
        .ifPresent(size -> keyboard.resize(Integer.parseInt(size[0]), Integer.parseInt(size[1])));
  }

  /** Returns the output of stty; empty if it fails or does not exist. */
  private static Optional<String> stty(String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "stty";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      Process stty =
          new ProcessBuilder(command)
              .redirectInput(TTY)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String written =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return stty.waitFor() == 0 ? Optional.of(written) : Optional.empty();
    } catch (IOException none) {
      return Optional.empty();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    resizing.close();
    keyboard.close();
    if (before.isPresent()) {
      stty(before.get());
      Runtime.getRuntime().removeShutdownHook(restoring);
    }
  }
}
