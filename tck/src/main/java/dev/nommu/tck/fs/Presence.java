package dev.nommu.tck.fs;

import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.Inode;
import dev.nommu.tck.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * The names in a directory: as listed, as found by the kernel, which may have cached them, and as
 * found by the plugin.
 *
 * @param mounted the file system
 * @param path of the directory
 * @param listed its names, in order
 * @param plugins the plugin's object, if known
 */
record Presence(Mounted mounted, String path, List<String> listed, Optional<Directory> plugins) {
  static Presence in(Mounted mounted, String path) throws ErrnoException {
    List<String> listed = mounted.tree().list(path).stream().map(DirectoryEntry::name).toList();
    return new Presence(mounted, path, listed, plugins(mounted, path));
  }

  private static Optional<Directory> plugins(Mounted mounted, String path) throws ErrnoException {
    Optional<FileSystem> plugins = mounted.plugins();
    if (plugins.isEmpty()) {
      return Optional.empty();
    }
    Optional<Inode> at = Optional.of(plugins.get().root());
    for (String name : path.substring(mounted.path("").length()).split("/", -1)) {
      at = at.orElse(null) instanceof Directory in ? in.lookup(name) : Optional.empty();
    }
    return at.filter(Directory.class::isInstance).map(Directory.class::cast);
  }

  /** Returns that these names exist and these do not, or the first difference. */
  Verdict expect(List<String> there, List<String> gone, String remedy) throws ErrnoException {
    for (String name : there) {
      if (!(isFound(name) && isListedOnce(name))) {
        return broken(name, "found, and listed once", remedy);
      }
    }
    for (String name : gone) {
      if (isKnown(name) || listed.contains(name)) {
        return broken(name, "neither found nor listed", remedy);
      }
    }
    return Verdict.HELD;
  }

  private boolean isListedOnce(String name) {
    return listed.stream().filter(name::equals).count() == 1;
  }

  private boolean isFound(String name) throws ErrnoException {
    return isFoundByKernel(name) && (plugins.isEmpty() || isFoundByPlugin(name));
  }

  private boolean isKnown(String name) throws ErrnoException {
    return isFoundByKernel(name) || isFoundByPlugin(name);
  }

  private boolean isFoundByPlugin(String name) throws ErrnoException {
    return plugins.isPresent() && plugins.get().lookup(name).isPresent();
  }

  private boolean isFoundByKernel(String name) throws ErrnoException {
    try {
      mounted.tree().lstat(path + "/" + name);
      return true;
    } catch (ErrnoException failure) {
      if (failure.errno() == Errno.ENOENT) {
        return false;
      }
      throw failure;
    }
  }

  private Verdict broken(String name, String expected, String remedy) throws ErrnoException {
    return Verdict.broken(
        "%s: \"%s\" is %s, and %s lists %s"
            .formatted(path, name, isKnown(name) ? "found" : "not found", "the directory", listed),
        "\"%s\" is %s".formatted(name, expected),
        remedy);
  }
}
