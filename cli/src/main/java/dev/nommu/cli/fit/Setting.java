package dev.nommu.cli.fit;

import dev.nommu.api.AddressRange;
import dev.nommu.cli.board.Machines;
import dev.nommu.cli.board.OpenBoard;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.Simulation;
import dev.nommu.kernel.board.Simulation.Content;
import dev.nommu.kernel.board.Simulation.Keeping;
import dev.nommu.kernel.board.Simulation.MountEntry;
import dev.nommu.kernel.board.Simulation.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Boards that differ from the user's in one point.
 *
 * @param open the user's
 */
record Setting(OpenBoard open) {
  private static final String NAME = "fit-programs";

  /** Returns it with a range of its RAM that is never handed out. */
  Setting reserving(AddressRange range) {
    return with(open.board().reserving(range));
  }

  /**
   * Returns it with memory outside its RAM that is mounted as a romfs.
   *
   * @param range unused addresses, whole pages
   * @param image not larger than the range
   * @param directory the mount point
   */
  Setting withRomfs(AddressRange range, Path image, String directory) {
    Board board = open.board();
    Simulation simulation = board.simulation();
    List<Content> contents = new ArrayList<>(simulation.contents());
    contents.add(new Content(NAME, new Place.AtAddress(range.start()), image, Keeping.VOLATILE));
    List<MountEntry> mounts = new ArrayList<>(simulation.mounts());
    mounts.add(new MountEntry("mtd:" + NAME, directory, "romfs", "ro"));
    String parameter = "phram.phram=%s,0x%x,0x%x".formatted(NAME, range.start(), range.length());
    return with(
        board
            .withParameters(parameter)
            .withSimulation(
                new Simulation(
                    contents,
                    simulation.hostDirectories(),
                    mounts,
                    simulation.windows(),
                    simulation.directory())));
  }

  private Setting with(Board board) {
    return new Setting(new OpenBoard(board, open.machines(), () -> {}));
  }

  /** Returns it with a setting of the running kernel. */
  Setting with(String sysctl, String value) {
    Machines machines = open.machines();
    Map<String, String> sysctls = new HashMap<>(machines.sysctls());
    sysctls.put(sysctl, value);
    return new Setting(
        new OpenBoard(
            open.board(),
            new Machines(machines.plugins(), machines.profile(), Map.copyOf(sysctls)),
            () -> {}));
  }
}
