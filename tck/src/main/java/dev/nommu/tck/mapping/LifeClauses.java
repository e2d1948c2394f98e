package dev.nommu.tck.mapping;

import static dev.nommu.kernel.mmap.MmapArguments.PROT_EXEC;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.api.Sharing;
import dev.nommu.kernel.task.Task;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Trial;
import dev.nommu.tck.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The contract of lifetimes: nothing is left when mappings and files are gone, and every answer is
 * valid.
 *
 * @param path of the file
 */
record LifeClauses(String path) {
  private static final String FAULT = "PLUGIN-01";

  /** Matches a log line about a failed release. */
  private static final Pattern CLOSE = Pattern.compile("plugin \\S+: (close|unpoint)");

  private static final long[] LENGTHS = {1, Page.SIZE, 3 * Page.SIZE, 1 << 20, 1L << 40};

  private static final long[] OFFSETS = {0, Page.SIZE, 1 << 20, 1L << 40};

  /**
   * Returns the first rule: a fault that breaks it may break others too, with less helpful
   * messages.
   */
  Clause first() {
    return Clause.of(FAULT, "No request returns an impossible answer.", this::answersWhatCanBe);
  }

  List<Clause> all() {
    return List.of(
        Clause.of("DIR-11", "The last mapping of a region leaves nothing behind.", this::unmap),
        Clause.of(
            "UNMAP-13", "The end of a process leaves nothing of its mappings behind.", this::exit));
  }

  private static List<Attempt> mapEach(Opened file, int protection) {
    List<Attempt> attempts = new ArrayList<>();
    for (Sharing sharing : Sharing.values()) {
      attempts.add(file.map(protection, sharing, 0, Page.SIZE));
    }
    return attempts;
  }

  private Verdict unmap(Trial trial) throws ErrnoException {
    Opened file = Opened.open(trial, path);
    long before = round(file);
    return compare(file, before, round(file), "its last mapping was removed");
  }

  /** Returns how many pages are free after mappings were made and removed. */
  private static long round(Opened file) throws ErrnoException {
    for (Attempt attempt : mapEach(file, PROT_READ)) {
      if (attempt instanceof Attempt.Mapped mapped) {
        file.unmap(mapped, Page.SIZE);
      }
    }
    return file.trial().machine().freePages();
  }

  private Verdict exit(Trial trial) throws ErrnoException {
    Opened first = Opened.open(trial, path);
    long before = life(first);
    return compare(first, before, life(first), "the process that mapped it ended");
  }

  private long life(Opened first) throws ErrnoException {
    Opened file = first.byAnother();
    mapEach(file, PROT_READ);
    file.task().exit();
    return first.trial().machine().freePages();
  }

  private Verdict compare(Opened file, long before, long after, String when) {
    Optional<String> fault = fault(file.trial()).filter(CLOSE.asPredicate());
    if (fault.isPresent()) {
      return Verdict.broken(
          fault.get(),
          "no fault when " + when,
          "fix the exceptions of the plugin's close operations");
    }
    return before == after
        ? Verdict.HELD
        : Verdict.broken(
            "%s: %d more pages of RAM are in use after %s".formatted(path, before - after, when),
            "as many free pages as the time before",
            "release the resources of getUnmappedArea and mmap in VmOperations.close or the range's"
                + " unpoint");
  }

  private static Optional<String> fault(Trial trial) {
    return trial.machine().log().lines().stream().filter(line -> line.contains(FAULT)).findFirst();
  }

  private Verdict answersWhatCanBe(Trial trial) throws ErrnoException {
    Opened file = Opened.open(trial, path);
    Task task = file.task();
    for (long length : LENGTHS) {
      for (long offset : OFFSETS) {
        for (int protection = 0; protection <= (PROT_READ | PROT_WRITE | PROT_EXEC); protection++) {
          for (Sharing sharing : Sharing.values()) {
            Attempt attempt = file.map(protection, sharing, offset, length);
            if (attempt instanceof Attempt.Mapped mapped) {
              task.munmap(mapped.address(), length);
            }
            if (isFault(attempt)) {
              return mend(attempt.told());
            }
          }
        }
      }
    }
    Optional<String> fault = fault(trial);
    List<String> wrong = trial.machine().check();
    return fault.isPresent()
        ? mend(fault.get())
        : wrong.isEmpty() ? Verdict.HELD : mend(String.join("; ", wrong));
  }

  private static boolean isFault(Attempt attempt) {
    return attempt instanceof Attempt.Refused refused
        && refused.failure().rule().filter(FAULT::equals).isPresent();
  }

  private static Verdict mend(String found) {
    return Verdict.broken(
        found,
        "an answer, DECLINED, or an ErrnoException",
        "return an address that belongs to the plugin, and throw nothing but ErrnoException");
  }
}
