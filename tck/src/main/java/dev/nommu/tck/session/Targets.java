package dev.nommu.tck.session;

import dev.nommu.api.IoctlCommand;
import dev.nommu.api.Profile;
import dev.nommu.api.UapiHeader;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.board.Simulation.MountEntry;
import dev.nommu.kernel.path.PluginPath;
import dev.nommu.tck.Setting;
import dev.nommu.tck.Setting.Memory;
import dev.nommu.tck.Setting.Reach;
import dev.nommu.tck.Subject;
import dev.nommu.tck.Trial;
import dev.nommu.tck.interpose.Recorder.Call;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The devices and mounts that sessions use. Immutable.
 *
 * @param devices the paths to open
 * @param requests the numbers of ioctls to try
 * @param trees the mounted file systems
 */
public record Targets(List<String> devices, List<Integer> requests, List<Tree> trees) {
  private static final Setting SETTING =
      new Setting(Profile.DOCUMENT, Reach.FORWARDED, Memory.AS_GIVEN);
  private static final List<String> REGISTERING =
      List.of("registerCharacterDevice", "registerBlockDevice");

  /** Takes immutable copies. */
  public Targets {
    devices = List.copyOf(devices);
    requests = List.copyOf(requests);
    trees = List.copyOf(trees);
  }

  /**
   * A mounted file system and names to try in it, some of which may exist.
   *
   * @param mount how it is mounted
   * @param directories paths of directories, at least one
   * @param files paths of files other than directories
   * @param made the directories that each session creates first
   */
  public record Tree(
      MountEntry mount, List<String> directories, List<String> files, List<String> made) {
    /** Takes immutable copies. */
    public Tree {
      made = List.copyOf(made);
      directories = List.copyOf(directories);
      files = List.copyOf(files);
      if (directories.isEmpty()) {
        throw new IllegalArgumentException("tree: expected a directory, found none");
      }
    }
  }

  /** Returns devices alone, with the ioctls of the headers on the path of the kernel. */
  public static Targets ofDevices(List<String> devices) {
    return new Targets(devices, requests(PluginPath.standard()), List.of());
  }

  /**
   * Returns the targets of a subject: the devices that it registers, and the mounts of its board.
   *
   * @throws BoardException if the subject does not boot
   */
  public static Targets of(Subject subject) throws BoardException {
    try (Trial trial = subject.boot(SETTING)) {
      List<String> devices =
          trial.recorder().calls().stream()
              .filter(call -> REGISTERING.stream().anyMatch(call::is))
              .filter(call -> call.thrown().isEmpty())
              .map(Targets::device)
              .toList();
      List<Tree> trees =
          subject.board().simulation().mounts().stream()
              .map(mount -> new Growth(trial, mount))
              .flatMap(growth -> growth.tree().stream())
              .toList();
      return new Targets(devices, requests(PluginPath.standard()), trees);
    }
  }

  private static String device(Call call) {
    Object name = call.answer() == null ? call.asked().arguments().getFirst() : call.answer();
    return "/dev/" + Objects.requireNonNull(name);
  }

  /** Returns a copy with the ioctls of the headers on a path. */
  public Targets with(PluginPath path) {
    return new Targets(devices, requests(path), trees);
  }

  /** A header that cannot be created, or fails, has none. */
  private static List<Integer> requests(PluginPath path) {
    return path.find(UapiHeader.class).stream()
        .flatMap(Targets::ioctls)
        .map(IoctlCommand::number)
        .distinct()
        .toList();
  }

  private static Stream<IoctlCommand> ioctls(Supplier<UapiHeader> header) {
    try {
      return List.copyOf(header.get().ioctls()).stream();
    } catch (RuntimeException | Error broken) {
      return Stream.empty();
    }
  }

  /** Returns all paths that can be opened as a file. */
  public List<String> opened() {
    return Stream.concat(devices.stream(), trees.stream().flatMap(tree -> tree.files().stream()))
        .toList();
  }
}
