package dev.nommu.cli.board;

import dev.nommu.api.Profile;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.option.Assignment;
import dev.nommu.cli.plugin.PluginOptions;
import dev.nommu.devicetree.DeviceTree;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.board.BootLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
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
      names = "--overlay",
      paramLabel = "FILE",
      description = {
        "A device tree overlay, .dts with /plugin/ or .dtbo, that is added to the board's tree.",
        "Can be given several times; each may name what the ones before it have added."
      })
  private List<Path> overlays = List.of();

  @Option(
      names = "--memory",
      paramLabel = "SIZE[@ADDRESS]",
      converter = MemoryConverter.class,
      description = {
        "The RAM, in the place of what the device tree says, as a boot loader fills it in:",
        "8M, 1G@0x80000000. Given several times: several banks."
      })
  private List<BootLoader.Memory> memory = List.of();

  @Option(
      names = "--bootargs",
      paramLabel = "ARGUMENTS",
      description =
          "The kernel's command line, in the place of bootargs in /chosen of the device tree.")
  private Optional<String> bootArguments = Optional.empty();

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = {
        "Boot into a cramfs of this directory, which lies in the board's flash: in the partition",
        "rootfs or root, else at the start of the first MTD. The session writes none of it back."
      })
  private Optional<Path> root = Optional.empty();

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
      converter = Assignment.Converter.class,
      description = {
        "Set this after booting, as sysctl(8) does: vm.nr_trim_pages=0. Can be given several times."
      })
  private List<Assignment> sysctls = List.of();

  @Mixin private final PluginOptions plugins = new PluginOptions();

  /** Creates the options as they are without arguments. */
  public BoardOptions() {}

  /**
   * Finds the plugins and reads the board.
   *
   * @param console receives a line for each plugin that cannot be used
   * @throws BoardException if the board is not there or cannot be understood
   * @throws CommandException if the plugins are not there, or the root cannot be made
   */
  public OpenBoard open(Console console)
      throws CommandException, IOException, InterruptedException {
    Machines machines = new Machines(plugins.open(console), profile, Assignment.byName(sysctls));
    BootLoader loader = new BootLoader(memory, bootArguments, overlays());
    OpenBoard open =
        file.isPresent()
            ? OpenBoard.read(file.get(), loader, machines)
            : OpenBoard.builtIn(loader, machines);
    return root.isPresent() ? new FlashRoot(root.get()).on(open) : open;
  }

  private List<DeviceTree> overlays() throws BoardException {
    List<DeviceTree> trees = new ArrayList<>();
    for (Path overlay : overlays) {
      trees.add(BootLoader.readOverlay(overlay));
    }
    return trees;
  }
}
