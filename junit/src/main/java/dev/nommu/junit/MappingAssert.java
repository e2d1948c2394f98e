package dev.nommu.junit;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_EXEC;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.kernel.task.Task;
import dev.nommu.tck.trail.Decision;
import dev.nommu.tck.trail.Explanation;
import dev.nommu.tck.trail.Outcome;
import dev.nommu.tck.trail.RecordedTrail;
import dev.nommu.tck.trail.Remark;
import java.util.Optional;
import org.opentest4j.AssertionFailedError;

/**
 * A request for a mapping, with assertions about its outcome. Each assertion makes the request
 * anew. A failure explains how the decision was made.
 */
public final class MappingAssert {
  private final Task task;
  private final int descriptor;
  private int flags = MAP_PRIVATE;
  private int protection;
  private long offset;
  private long length = Page.SIZE;

  MappingAssert(Task task, int descriptor) {
    this.task = task;
    this.descriptor = descriptor;
  }

  /** Requests MAP_SHARED. */
  public MappingAssert shared() {
    flags = MAP_SHARED;
    return this;
  }

  /** Requests MAP_PRIVATE. */
  public MappingAssert privately() {
    flags = MAP_PRIVATE;
    return this;
  }

  /** Adds PROT_READ. */
  public MappingAssert read() {
    protection |= PROT_READ;
    return this;
  }

  /** Adds PROT_WRITE. */
  public MappingAssert write() {
    protection |= PROT_WRITE;
    return this;
  }

  /** Adds PROT_EXEC. */
  public MappingAssert exec() {
    protection |= PROT_EXEC;
    return this;
  }

  /** Sets the offset in the file, in bytes. */
  public MappingAssert at(long bytes) {
    offset = bytes;
    return this;
  }

  /** Sets the length in bytes. */
  public MappingAssert length(long bytes) {
    length = bytes;
    return this;
  }

  /** The outcome of the request. */
  private record Made(
      Optional<Long> address, Optional<ErrnoException> failure, RecordedTrail trail) {
    Optional<Decision> decision() {
      return Decision.of(trail.steps());
    }

    String came() {
      return failure
          .map(refused -> "refused: " + refused.getMessage())
          .or(() -> decision().map(each -> "%s, by %s".formatted(each.outcome(), each.rule().id())))
          .orElse("mapped");
    }

    AssertionFailedError unlike(String expected) {
      StringBuilder text = new StringBuilder();
      text.append(
          "expected a mapping that is %s%nfound one that is %s".formatted(expected, came()));
      for (Remark remark : Explanation.of(trail.steps(), "0x%x"::formatted)) {
        text.append(
            "%n  %-9s%s%s"
                .formatted(
                    remark.label(),
                    remark.text(),
                    remark.rule().map(rule -> "  [%s]".formatted(rule.id())).orElse("")));
      }
      return new AssertionFailedError(text.toString(), expected, came());
    }
  }

  private Made make() {
    RecordedTrail trail = new RecordedTrail();
    try {
      long address = task.mmap(0, length, protection, flags, descriptor, offset, trail);
      return new Made(Optional.of(address), Optional.empty(), trail);
    } catch (ErrnoException refused) {
      return new Made(Optional.empty(), Optional.of(refused), trail);
    }
  }

  private long require(Outcome wanted) {
    Made made = make();
    boolean as = made.decision().filter(each -> each.outcome().equals(wanted)).isPresent();
    if (!as) {
      throw made.unlike(wanted.toString());
    }
    return made.address().orElseThrow();
  }

  /** Asserts that the file's own store is mapped, and returns the address. */
  public long isDirect() {
    return require(Outcome.Made.DIRECT);
  }

  /** Asserts that the file's own store is mapped, at an address. */
  public long isDirectAt(long address) {
    return isAt(address, "direct at 0x%x".formatted(address));
  }

  /**
   * Asserts that the file's own store is mapped at a place, and returns the address.
   *
   * @param place a name from {@code /proc/iomem}, which must be mounted, optionally with an offset,
   *     as {@code "flash@20000000+0x1000"}
   * @throws ErrnoException if {@code /proc/iomem} cannot be read
   */
  public long isDirectAt(String place) throws ErrnoException {
    return isAt(new IoMemory(task).address(place), "direct at " + place);
  }

  private long isAt(long address, String expected) {
    Made made = make();
    boolean as =
        made.address().filter(each -> each == address).isPresent()
            && made.decision()
                .filter(each ->
                    each.outcome() == Outcome.Made.DIRECT || each.outcome() == Outcome.Made.SHARED)
                .isPresent();
    if (!as) {
      throw made.unlike(expected + made.address().map(" (it is at 0x%x)"::formatted).orElse(""));
    }
    return address;
  }

  /** Asserts that the mapping is a private copy, and returns the address. */
  public long isCopied() {
    return require(Outcome.Made.COPIED);
  }

  /** Asserts that an existing region is shared, and returns the address. */
  public long isUsedAgain() {
    return require(Outcome.Made.SHARED);
  }

  /** Asserts that the request is refused. */
  public RefusalAssert isRefusedWith(Errno errno) {
    Made made = make();
    ErrnoException failure =
        made.failure()
            .filter(each -> each.errno() == errno)
            .orElseThrow(() -> made.unlike("refused with " + errno));
    return new RefusalAssert(failure);
  }
}
