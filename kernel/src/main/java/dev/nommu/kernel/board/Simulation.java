package dev.nommu.kernel.board;

import dev.nommu.api.AddressRange;
import dev.nommu.devicetree.Location;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of a machine that a device tree cannot describe because a real one simply has them: the
 * contents of its devices, host directories, and mounts. All of it is in the node {@code /nommu}.
 *
 * @param contents the contents of the devices at power-on
 * @param hostDirectories host directories by the name they are mounted by
 * @param mounts the mounts at boot, in order
 * @param windows the names of addresses in transcripts
 * @param directory the directory against which relative file names are resolved
 */
public record Simulation(
    List<Content> contents,
    Map<String, HostDirectory> hostDirectories,
    List<MountEntry> mounts,
    List<NamedWindow> windows,
    Path directory) {
  /** Nothing but the device tree. */
  public static final Simulation NONE =
      new Simulation(List.of(), Map.of(), List.of(), List.of(), Path.of(""));

  /** Takes immutable copies. */
  public Simulation {
    contents = List.copyOf(contents);
    hostDirectories = Map.copyOf(hostDirectories);
    mounts = List.copyOf(mounts);
    windows = List.copyOf(windows);
  }

  /** Whether the writes of a session reach the host. */
  public enum Keeping {
    /** The host's file or directory is only read; a session writes to a private copy. */
    VOLATILE,
    /** Writes go to the host. */
    PERSISTENT,
    /** Nothing can be written. */
    READ_ONLY
  }

  /**
   * The content of a device.
   *
   * @param entry the path of its node, or the option of a command
   * @param location the position of the node; empty for an option
   * @param place the device
   * @param image the file with the content
   * @param keeping whether writes to the device go to the file
   */
  public record Content(
      String entry, Optional<Location> location, Place place, Path image, Keeping keeping) {
    /** Creates the content that an option gives. */
    public Content(String option, Place place, Path image, Keeping keeping) {
      this(option, Optional.empty(), place, image, keeping);
    }
  }

  /**
   * The place of an entry in a board.
   *
   * @param location the position in the source
   * @param node the path of the node
   */
  public record Origin(Location location, String node) {
    @Override
    public String toString() {
      return location + ": " + node;
    }
  }

  /** The device that a content is for. */
  public sealed interface Place {
    /** The device that this node describes. */
    record OfNode(String path) implements Place {}

    /** The memory at this address. */
    record AtAddress(long address) implements Place {}
  }

  /**
   * A host directory.
   *
   * @param directory its path
   * @param keeping whether writes to its files go to the host
   */
  public record HostDirectory(Path directory, Keeping keeping) {}

  /**
   * A line of the table of mounts, as in fstab.
   *
   * @param source what is mounted
   * @param target where; missing directories are created
   * @param type the type of file system
   * @param options comma-separated: ro, noexec, nosuid, nodev, and those of the type
   * @param origin its place in the board; empty for an option, and a table in an image
   */
  public record MountEntry(
      String source, String target, String type, String options, Optional<Origin> origin) {
    /** Creates an entry that is not from a board. */
    public MountEntry(String source, String target, String type, String options) {
      this(source, target, type, options, Optional.empty());
    }

    /** Returns this entry with its place in a board. */
    MountEntry at(Origin place) {
      return new MountEntry(source, target, type, options, Optional.of(place));
    }

    /**
     * Reads a line as in fstab(5).
     *
     * @return the mount, or empty for a comment, an empty line and swap
     * @throws IllegalArgumentException if it does not have three to six fields
     */
    public static Optional<MountEntry> ofLine(String line) {
      return Fstab.parseLine(line);
    }
  }

  /**
   * A name for addresses.
   *
   * @param name the name
   * @param range the addresses; offsets in transcripts count from its start
   */
  public record NamedWindow(String name, AddressRange range) {}
}
