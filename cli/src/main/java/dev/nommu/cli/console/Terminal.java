package dev.nommu.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The properties of the output's destination. */
public final class Terminal {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private Terminal() {}

  /**
   * Returns whether a descriptor of this process is a terminal. Where there is no /proc all
   * standard streams count as terminals if the console is one.
   *
   * @param descriptor 0, 1 or 2
   */
  public static boolean is(int descriptor) {
    try {
      String target =
          Files.readSymbolicLink(DESCRIPTORS.resolve(Integer.toString(descriptor))).toString();
      return target.matches("/dev/(pts/|tty|console).*");
    } catch (IOException | UnsupportedOperationException noProc) {
      return Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal).isPresent();
    }
  }

  /** Returns whether the user can see colours and wants them (no-color.org). */
  public static boolean wantsColours(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }
}
