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

/** The machine and its rules: options common to all commands. */
public final class BoardOptions {
  @Option(
      names = "--board",
      paramLabel = "FILE",
      description = {
        "The machine: a device tree, .dts or .dtb, possibly made for Linux.",
        "Default: a built-in board that needs nothing from the host."
      })
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--overlay",
      paramLabel = "FILE",
      description = {
        "A device tree overlay, .dts with /plugin/ or .dtbo, to apply to the board's tree.",
        "Can be given several times; each may refer to nodes added by earlier ones."
      })
  private List<Path> overlays = List.of();

  @Option(
      names = "--memory",
      paramLabel = "SIZE[@ADDRESS]",
      converter = MemoryConverter.class,
      description = {
        "The RAM, replacing that of the device tree, as a boot loader would:",
        "8M, 1G@0x80000000. Given several times: several banks."
      })
  private List<BootLoader.Memory> memory = List.of();

  @Option(
      names = "--bootargs",
      paramLabel = "ARGUMENTS",
      description = "The kernel's command line, replacing bootargs in /chosen of the device tree.")
  private Optional<String> bootArguments = Optional.empty();

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = {
        "Boot into a cramfs of this directory in the board's flash: in the partition",
        "rootfs or root, else at the start of the first MTD. Nothing is written back."
      })
  private Optional<Path> root = Optional.empty();

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      converter = ProfileConverter.class,
      completionCandidates = ProfileConverter.class,
      defaultValue = "document",
      description = {
        "The rules that apply where nommu-mmap.txt and Linux 6.12 disagree:",
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

  /** Creates the options with their defaults. */
  public BoardOptions() {}

  /**
   * Finds the plugins and reads the board.
   *
   * @param console receives a line for each unusable plugin
   * @throws BoardException if the board does not exist or is invalid
   * @throws CommandException if the plugins do not exist, or the root cannot be created
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
