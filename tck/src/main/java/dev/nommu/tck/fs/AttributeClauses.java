package dev.nommu.tck.fs;

import dev.nommu.api.Attributes;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem.Statistics;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Owner;
import dev.nommu.kernel.fs.NewTime;
import dev.nommu.kernel.task.Task;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The contract of the attributes of files and of the file system.
 *
 * @param place where the file system is mounted
 */
record AttributeClauses(Place place) {
  private static final Instant ACCESSED = Instant.ofEpochSecond(1_000_000_000, 123_456_789);
  private static final Instant MODIFIED = Instant.ofEpochSecond(1_200_000_001, 987_654_321);

  private static final Owner MAKER = new Owner(7, 8);
  private static final int SEARCHED_BY_OTHERS = 0001;

  /** The coarsest clock of any file system: that of FAT. */
  private static final Duration COARSEST = Duration.ofSeconds(2);

  List<Clause> all() {
    return List.of(
        place.change("OWN-01", "A new file belongs to the process that makes it.", this::maker),
        place.change("OWN-04", "A mode that was set is stored.", this::mode),
        place.change("OWN-05", "An owner that was set is stored, with the mode.", this::owner),
        place.change("OWN-06", "Times that were set are stored, or rounded down.", this::times),
        place.clause("FS-08", "Free blocks do not exceed all blocks.", this::isPlausible),
        place.change("FS-08", "A removed file frees its blocks.", this::comesBack));
  }

  private static Attributes ofFile(Mounted mounted) throws ErrnoException {
    return mounted.tree().lstat(mounted.made("file-00")).attributes();
  }

  private Verdict maker(Mounted mounted) throws ErrnoException {
    Attributes root = mounted.tree().lstat(mounted.entry().target()).attributes();
    if ((root.permissions() & SEARCHED_BY_OTHERS) == 0) {
      return Verdict.skipped("only the owner of the mounted directory can search it");
    }
    mounted.furnish(1);
    mounted.tree().chown(mounted.made("file-00"), MAKER.uid(), MAKER.gid());
    mounted.tree().chmod(mounted.path(Mounted.FOLDER), 0777);
    Task maker = mounted.trial().machine().init().spawn("maker");
    maker.processes().setgid(MAKER.gid());
    maker.processes().setuid(MAKER.uid());
    maker.close(maker.open(mounted.made("new"), OpenFlags.O_CREAT | OpenFlags.O_WRONLY, 0644));
    Owner found = mounted.tree().lstat(mounted.made("new")).attributes().owner();
    return found.equals(MAKER)
        ? Verdict.HELD
        : Verdict.broken(
            "a file made by %s belongs to %s".formatted(MAKER, found),
            MAKER.toString(),
            "store the owner of NewInode in create, or throw EPERM from chown");
  }

  private Verdict mode(Mounted mounted) throws ErrnoException {
    mounted.furnish(1);
    mounted.tree().chmod(mounted.made("file-00"), 0640);
    int found = ofFile(mounted).permissions();
    return found == 0640
        ? Verdict.HELD
        : Verdict.broken(
            "0%o after chmod to 0640".formatted(found),
            "0640",
            "return the mode set by chmod from attributes, or throw EPERM from chmod");
  }

  private Verdict owner(Mounted mounted) throws ErrnoException {
    mounted.furnish(1);
    mounted.tree().chown(mounted.made("file-00"), 7, 8);
    Attributes found = ofFile(mounted);
    return found.owner().equals(new Owner(7, 8)) && found.permissions() == 0644
        ? Verdict.HELD
        : Verdict.broken(
            "%s, mode 0%o after chown".formatted(found.owner(), found.permissions()),
            "%s, mode 0644".formatted(new Owner(7, 8)),
            "return the owner and mode set by chown from attributes, or throw EPERM from chown");
  }

  private Verdict times(Mounted mounted) throws ErrnoException {
    mounted.furnish(1);
    mounted.tree().utimensat(mounted.made("file-00"), NewTime.at(ACCESSED), NewTime.at(MODIFIED));
    Attributes found = ofFile(mounted);
    return isKept(ACCESSED, found.accessed()) && isKept(MODIFIED, found.modified())
        ? Verdict.HELD
        : Verdict.broken(
            "accessed %s, modified %s".formatted(found.accessed(), found.modified()),
            "%s and %s, rounded down by less than %s".formatted(ACCESSED, MODIFIED, COARSEST),
            "return the times set by setTimes from attributes, or throw EPERM from setTimes");
  }

  private static boolean isKept(Instant set, Instant found) {
    return !found.isAfter(set) && found.isAfter(set.minus(COARSEST));
  }

  private static Statistics statistics(Mounted mounted) throws ErrnoException {
    return mounted.tree().statfs(mounted.entry().target());
  }

  private Verdict isPlausible(Mounted mounted) throws ErrnoException {
    Statistics found = statistics(mounted);
    return found.freeBlocks() <= found.blocks()
        ? Verdict.HELD
        : Verdict.broken(
            "%d of %d blocks are free".formatted(found.freeBlocks(), found.blocks()),
            "at most as many as there are",
            "include the free blocks in the number of blocks in statistics");
  }

  private Verdict comesBack(Mounted mounted) throws ErrnoException {
    if (mounted.isOnTheHost()) {
      return Verdict.skipped("it lies in a directory of the host, which other programs use too");
    }
    mounted.furnish(1);
    Statistics before = statistics(mounted);
    mounted.write(mounted.made("file"), new byte[Mounted.MOST_BYTES / 2]);
    mounted.tree().unlink(mounted.made("file"));
    Statistics after = statistics(mounted);
    return before.freeBlocks() == after.freeBlocks()
        ? Verdict.HELD
        : Verdict.broken(
            "%d blocks are free after a file was created and removed".formatted(after.freeBlocks()),
            "%d, as before".formatted(before.freeBlocks()),
            "count blocks freed by unlink in statistics");
  }
}
