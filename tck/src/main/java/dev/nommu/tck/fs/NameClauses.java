package dev.nommu.tck.fs;

import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.FileSystem;
import dev.nommu.kernel.fs.FileStatus;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The contract of listing and looking up names.
 *
 * @param place where the file system is mounted
 */
record NameClauses(Place place) {
  private static final Verdict NOT_REACHED =
      Verdict.skipped("the plugin's object is known only to the kernel");

  private static final List<String> ABSENT =
      List.of("tck-absent", "t".repeat(255), "tck absent\n", "tck-äöü", "-");

  private static final int FILES = 12;

  List<Clause> all() {
    return List.of(
        place.clause(
            "FS-01",
            "Each listed name is found, with the listed number and kind.",
            this::listedIsFound),
        place.clause("FS-01", "No name is listed twice.", this::listsOnce),
        place.clause(
            "FS-01", "A name that does not exist is absent, not an error.", this::isAbsent),
        place.change("FS-01", "Two files have different numbers.", this::numbers),
        place.clause(
            "FILE-07", "Read in pieces, a directory lists each name once.", this::readsInPieces),
        place.change(
            "FILE-07", "Names removed while a directory is read hide no others.", this::hidesNone));
  }

  private Verdict listedIsFound(Mounted mounted) throws ErrnoException {
    mounted.furnishIfWritable();
    return mounted.search((path, listed) -> {
      FileStatus found;
      try {
        found = mounted.tree().lstat(path);
      } catch (ErrnoException failure) {
        return listedWrongly(path, listed, String.valueOf(failure.getMessage()));
      }
      return found.inode() == listed.inode() && found.kind() == listed.kind()
          ? Verdict.HELD
          : listedWrongly(path, listed, "inode %d, %s".formatted(found.inode(), found.kind()));
    });
  }

  private static Verdict listedWrongly(String path, DirectoryEntry listed, String found) {
    return Verdict.broken(
        "%s: lstat finds %s".formatted(path, found),
        "%s, as entries lists it".formatted(listed),
        "use the same names in lookup and entries of the directory");
  }

  private Verdict listsOnce(Mounted mounted) throws ErrnoException {
    mounted.furnishIfWritable();
    Optional<FileSystem> plugins = mounted.plugins();
    if (plugins.isEmpty()) {
      return NOT_REACHED;
    }
    for (Directory directory : mounted.directories(plugins.get())) {
      Set<String> seen = new HashSet<>();
      for (DirectoryEntry each : directory.entries()) {
        if (!seen.add(each.name())) {
          return Verdict.broken(
              "%s.entries lists \"%s\"".formatted(directory.getClass().getName(), each.name()),
              "each name once",
              "omit it from entries");
        }
      }
    }
    return Verdict.HELD;
  }

  private Verdict isAbsent(Mounted mounted) {
    Optional<FileSystem> plugins = mounted.plugins();
    if (plugins.isEmpty()) {
      return NOT_REACHED;
    }
    Directory root = plugins.get().root();
    return ABSENT.stream()
        .map(name -> isAbsent(root, name))
        .filter(Verdict.Broken.class::isInstance)
        .findFirst()
        .orElse(Verdict.HELD);
  }

  private static Verdict isAbsent(Directory root, String name) {
    try {
      return root.lookup(name)
          .map(found -> absentWrongly(root, name, "returned " + FileKind.of(found)))
          .orElse(Verdict.HELD);
    } catch (ErrnoException failure) {
      return failure.errno() == Errno.ENAMETOOLONG
          ? Verdict.HELD
          : absentWrongly(root, name, "threw " + failure.getMessage());
    }
  }

  private static Verdict absentWrongly(Directory root, String name, String did) {
    return Verdict.broken(
        "%s.lookup(\"%s\") %s".formatted(root.getClass().getName(), name, did),
        "Optional.empty()",
        "return Optional.empty() for a name that does not exist; throw only failures of the store");
  }

  private Verdict numbers(Mounted mounted) throws ErrnoException {
    mounted.furnish(2);
    long one = mounted.tree().lstat(mounted.made("file-00")).inode();
    long other = mounted.tree().lstat(mounted.made("file-01")).inode();
    return one != other
        ? Verdict.HELD
        : Verdict.broken(
            "file-00 and file-01 both have the inode number " + one,
            "different numbers: two inodes with one number are one file (SHARE-01)",
            "give each new inode a unique number");
  }

  private Verdict readsInPieces(Mounted mounted) throws ErrnoException {
    if (mounted.isWritable()) {
      mounted.furnish(FILES);
    }
    Verdict ofRoot = readsInPieces(mounted, mounted.entry().target());
    return ofRoot.equals(Verdict.HELD)
        ? mounted.search((path, listed) ->
            listed.kind() == FileKind.DIRECTORY ? readsInPieces(mounted, path) : Verdict.HELD)
        : ofRoot;
  }

  private static Verdict readsInPieces(Mounted mounted, String directory) throws ErrnoException {
    List<String> listed =
        mounted.tree().list(directory).stream().map(DirectoryEntry::name).sorted().toList();
    List<String> read = DirectoryPieces.of(mounted, directory).rest(listed.size() + 1);
    return read.stream().sorted().toList().equals(listed)
        ? Verdict.HELD
        : Verdict.broken(
            "%s read in pieces gives %s".formatted(directory, read),
            "%s, in any order, as entries lists them".formatted(listed),
            "set the position after each entry of entries(position, limit) with withNext");
  }

  private Verdict hidesNone(Mounted mounted) throws ErrnoException {
    mounted.furnish(FILES);
    DirectoryPieces pieces = DirectoryPieces.of(mounted, mounted.path(Mounted.FOLDER));
    List<String> first = pieces.next();
    for (String name : first) {
      mounted.tree().unlink(mounted.made(name));
    }
    List<String> rest = pieces.rest(FILES).stream().sorted().toList();
    List<String> remaining =
        mounted.tree().list(mounted.path(Mounted.FOLDER)).stream()
            .map(DirectoryEntry::name)
            .sorted()
            .toList();
    return rest.equals(remaining)
        ? Verdict.HELD
        : Verdict.broken(
            "after %s were read and removed, reading continued with %s".formatted(first, rest),
            "%s, which exist before and after".formatted(remaining),
            "use positions that do not change when other names are removed, such as hashes or"
                + " offsets");
  }
}
