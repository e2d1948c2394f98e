package dev.nommu.tck.fs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.fs.MountFlag;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Verdict;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The contract of mounts and unmounts.
 *
 * @param place where the file system is mounted
 */
record MountClauses(Place place) {
  private static final String ELSEWHERE = "/tck-elsewhere";
  private static final String UNKNOWN = "tck-unknown=1";

  List<Clause> all() {
    return List.of(
        place.clause("FS-09", "Unmounted, it frees every page.", this::givesBack),
        place.clause(
            "FS-09", "Mounted again, it has its last or its initial contents.", this::again),
        place.clause(
            "FS-09",
            "Of two mounts at once, each remains when the other is removed.",
            this::twoAtOnce),
        place.clause("OPT-02", "Mounted read-only, it has the same contents.", this::readOnly),
        place.clause("OPT-01", "An unknown option fails with EINVAL.", this::unknown),
        place.clause("PLUGIN-01", "No call returns an impossible answer.", this::whatCanBe));
  }

  private Verdict givesBack(Mounted mounted) throws ErrnoException {
    mounted.umount();
    long before = round(mounted);
    long after = round(mounted);
    Optional<String> fault = mounted.fault();
    if (fault.isPresent()) {
      return Verdict.broken(
          fault.get(),
          "a successful mount and unmount",
          "throw nothing but ErrnoException in close");
    }
    return before == after
        ? Verdict.HELD
        : Verdict.broken(
            "%d more pages of RAM are in use after it was mounted and unmounted"
                .formatted(before - after),
            "as many free pages as the time before",
            "release all resources in FileSystem.close");
  }

  /** Returns how many pages are free after a mount and unmount. */
  private static long round(Mounted mounted) throws ErrnoException {
    mounted.mount();
    mounted.furnishIfWritable();
    shown(mounted);
    mounted.umount();
    return mounted.trial().machine().freePages();
  }

  /** Returns all paths with the kind and the contents of their files. */
  private static Map<String, String> shown(Mounted mounted) throws ErrnoException {
    Map<String, String> shown = new TreeMap<>();
    mounted.search((path, listed) -> {
      String content =
          switch (listed.kind()) {
            case REGULAR -> HexFormat.of().formatHex(mounted.read(path));
            case SYMBOLIC_LINK -> mounted.tree().readlink(path);
            default -> "";
          };
      shown.put(path.substring(mounted.entry().target().length()), listed.kind() + content);
      return Verdict.HELD;
    });
    return shown;
  }

  private Verdict again(Mounted mounted) throws ErrnoException {
    Map<String, String> first = shown(mounted);
    mounted.furnishIfWritable();
    Map<String, String> last = shown(mounted);
    mounted.umount();
    mounted.mount();
    Map<String, String> found = shown(mounted);
    return found.equals(last) || found.equals(first)
        ? Verdict.HELD
        : Verdict.broken(
            differences(last, found),
            "its last or its initial contents",
            "read the store in mount, and start empty if there is no store");
  }

  private static String differences(Map<String, String> expected, Map<String, String> found) {
    Set<String> paths = new TreeSet<>(expected.keySet());
    paths.addAll(found.keySet());
    paths.removeIf(path ->
        Optional.ofNullable(expected.get(path)).equals(Optional.ofNullable(found.get(path))));
    return "other names or contents: %s".formatted(paths);
  }

  private Verdict twoAtOnce(Mounted mounted) throws ErrnoException {
    if (mounted.entry().target().equals("/")) {
      return Verdict.skipped("it is the root, where no second mount point is created");
    }
    mounted.furnishIfWritable();
    Map<String, String> expected = shown(mounted);
    mounted.tree().mkdir(ELSEWHERE, 0755);
    mounted.mount(ELSEWHERE, Set.of(), mounted.entry().options());
    shown(mounted.at(ELSEWHERE));
    mounted.tree().umount(ELSEWHERE);
    Map<String, String> found = shown(mounted);
    return found.equals(expected)
        ? Verdict.HELD
        : Verdict.broken(
            "the first mount shows " + differences(expected, found),
            "the same as before the second mount and unmount",
            "store nothing in static fields or in the type: each mount has its own file system, and"
                + " one store is mounted once");
  }

  private Verdict readOnly(Mounted mounted) throws ErrnoException {
    Map<String, String> before = shown(mounted);
    mounted.umount();
    mounted.mount(mounted.entry().target(), Set.of(MountFlag.READ_ONLY), mounted.entry().options());
    Map<String, String> found = shown(mounted);
    if (!found.equals(before)) {
      return Verdict.broken(
          "mounted read-only it has " + differences(before, found),
          "the same names and contents",
          "use access() in mount only to decide about writing");
    }
    try {
      mounted.task().open(mounted.path("new"), OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0644);
    } catch (ErrnoException refused) {
      return refused.errno() == Errno.EROFS
          ? Verdict.HELD
          : notReadOnly(String.valueOf(refused.getMessage()));
    }
    return notReadOnly("a file can be created");
  }

  private static Verdict notReadOnly(String found) {
    return Verdict.broken(
        found, "EROFS", "throw nothing from lookup for a name that does not exist");
  }

  private Verdict unknown(Mounted mounted) throws ErrnoException {
    mounted.umount();
    String given = mounted.entry().options();
    try {
      mounted.mount(
          mounted.entry().target(), Set.of(), given.isEmpty() ? UNKNOWN : given + "," + UNKNOWN);
    } catch (ErrnoException refused) {
      return refused.errno() == Errno.EINVAL
          ? Verdict.HELD
          : Verdict.broken(
              String.valueOf(refused.getMessage()),
              "EINVAL",
              "return false from knowsOption, and check values in mount");
    }
    return Verdict.skipped("it accepts every option");
  }

  private Verdict whatCanBe(Mounted mounted) throws ErrnoException {
    mounted.furnishIfWritable();
    mounted.search((path, listed) -> {
      ask(() -> mounted.tree().statfs(path));
      ask(() -> mounted.tree().stat(path));
      ask(() -> mounted.tree().lstat(path + "/" + "x".repeat(255)));
      ask(() ->
          mounted
              .task()
              .close(mounted.task().open(path, OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK)));
      return Verdict.HELD;
    });
    List<String> wrong = mounted.trial().machine().check();
    Optional<String> fault = mounted.fault().or(() -> wrong.stream().findFirst());
    return fault.isEmpty()
        ? Verdict.HELD
        : Verdict.broken(
            fault.get(), "an answer, or an ErrnoException", "throw nothing but ErrnoException");
  }

  private interface Call {
    void run() throws ErrnoException;
  }

  /** Makes a call that may fail. */
  private static void ask(Call call) {
    try {
      call.run();
    } catch (ErrnoException answered) {
      // what it says is tested elsewhere
    }
  }
}
