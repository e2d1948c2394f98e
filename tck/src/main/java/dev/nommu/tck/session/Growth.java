package dev.nommu.tck.session;

import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.kernel.board.Simulation.MountEntry;
import dev.nommu.kernel.fs.MountFlag;
import dev.nommu.tck.Trial;
import dev.nommu.tck.session.Targets.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The names of a mounted file system that exist, or can be created.
 *
 * @param trial a machine on which it is mounted
 * @param mount how it is mounted
 */
record Growth(Trial trial, MountEntry mount) {
  private static final int MOST_DIRECTORIES = 5;
  private static final int MOST_LISTED = 100;
  private static final int MOST_FILES = 8;
  private static final int PERMISSIONS = 0755;

  /** Matches names that need no escape in a scenario. */
  private static final Predicate<String> PLAIN =
      Pattern.compile("[-+.,=@:/\\w]*").asMatchPredicate();

  /** Returns its names; empty if sessions can use none. */
  Optional<Tree> tree() {
    if (!PLAIN.test(mount.source()) || !PLAIN.test(mount.target())) {
      return Optional.empty();
    }
    if (isReadOnly()) {
      return Optional.of(listed());
    }
    String root = below(mount.target(), "session");
    return Optional.of(isMade(root) ? madeBelow(root) : flat());
  }

  private static String below(String directory, String name) {
    return directory.endsWith("/") ? directory + name : directory + "/" + name;
  }

  private boolean isReadOnly() {
    return trial.machine().mounts().stream()
        .filter(each -> each.path().equals(mount.target()))
        .anyMatch(each -> each.has(MountFlag.READ_ONLY));
  }

  private boolean isMade(String directory) {
    try {
      trial.task().tree().mkdir(directory, PERMISSIONS);
      return true;
    } catch (ErrnoException impossible) {
      return false;
    }
  }

  /** Existing files are left alone: all names are in a separate directory. */
  private Tree madeBelow(String root) {
    List<String> directories = List.of(root, root + "/a", root + "/b", root + "/a/c");
    List<String> files =
        List.of(root + "/x", root + "/y", root + "/a/x", root + "/b/x", root + "/a/c/x");
    return new Tree(mount, directories, files, directories.subList(0, 3));
  }

  /** For file systems without mkdir. */
  private Tree flat() {
    String top = mount.target();
    List<String> files = List.of(below(top, "session-x"), below(top, "session-y"));
    return new Tree(mount, List.of(top), files, List.of());
  }

  private Tree listed() {
    List<String> directories = new ArrayList<>(List.of(mount.target()));
    List<String> files = new ArrayList<>();
    for (int at = 0; at < Math.min(directories.size(), MOST_LISTED); at++) {
      for (DirectoryEntry entry : entries(directories.get(at))) {
        String path = below(directories.get(at), entry.name());
        if (PLAIN.test(path)) {
          (entry.kind() == FileKind.DIRECTORY ? directories : files).add(path);
        }
      }
    }
    return new Tree(
        mount, first(MOST_DIRECTORIES, directories), first(MOST_FILES, files), List.of());
  }

  private static List<String> first(int most, List<String> all) {
    return all.subList(0, Math.min(most, all.size()));
  }

  private List<DirectoryEntry> entries(String directory) {
    try {
      return trial.task().tree().list(directory);
    } catch (ErrnoException unlisted) {
      return List.of();
    }
  }
}
