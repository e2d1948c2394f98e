package dev.nommu.tck.fs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.task.TreeCalls;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Verdict;
import java.util.Arrays;
import java.util.List;

/**
 * The contract of changes of names.
 *
 * @param place where the file system is mounted
 */
record ChangeClauses(Place place) {
  private static final byte[] KEPT = "kept".repeat(1000).getBytes(UTF_8);

  List<Clause> all() {
    return List.of(
        place.change("FS-02", "A new name is found and listed at once.", this::made),
        place.change("FS-02", "A symbolic link stores its target.", this::symbolicLink),
        place.change("FS-02", "A removed name is neither found nor listed.", this::removed),
        place.change(
            "FS-02", "A renamed file is the same file, under its new name alone.", this::renamed),
        place.change("FS-02", "A rename replaces what has the new name.", this::replaced),
        place.change("FS-03", "A file has as many links as names.", this::links),
        place.change(
            "FS-04", "A directory that is not empty is neither removed nor replaced.", this::inUse),
        place.change(
            "FS-05", "An unlinked file keeps its contents while it is open.", this::unnamed),
        place.change("FS-05", "The last close of an unlinked file frees all of it.", this::gone));
  }

  private Verdict made(Mounted mounted) throws ErrnoException {
    mounted.furnish(1);
    mounted.tree().mkdir(mounted.made("folder"), 0755);
    Presence presence = Presence.in(mounted, mounted.path(Mounted.FOLDER));
    return presence.expect(
        List.of("file-00", "folder"), List.of(), "add the name in create, so that lookup finds it");
  }

  private Verdict symbolicLink(Mounted mounted) throws ErrnoException {
    String target = "../some/where else";
    mounted.furnish(0);
    mounted.tree().symlink(target, mounted.made("link"));
    String found = mounted.tree().readlink(mounted.made("link"));
    return found.equals(target)
        ? Presence.in(mounted, mounted.path(Mounted.FOLDER))
            .expect(List.of("link"), List.of(), "add the name in create, so that lookup finds it")
        : Verdict.broken(
            "readlink: \"%s\"".formatted(found),
            "\"%s\", as the link was made".formatted(target),
            "store the target of NewInode.SymbolicLink unchanged");
  }

  private Verdict removed(Mounted mounted) throws ErrnoException {
    mounted.furnish(2);
    mounted.tree().mkdir(mounted.made("folder"), 0755);
    mounted.tree().unlink(mounted.made("file-00"));
    mounted.tree().rmdir(mounted.made("folder"));
    return Presence.in(mounted, mounted.path(Mounted.FOLDER))
        .expect(
            List.of("file-01"),
            List.of("file-00", "folder"),
            "remove the given name in unlink and rmdir");
  }

  private Verdict renamed(Mounted mounted) throws ErrnoException {
    TreeCalls tree = mounted.tree();
    mounted.furnish(2);
    tree.mkdir(mounted.made("folder"), 0755);
    long number = tree.lstat(mounted.made("file-00")).inode();
    tree.rename(mounted.made("file-00"), mounted.made("new"));
    tree.rename(mounted.made("file-01"), mounted.made("folder/moved"));
    String remedy = "move the inode from the old name to the new one in rename";
    long found = tree.lstat(mounted.made("new")).inode();
    if (found != number) {
      return Verdict.broken(
          "inode %d under the new name".formatted(found), "inode %d".formatted(number), remedy);
    }
    Verdict here =
        Presence.in(mounted, mounted.path(Mounted.FOLDER))
            .expect(List.of("new", "folder"), List.of("file-00", "file-01"), remedy);
    return here.equals(Verdict.HELD)
        ? Presence.in(mounted, mounted.made("folder"))
            .expect(List.of("moved"), List.of("file-01"), remedy)
        : here;
  }

  private Verdict replaced(Mounted mounted) throws ErrnoException {
    mounted.furnish(2);
    mounted.write(mounted.made("file-00"), KEPT);
    mounted.tree().rename(mounted.made("file-00"), mounted.made("file-01"));
    String remedy = "replace the inode of the new name in rename";
    return Arrays.equals(mounted.read(mounted.made("file-01")), KEPT)
        ? Presence.in(mounted, mounted.path(Mounted.FOLDER))
            .expect(List.of("file-01"), List.of("file-00"), remedy)
        : Verdict.broken(
            "the new name still has the old contents", "the contents of the renamed file", remedy);
  }

  private Verdict links(Mounted mounted) throws ErrnoException {
    mounted.furnish(1);
    mounted.tree().link(mounted.made("file-00"), mounted.made("second"));
    List<Integer> counts =
        List.of(links(mounted, "file-00"), links(mounted, "second"), unlinkFirst(mounted));
    return counts.equals(List.of(2, 2, 1))
        ? Verdict.HELD
        : Verdict.broken(
            "the link counts are %s: with both names, and after the first is removed"
                .formatted(counts),
            "[2, 2, 1]",
            "count links in link, unlink and rename, and return the count from attributes");
  }

  private static int unlinkFirst(Mounted mounted) throws ErrnoException {
    mounted.tree().unlink(mounted.made("file-00"));
    return links(mounted, "second");
  }

  private static int links(Mounted mounted, String name) throws ErrnoException {
    return mounted.tree().lstat(mounted.made(name)).attributes().links();
  }

  private Verdict inUse(Mounted mounted) throws ErrnoException {
    TreeCalls tree = mounted.tree();
    mounted.furnish(1);
    tree.mkdir(mounted.made("folder"), 0755);
    tree.mkdir(mounted.made("folder/inner"), 0755);
    tree.mkdir(mounted.made("other"), 0755);
    Verdict removing = refused("rmdir", () -> tree.rmdir(mounted.made("folder")));
    return removing.equals(Verdict.HELD)
        ? refused("rename", () -> tree.rename(mounted.made("other"), mounted.made("folder")))
        : removing;
  }

  private interface Call {
    void run() throws ErrnoException;
  }

  private static Verdict refused(String what, Call call) throws ErrnoException {
    try {
      call.run();
    } catch (ErrnoException refused) {
      if (refused.errno() == Errno.ENOTEMPTY) {
        return Verdict.HELD;
      }
      throw refused;
    }
    return Verdict.broken(
        what + " of a directory with a directory in it succeeded",
        "ENOTEMPTY",
        "check in %s that the directory to be removed is empty".formatted(what));
  }

  private Verdict unnamed(Mounted mounted) throws ErrnoException {
    mounted.furnish(0);
    mounted.write(mounted.made("file"), KEPT);
    int file = mounted.task().open(mounted.made("file"), OpenFlags.O_RDWR);
    mounted.tree().unlink(mounted.made("file"));
    boolean isRead = Arrays.equals(mounted.readAll(file), KEPT);
    mounted.writeAll(file, KEPT, KEPT.length);
    boolean isWritten = mounted.readAll(file).length == 2 * KEPT.length;
    mounted.task().close(file);
    return isRead && isWritten
        ? Verdict.HELD
        : Verdict.broken(
            "its bytes are %s, and it is %s"
                .formatted(isRead ? "there" : "gone", isWritten ? "written" : "not written"),
            "a file that can be read and written as before",
            "free the contents of a file at the last close, not in unlink");
  }

  private Verdict gone(Mounted mounted) throws ErrnoException {
    mounted.furnish(0);
    long before = round(mounted);
    long after = round(mounted);
    return before == after
        ? Verdict.HELD
        : Verdict.broken(
            "%d more pages of RAM are in use after an unlinked file was closed"
                .formatted(before - after),
            "as many free pages as the time before",
            "free the pages of an unlinked file at the last close");
  }

  /** Returns how many pages are free after a file was created and removed. */
  private static long round(Mounted mounted) throws ErrnoException {
    mounted.write(mounted.made("file"), KEPT);
    int file = mounted.task().open(mounted.made("file"), OpenFlags.O_RDWR);
    mounted.tree().unlink(mounted.made("file"));
    mounted.writeAll(file, KEPT, KEPT.length);
    mounted.task().close(file);
    return mounted.trial().machine().freePages();
  }
}
