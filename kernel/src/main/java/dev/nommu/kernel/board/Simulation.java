package dev.nommu.kernel.board;

import dev.nommu.api.AddressRange;
import dev.nommu.devicetree.Location;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Those parts of a machine that a device tree cannot describe because a real one simply has them:
 * the content of its parts, directories of the host, and what is mounted. All of it stands in the
 * node {@code /nommu}.
 *
 * @param contents what is in the parts when the power comes on
 * @param hostDirectories directories of the host by the name they are mounted by
 * @param mounts what is mounted at boot, in order
 * @param windows the names of addresses in transcripts
 * @param directory from where relative names of files are meant
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

  /** Whether what a session writes reaches the host. */
  public enum Keeping {
    /** The host's file or directory is only read; a session writes to a copy of its own. */
    VOLATILE,
    /** Writes go to the host. */
    PERSISTENT,
    /** Nothing can be written. */
    READ_ONLY
  }

  /**
   * The content of a part.
   *
   * @param entry the path of the node that says so, or the option of a command
   * @param location where the node stands; empty for an option
   * @param place which part
   * @param image the file with the content
   * @param keeping whether what is written to the part goes to the file
   */
  public record Content(
      String entry, Optional<Location> location, Place place, Path image, Keeping keeping) {
    /** Makes what an option says. */
    public Content(String option, Place place, Path image, Keeping keeping) {
      this(option, Optional.empty(), place, image, keeping);
    }
  }

  /**
   * Where a board says something.
   *
   * @param location where it stands
   * @param node the path of the node
   */
  public record Origin(Location location, String node) {
    @Override
    public String toString() {
      return location + ": " + node;
    }
  }

  /** Which part a content is for. */
  public sealed interface Place {
    /** The device that this node describes. */
    record OfNode(String path) implements Place {}

    /** The memory at this address. */
    record AtAddress(long address) implements Place {}
  }

  /**
   * A directory of the host.
   *
   * @param directory where it is
   * @param keeping whether what is written to its files goes to the host
   */
  public record HostDirectory(Path directory, Keeping keeping) {}

  /**
   * A line of the table of mounts, as in fstab.
   *
   * @param source what is mounted
   * @param target where; directories on the way are made
   * @param type the type of file system
   * @param options comma-separated: ro, noexec, nosuid, nodev, and what the type understands
   * @param origin where a board says it; empty for an option, and a table in an image
   */
  public record MountEntry(
      String source, String target, String type, String options, Optional<Origin> origin) {
    /** Makes an entry that no board says. */
    public MountEntry(String source, String target, String type, String options) {
      this(source, target, type, options, Optional.empty());
    }

    /** Returns it with where a board says it. */
    MountEntry at(Origin place) {
      return new MountEntry(source, target, type, options, Optional.of(place));
    }

    /**
     * Reads a line as in fstab(5).
     *
     * @return what is to be mounted, or empty for a comment, an empty line and swap
     * @throws IllegalArgumentException if it has not three to six fields
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
