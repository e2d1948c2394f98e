package dev.nommu.kernel.board;

import dev.nommu.api.AddressRange;
import dev.nommu.api.HostFailure;
import dev.nommu.devicetree.DeviceTree;
import dev.nommu.devicetree.DeviceTreeException;
import dev.nommu.devicetree.Includes;
import dev.nommu.devicetree.Property;
import dev.nommu.kernel.cmdline.KernelParameters;
import dev.nommu.kernel.memory.Ram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A description of a machine: a value, from which any number of machines can be booted.
 *
 * @param name the board's name in messages
 * @param tree the device tree
 * @param memory the RAM, and the parts of it that are never handed out, such as the kernel image
 * @param commandLine {@code bootargs}, may be empty
 * @param simulation the additions that only a simulation needs
 */
public record Board(
    String name, DeviceTree tree, MainMemory memory, String commandLine, Simulation simulation) {
  /** Returns the addresses of the RAM. */
  public Ram ram() {
    return memory.ram();
  }

  /** Returns addresses that are never handed out. */
  public List<AddressRange> reserved() {
    return memory.reserved();
  }

  /** Returns this board with a range of its RAM that is never handed out. */
  public Board reserving(AddressRange range) {
    return new Board(name, tree, memory.reserving(range), commandLine, simulation);
  }

  /** Returns this board with other RAM. */
  public Board withRam(Ram ram) {
    return new Board(name, tree, memory.withRam(ram), commandLine, simulation);
  }

  /**
   * Returns this board with parameters added to the kernel's command line: after the existing ones,
   * which they override, and before the arguments for init.
   *
   * @param more such as {@code "root=/dev/vda ro"}
   */
  public Board withParameters(String more) {
    return new Board(name, tree, memory, KernelParameters.append(commandLine, more), simulation);
  }

  /** Returns this board with another node {@code /nommu}. */
  public Board withSimulation(Simulation other) {
    return new Board(name, tree, memory, commandLine, other);
  }

  /**
   * Reads a board from a device tree, {@code .dts} or {@code .dtb}. Relative file names in its node
   * {@code /nommu} are resolved against the directory of the board's file.
   *
   * @param file on any file system
   * @throws BoardException if it does not exist, is not a device tree or does not describe a
   *     machine: where, what was expected, what was found
   */
  public static Board read(Path file) throws BoardException {
    return read(file, BootLoader.NONE);
  }

  /**
   * Reads a board as above.
   *
   * @param loader what a boot loader would write into the tree
   * @throws BoardException as above
   */
  public static Board read(Path file, BootLoader loader) throws BoardException {
    try {
      Path directory = file.toAbsolutePath().resolveSibling("");
      return of(file.toString(), DeviceTree.read(file), directory, loader);
    } catch (DeviceTreeException malformed) {
      throw new BoardException(String.valueOf(malformed.getMessage()), malformed);
    } catch (BoardException already) {
      throw already;
    } catch (IOException unreadable) {
      throw new BoardException(file + ": " + HostFailure.reason(unreadable), unreadable);
    }
  }

  /**
   * Makes a board from device tree source, such as a text block of a test. It cannot include files,
   * and relative file names in its node {@code /nommu} are resolved against the working directory.
   *
   * @param name of the board in messages
   * @throws BoardException if it is not a device tree or does not describe a machine: where, what
   *     was expected, what was found
   */
  public static Board parse(String name, String source) throws BoardException {
    return parse(name, source, Path.of(""));
  }

  /**
   * Makes a board from device tree source as above.
   *
   * @param directory from where relative names of files are meant
   * @throws BoardException as above
   */
  public static Board parse(String name, String source, Path directory) throws BoardException {
    try {
      return of(name, DeviceTree.parseDts(source, name, Includes.none()), directory);
    } catch (DeviceTreeException malformed) {
      throw new BoardException(String.valueOf(malformed.getMessage()), malformed);
    }
  }

  /**
   * Makes a board from a device tree.
   *
   * @param directory from where relative names of files are meant
   * @throws BoardException if the tree does not describe a machine
   */
  public static Board of(String name, DeviceTree tree, Path directory) throws BoardException {
    return of(name, tree, directory, BootLoader.NONE);
  }

  /**
   * Makes a board from a device tree as above.
   *
   * @param base the tree, to which overlays of the boot loader are added
   * @param loader what a boot loader would write into the tree
   * @throws BoardException as above
   */
  public static Board of(String name, DeviceTree base, Path directory, BootLoader loader)
      throws BoardException {
    try {
      DeviceTree tree = loader.overlay(base);
      String commandLine = loader.bootArgs().isPresent() ? loader.bootArgs().get() : bootArgs(tree);
      return new Board(
          name,
          tree,
          new MemoryReader(name, tree, loader).read(commandLine),
          commandLine,
          new SimulationReader(directory).read(tree));
    } catch (DeviceTreeException malformed) {
      throw new BoardException(String.valueOf(malformed.getMessage()), malformed);
    }
  }

  /**
   * Returns this board with an overlay, as on a running machine: RAM and command line stay
   * unchanged.
   *
   * @throws BoardException if the overlay does not fit: where, what was expected, what was found
   */
  public Board withOverlay(DeviceTree overlay) throws BoardException {
    try {
      DeviceTree whole = tree.withOverlay(overlay);
      Simulation changed = new SimulationReader(simulation.directory()).read(whole);
      return new Board(name, whole, memory, commandLine, changed);
    } catch (DeviceTreeException malformed) {
      throw new BoardException(String.valueOf(malformed.getMessage()), malformed);
    }
  }

  private static String bootArgs(DeviceTree tree) throws DeviceTreeException {
    Optional<Property> bootargs =
        tree.root().child("chosen").flatMap(chosen -> chosen.property("bootargs"));
    return bootargs.isPresent() ? bootargs.get().asString() : "";
  }
}
