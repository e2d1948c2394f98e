package dev.nommu.cli.board;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.AddressRange;
import dev.nommu.api.HostFailure;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.cramfs.CramfsOptions;
import dev.nommu.cramfs.CramfsWriter;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.Simulation;
import dev.nommu.kernel.board.Simulation.Content;
import dev.nommu.kernel.board.Simulation.Keeping;
import dev.nommu.kernel.board.Simulation.Place;
import dev.nommu.kernel.fs.StoreNode;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A host directory as the root of a board: a cramfs of it in the board's flash, with uncompressed
 * files, which are mapped and executed in place.
 *
 * @param directory the directory
 */
record FlashRoot(Path directory) {
  private static final String OPTION = "--root";
  private static final List<String> USUAL_NAMES = List.of("mtd:rootfs", "mtd:root");

  /** The place of the cramfs. */
  private record Flash(String name, AddressRange range) {
    static Optional<Flash> of(StoreNode store) {
      return store.names().stream()
          .reduce((before, last) -> last)
          .flatMap(name -> store.range().map(range -> new Flash(name, range)));
    }
  }

  /**
   * Returns a board with this root: in the MTD {@code rootfs} or {@code root}, else in the first
   * that has addresses.
   *
   * @param open closed with it, also on failure
   * @throws CommandException if the directory does not exist, or the board has no flash large
   *     enough
   */
  OpenBoard on(OpenBoard open) throws CommandException, IOException, InterruptedException {
    FileSystem files = Jimfs.newFileSystem(Configuration.unix());
    try {
      if (!Files.isDirectory(directory)) {
        throw wrong(ExitCode.USAGE, "expected a directory, found none");
      }
      Path image = files.getPath("/root.cramfs");
      write(image);
      Board board = board(open.board(), flash(open, Files.size(image)), image);
      return new OpenBoard(
          board,
          open.machines(),
          () -> {
            files.close();
            open.close();
          });
    } catch (Throwable failure) {
      files.close();
      open.close();
      throw failure;
    }
  }

  private void write(Path image) throws CommandException {
    try {
      CramfsWriter.write(directory, image, CramfsOptions.DEFAULT.withInPlace(file -> true));
    } catch (IOException failure) {
      throw wrong(ExitCode.FAILED, HostFailure.reason(failure));
    }
  }

  /** The flash of a board, with its partitions, is only known once it has booted. */
  private Flash flash(OpenBoard open, long size)
      throws CommandException, IOException, InterruptedException {
    List<StoreNode> stores = new ArrayList<>();
    open.work(machine -> stores.addAll(machine.stores()));
    Flash flash =
        USUAL_NAMES.stream()
            .flatMap(name -> stores.stream().filter(store -> store.names().contains(name)))
            .flatMap(store -> Flash.of(store).stream())
            .findFirst()
            .or(() -> stores.stream().flatMap(store -> Flash.of(store).stream()).findFirst())
            .orElseThrow(() ->
                wrong(ExitCode.USAGE, open.board().name() + " has no flash that can be mapped"));
    if (size > flash.range.length()) {
      throw wrong(
          ExitCode.USAGE,
          "its cramfs has %d bytes, %s of %s has %d"
              .formatted(size, flash.name, open.board().name(), flash.range.length()));
    }
    return flash;
  }

  private static Board board(Board board, Flash flash, Path image) {
    Simulation simulation = board.simulation();
    List<Content> contents = new ArrayList<>(simulation.contents());
    Place place = new Place.AtAddress(flash.range.start());
    contents.add(new Content(OPTION, place, image, Keeping.VOLATILE));
    String arguments = "root=%s rootfstype=cramfs".formatted(flash.name);
    return board
        .withParameters(arguments)
        .withSimulation(
            new Simulation(
                contents,
                simulation.hostDirectories(),
                simulation.mounts(),
                simulation.windows(),
                simulation.directory()));
  }

  private CommandException wrong(int exitCode, String reason) {
    return new CommandException(exitCode, "nommu: %s %s: %s".formatted(OPTION, directory, reason));
  }
}
