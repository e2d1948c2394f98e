package dev.nommu.cli.board;

import dev.nommu.api.Profile;
import dev.nommu.kernel.board.BoardException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which machine, under which rules: options that all commands have. */
public final class BoardOptions {
  @Option(
      names = "--board",
      paramLabel = "FILE",
      description = {
        "The machine: a device tree, .dts or .dtb, that may have been made for Linux.",
        "Without it: a board that is built in and needs nothing from the host."
      })
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      converter = ProfileConverter.class,
      completionCandidates = ProfileConverter.class,
      defaultValue = "document",
      description = {
        "Which rules hold where nommu-mmap.txt and Linux 6.12 disagree:",
        "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}."
      })
  private Profile profile = Profile.DOCUMENT;

  @Option(
      names = "--sysctl",
      paramLabel = "NAME=VALUE",
      description = {
        "Set this after booting, as sysctl(8) does: vm.nr_trim_pages=0. Can be given several times."
      })
  private Map<String, String> sysctls = Map.of();

  /** Creates the options as they are without arguments. */
  public BoardOptions() {}

  /**
   * Reads the board.
   *
   * @throws BoardException if it is not there or cannot be understood
   */
  public OpenBoard open() throws BoardException {
    OpenBoard open =
        file.isPresent() ? OpenBoard.read(file.get(), profile) : OpenBoard.builtIn(profile);
    return open.withSysctls(sysctls);
  }
}
