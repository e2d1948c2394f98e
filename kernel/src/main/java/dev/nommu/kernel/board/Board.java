package dev.nommu.kernel.board;

import dev.nommu.api.AddressRange;
import dev.nommu.api.HostFailure;
import dev.nommu.devicetree.DeviceTree;
import dev.nommu.devicetree.DeviceTreeException;
import dev.nommu.devicetree.Includes;
import dev.nommu.devicetree.Node;
import dev.nommu.devicetree.Property;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A description of a machine: a value, from which any number of machines can be booted.
 *
 * @param name what the board is called in messages
 * @param tree the device tree
 * @param memory the RAM
 * @param reserved addresses that are never handed out, such as the kernel's own image
 * @param commandLine {@code bootargs}, may be empty
 * @param simulation what only a simulation needs
 */
public record Board(
    String name,
    DeviceTree tree,
    MainMemory memory,
    List<AddressRange> reserved,
    String commandLine,
    Simulation simulation) {
  /** Takes an immutable copy. */
  public Board {
    reserved = List.copyOf(reserved);
  }

  /** Returns the addresses of the RAM. */
  public AddressRange ram() {
    return memory.ram();
  }

  /**
   * Reads a board from a device tree, {@code .dts} or {@code .dtb}. Relative names of files in its
   * node {@code /nommu} are meant from the directory of the board's file.
   *
   * @param file on any file system
   * @throws BoardException if it is not there, is no device tree or does not describe a machine:
   *     where, what was expected, what was found
   */
  public static Board read(Path file) throws BoardException {
    try {
      Path directory = file.toAbsolutePath().resolveSibling("");
      return of(file.toString(), DeviceTree.read(file), directory);
    } catch (DeviceTreeException malformed) {
      throw new BoardException(String.valueOf(malformed.getMessage()), malformed);
    } catch (BoardException already) {
      throw already;
    } catch (IOException unreadable) {
      throw new BoardException(file + ": " + HostFailure.reason(unreadable), unreadable);
    }
  }

  /**
   * Makes a board from device tree source, such as a text block of a test. It includes nothing, and
   * relative names of files in its node {@code /nommu} are meant from the working directory.
   *
   * @param name of the board in messages
   * @throws BoardException if it is no device tree or does not describe a machine: where, what was
   *     expected, what was found
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
    try {
      return new Board(
          name,
          tree,
          MainMemory.read(name, tree),
          reserved(tree),
          commandLine(tree),
          new SimulationReader(directory).read(tree));
    } catch (DeviceTreeException malformed) {
      throw new BoardException(String.valueOf(malformed.getMessage()), malformed);
    }
  }

  private static List<AddressRange> reserved(DeviceTree tree) throws DeviceTreeException {
    List<dev.nommu.devicetree.AddressRange> found = new ArrayList<>(tree.memoryReservations());
    Optional<Node> node = tree.root().child("reserved-memory");
    for (Node each : node.map(Node::children).orElse(List.of())) {
      found.addAll(each.reg());
    }
    Predicate<dev.nommu.devicetree.AddressRange> notEmpty = range -> range.size() > 0;
    return found.stream()
        .filter(notEmpty)
        .map(range -> new AddressRange(range.address(), range.size()))
        .toList();
  }

  private static String commandLine(DeviceTree tree) throws DeviceTreeException {
    Optional<Property> bootargs =
        tree.root().child("chosen").flatMap(chosen -> chosen.property("bootargs"));
    return bootargs.isPresent() ? bootargs.get().asString() : "";
  }
}
