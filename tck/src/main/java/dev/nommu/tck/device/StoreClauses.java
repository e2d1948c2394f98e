package dev.nommu.tck.device;

import dev.nommu.api.BackingStore;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapCapability;
import dev.nommu.api.Page;
import dev.nommu.api.PointedRange;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Trial;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.interpose.Interposer;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The contract of a store that is read and pointed, whatever its kind.
 *
 * @param finder finds the plugin's own object
 */
record StoreClauses(Finder finder) {
  /** An odd number of bytes, so that pieces end at any offset. */
  static final int PIECE = 13;

  private static final int SECTOR = 512;

  /** Finds the store of a machine. */
  @FunctionalInterface
  interface Finder {
    /** Returns the plugin's own object, or empty if only the kernel has it. */
    Optional<? extends BackingStore> in(Trial trial);
  }

  /** A request to a store. */
  interface Question {
    /** Tests. */
    Verdict of(BackingStore store) throws Exception;
  }

  List<Clause> all() {
    return List.of(
        Clause.of("BLK-09", "All of it can be read, to the last byte.", this::reads),
        Clause.of("BLK-09", "Reads outside of it are refused: EIO.", this::readsNoMore),
        Clause.of("BLK-09", "Its size and block size never change.", this::stays),
        Clause.of("BLK-09", "Written data can be flushed.", this::flushes),
        Clause.of("DIR-02", "A pointed range has the bytes that are read.", this::points),
        Clause.of("DIR-03", "Ranges outside of it are not pointed: EINVAL.", this::pointsNoMore),
        Clause.of(
            "DIR-04", "A store that permits MAP_DIRECT can be pointed.", this::permitsWhatItPoints),
        Clause.of(
            "FLASH-11", "A pointed range can be written again after its release.", this::unpoints));
  }

  Verdict ask(Trial trial, Question question) throws Exception {
    Optional<? extends BackingStore> store = finder.in(trial);
    return store.isPresent()
        ? question.of(store.get())
        : Verdict.skipped("the plugin's object is known only to the kernel");
  }

  static String name(BackingStore store) {
    return Interposer.own(store).getClass().getName();
  }

  static byte[] read(BackingStore store, long offset, long length) throws ErrnoException {
    byte[] bytes = new byte[(int) length];
    store.read(MemorySegment.ofArray(bytes), offset);
    return bytes;
  }

  /**
   * Returns the offsets of test pieces of a store: at its start, across sectors and pages, at its
   * end.
   */
  static List<Long> pieces(BackingStore store) {
    long last = store.size() - PIECE;
    return LongStream.of(0, 1, SECTOR - 1, Page.SIZE - 1, store.size() / 2, last)
        .filter(offset -> offset >= 0 && offset <= last)
        .boxed()
        .toList();
  }

  /** A range of bytes. */
  record Range(long offset, long length) {
    @Override
    public String toString() {
      return "%d bytes at 0x%x".formatted(length, offset);
    }
  }

  /** Returns ranges that do not lie wholly in a store. */
  static List<Range> outside(BackingStore store) {
    long size = store.size();
    return Stream.of(
            new Range(size, 1),
            new Range(size - 1, 2),
            new Range(size + Page.SIZE, PIECE),
            new Range(Long.MAX_VALUE - 5, PIECE))
        .filter(range -> range.offset() >= 0)
        .toList();
  }

  private Verdict reads(Trial trial) throws Exception {
    return ask(
        trial,
        store -> {
          byte[] start = read(store, 0, Math.min(store.size(), 2 * Page.SIZE));
          for (long offset : pieces(store)) {
            byte[] piece = read(store, offset, PIECE);
            boolean isOfTheStart = offset + PIECE <= start.length;
            int from = (int) Math.min(offset, start.length - PIECE);
            if (isOfTheStart && !Arrays.equals(piece, 0, PIECE, start, from, from + PIECE)) {
              return Verdict.broken(
                  "%s: read of %s gave %s"
                      .formatted(name(store), new Range(offset, PIECE), Arrays.toString(piece)),
                  "what a read of %s has there".formatted(new Range(0, start.length)),
                  "read from the offset on, which need not be a multiple of anything");
            }
          }
          return Verdict.HELD;
        });
  }

  private Verdict readsNoMore(Trial trial) throws Exception {
    return ask(
        trial,
        store ->
            refuses(
                store,
                "read",
                Errno.EIO,
                range ->
                    store.read(
                        MemorySegment.ofArray(new byte[(int) range.length()]), range.offset())));
  }

  /** An operation on a range. */
  interface Operation {
    /** Carries it out. */
    void on(Range range) throws ErrnoException;
  }

  /** Returns whether a store refuses an operation on all ranges outside it. */
  static Verdict refuses(BackingStore store, String name, Errno errno, Operation operation) {
    for (Range range : outside(store)) {
      Optional<String> found = otherThan(errno, range, operation);
      if (found.isPresent()) {
        return Verdict.broken(
            "%s: %s of %s, of 0x%x: %s"
                .formatted(name(store), name, range, store.size(), found.get()),
            errno.toString(),
            "compare offset and length with the size, in a way that does not wrap: length > size -"
                + " offset");
      }
    }
    return Verdict.HELD;
  }

  private static Optional<String> otherThan(Errno errno, Range range, Operation operation) {
    try {
      operation.on(range);
      return Optional.of("it was done");
    } catch (ErrnoException refused) {
      return refused.errno() == errno ? Optional.empty() : Optional.of(refused.describe());
    }
  }

  private Verdict stays(Trial trial) throws Exception {
    return ask(
        trial,
        store -> {
          String first = said(store);
          read(store, 0, Math.min(store.size(), PIECE));
          String again = said(store);
          return first.equals(again)
              ? Verdict.HELD
              : Verdict.broken(
                  "%s: %s, then %s".formatted(name(store), first, again),
                  "the same: the kernel calls these once",
                  "return constants from size, kind, isReadOnly and backingDeviceInfo");
        });
  }

  private static String said(BackingStore store) {
    return "size 0x%x, kind %s, read-only %s, %s"
        .formatted(store.size(), store.kind(), store.isReadOnly(), store.backingDeviceInfo());
  }

  private Verdict flushes(Trial trial) throws Exception {
    return ask(
        trial,
        store -> {
          store.flush();
          return Verdict.HELD;
        });
  }

  private Verdict points(Trial trial) throws Exception {
    return ask(
        trial,
        store -> {
          List<Long> wrong = new ArrayList<>();
          for (long offset : pieces(store)) {
            if (!showsItsBytes(trial, store, offset)) {
              wrong.add(offset);
            }
          }
          return wrong.isEmpty()
              ? Verdict.HELD
              : Verdict.broken(
                  "%s: the bytes at the address that point returned for %s differ from those of read"
                      .formatted(name(store), new Range(wrong.getFirst(), PIECE)),
                  "the bytes that are read",
                  "add the offset to the address at which the store begins");
        });
  }

  /** Returns whether the memory of a pointed range equals the bytes read, or there is none. */
  private static boolean showsItsBytes(Trial trial, BackingStore store, long offset)
      throws ErrnoException, MemoryFault {
    Optional<PointedRange> pointed = store.point(offset, PIECE);
    if (pointed.isEmpty()) {
      return true;
    }
    try (PointedRange range = pointed.get()) {
      byte[] shown = new byte[PIECE];
      trial.task().load(range.address(), MemorySegment.ofArray(shown));
      return Arrays.equals(shown, read(store, offset, PIECE));
    }
  }

  private Verdict pointsNoMore(Trial trial) throws Exception {
    return ask(
        trial,
        store ->
            !canBePointed(store)
                ? Verdict.skipped("it cannot be pointed, or is empty")
                : refuses(
                    store,
                    "point",
                    Errno.EINVAL,
                    range -> store.point(range.offset(), range.length())));
  }

  private static boolean canBePointed(BackingStore store) throws ErrnoException {
    if (store.size() == 0) {
      return false;
    }
    Optional<PointedRange> range = store.point(0, 1);
    range.ifPresent(PointedRange::close);
    return range.isPresent();
  }

  private Verdict permitsWhatItPoints(Trial trial) throws Exception {
    return ask(
        trial,
        store -> {
          if (store.size() == 0 || !store.backingDeviceInfo().permits(MapCapability.MAP_DIRECT)) {
            return Verdict.skipped("it does not permit MAP_DIRECT, or is empty");
          }
          Optional<PointedRange> range = store.point(0, Math.min(Page.SIZE, store.size()));
          range.ifPresent(PointedRange::close);
          return range.isPresent()
              ? Verdict.HELD
              : Verdict.broken(
                  "%s permits MAP_DIRECT but point returns no range".formatted(name(store)),
                  "an address",
                  "override point, or omit MAP_DIRECT from the backing device information");
        });
  }

  private Verdict unpoints(Trial trial) throws Exception {
    return ask(
        trial,
        store -> {
          if (store.size() == 0) {
            return Verdict.skipped("it is empty");
          }
          byte[] bytes = read(store, 0, Math.min(store.size(), PIECE));
          Optional<String> refused = refusal(store, bytes);
          if (refused.isPresent()) {
            return Verdict.skipped("it cannot be written: " + refused.get());
          }
          store.point(0, bytes.length).ifPresent(PointedRange::close);
          return refusal(store, bytes)
              .map(again ->
                  Verdict.broken(
                      "%s: a write after a pointed range was closed: %s"
                          .formatted(name(store), again),
                      "success, as before it was pointed",
                      "pass an unpoint action to PointedRange.at"))
              .orElse(Verdict.HELD);
        });
  }

  private static Optional<String> refusal(BackingStore store, byte[] bytes) {
    try {
      store.write(MemorySegment.ofArray(bytes), 0);
      return Optional.empty();
    } catch (ErrnoException refused) {
      return Optional.of(refused.describe());
    }
  }
}
