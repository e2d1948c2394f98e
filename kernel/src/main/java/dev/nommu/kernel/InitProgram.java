package dev.nommu.kernel;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.cmdline.KernelParameters;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.task.Program;
import dev.nommu.kernel.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The program of the first process, as {@code kernel_init} does (rule BOARD-12): {@code init=}, or
 * the first of the usual programs that can be executed; {@code rdinit=} or {@code /init} where no
 * root was mounted. Unrecognised command-line parameters become its environment and arguments.
 */
final class InitProgram implements Program {
  private static final List<String> USUAL =
      List.of("/sbin/init", "/etc/init", "/bin/init", "/bin/sh");

  private static final int NONE_FOUND = 127;

  private final Optional<String> asked;
  private final List<String> first;
  private final List<String> unheeded;
  private final List<String> ofItsOwn;
  private final KernelLog log;

  /**
   * Reads its parameters from the command line.
   *
   * @param rootIsMounted whether a root named on the command line is mounted
   */
  InitProgram(KernelParameters parameters, boolean rootIsMounted, KernelLog log) {
    this.asked = parameters.last("init").filter(path -> !path.isEmpty());
    Optional<String> early = parameters.last("rdinit").filter(path -> !path.isEmpty());
    this.first = rootIsMounted ? List.of() : List.of(early.orElse("/init"));
    this.unheeded = parameters.unheeded();
    this.ofItsOwn = parameters.ofInit();
    this.log = log;
  }

  @Override
  public int run(Task init) {
    List<String> refused = new ArrayList<>();
    for (String path : candidates()) {
      try {
        init.processes().executeToRun(path, arguments(path), environment());
      } catch (ErrnoException failure) {
        refused.add(path + ": " + failure.describe());
      }
    }
    refused.forEach(log::print);
    log.print(
        asked
            .map("Requested init %s cannot be executed"::formatted)
            .orElse("No working init found: pass init= to the kernel, or give the root one"));
    return NONE_FOUND;
  }

  /** If one is requested, no other is tried after it. */
  private List<String> candidates() {
    List<String> last = asked.map(List::of).orElse(USUAL);
    return Stream.concat(first.stream(), last.stream()).toList();
  }

  private List<String> arguments(String path) {
    Stream<String> words = handedOn().filter(word -> !word.contains("="));
    return Stream.of(Stream.of(path), words, ofItsOwn.stream()).flatMap(each -> each).toList();
  }

  private List<String> environment() {
    Stream<String> variables = handedOn().filter(word -> word.contains("="));
    return Stream.concat(Stream.of("HOME=/", "TERM=linux"), variables).toList();
  }

  private Stream<String> handedOn() {
    return unheeded.stream().filter(word -> !isOfModule(word));
  }

  /** A parameter with a dot in its name belongs to a module, which may be loaded later. */
  private static boolean isOfModule(String word) {
    return word.split("=", 2)[0].contains(".");
  }
}
