package dev.nommu.tck.device;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.PollableFile;
import dev.nommu.api.SeekableFile;
import dev.nommu.api.Syncable;
import dev.nommu.api.Whence;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Trial;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.mapping.Opened;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/**
 * The optional operations of an open character device, each tested only if its file has the slot.
 * Allocation is not tested: the kernel fails it with ENODEV (rule FILE-04).
 *
 * @param path of its node
 */
record DeviceSlots(String path) {
  private static final String FAULT = "PLUGIN-01";
  private static final long[] STARTS = {0, 1, 10};
  private static final long[] DISTANCES = {0, 5, -1};
  private static final int PIECE = 13;
  private static final int SOME = 10 * PIECE;

  List<Clause> all() {
    return List.of(
        Clause.of("FILE-01", "Its own seek counts from the given position.", this::seeks),
        Clause.of("FILE-03", "Its own fsync does not change the bytes read.", this::syncs));
  }

  private interface Question {
    Verdict of(Opened file) throws ErrnoException;
  }

  private Verdict ask(Trial trial, Class<?> slot, Question question) throws ErrnoException {
    Opened file = Opened.open(trial, path);
    if (file.plugins().isEmpty()) {
      return Verdict.skipped("the plugin's object is known only to the kernel");
    }
    return slot.isInstance(file.plugins().get())
        ? question.of(file)
        : Verdict.skipped("its file does not implement " + slot.getSimpleName());
  }

  private Verdict seeks(Trial trial) throws ErrnoException {
    return ask(
        trial,
        SeekableFile.class,
        file -> {
          try {
            return counts(file);
          } catch (ErrnoException fault) {
            return Verdict.broken(
                fault.describe(),
                "a position of 0 or more, or EINVAL, or ENXIO",
                "throw EINVAL from seek for an unknown whence and for a position before the start");
          }
        });
  }

  private Verdict counts(Opened file) throws ErrnoException {
    for (Whence whence : Whence.values()) {
      seek(file, 0, whence);
    }
    for (long start : STARTS) {
      for (long distance : DISTANCES) {
        Verdict found = counts(file, start, distance);
        if (!found.equals(Verdict.HELD)) {
          return found;
        }
      }
    }
    return Verdict.HELD;
  }

  /** Seeks to a position, once relative to another and once from the start. */
  private Verdict counts(Opened file, long start, long distance) throws ErrnoException {
    seek(file, start, Whence.START);
    String position = seek(file, 0, Whence.CURRENT);
    if (!isNumber(position)) {
      return Verdict.skipped("it does not report its position: " + position);
    }
    String fromThere = seek(file, distance, Whence.CURRENT);
    seek(file, start, Whence.START);
    String fromTheStart = seek(file, Long.parseLong(position) + distance, Whence.START);
    return fromThere.equals(fromTheStart)
        ? Verdict.HELD
        : Verdict.broken(
            "%s: at position %s, a seek of %d from CURRENT leads to %s"
                .formatted(path, position, distance, fromThere),
            "%s, as one of %d from START"
                .formatted(fromTheStart, Long.parseLong(position) + distance),
            "count from the given position in seek; or omit SeekableFile, and the kernel seeks");
  }

  private static boolean isNumber(String position) {
    return Character.isDigit(position.charAt(0));
  }

  /** Returns the position, or the name of the error, if it is not a fault of the plugin. */
  private static String seek(Opened file, long offset, Whence whence) throws ErrnoException {
    try {
      return String.valueOf(file.task().lseek(file.descriptor(), offset, whence));
    } catch (ErrnoException refused) {
      if (refused.rule().filter(FAULT::equals).isPresent()) {
        throw refused;
      }
      return refused.errno().name();
    }
  }

  private Verdict syncs(Trial trial) throws ErrnoException {
    return ask(trial, Syncable.class, this::syncs);
  }

  private Verdict syncs(Opened file) {
    write(file);
    byte[] before = read(file);
    boolean isSame = Arrays.equals(before, read(file));
    try {
      file.task().descriptors().fsync(file.descriptor());
    } catch (ErrnoException refused) {
      return Verdict.broken(
          refused.describe(),
          "fsync succeeds",
          "return from fsync when all data is durable; if none can be, omit Syncable");
    }
    byte[] after = read(file);
    return !isSame || Arrays.equals(before, after)
        ? Verdict.HELD
        : Verdict.broken(
            "%s: after fsync %d bytes are read, different from %d on"
                .formatted(path, after.length, Arrays.mismatch(before, after)),
            "the same %d bytes as before".formatted(before.length),
            "write pending data in fsync, without changing the bytes read");
  }

  /** A write or read of a pollable file may wait. */
  private static boolean waits(Opened file) {
    return file.plugins().filter(PollableFile.class::isInstance).isPresent();
  }

  /** Writes something, if possible. */
  private static void write(Opened file) {
    if (waits(file)) {
      return;
    }
    byte[] pattern = new byte[PIECE];
    Arrays.fill(pattern, (byte) 0x5a);
    try {
      file.task().pwrite(file.descriptor(), MemorySegment.ofArray(pattern), 0);
    } catch (ErrnoException unwritable) {
      // the content is kept as well
    }
  }

  /** Returns the contents; empty if it cannot be read, or a read may wait. */
  private static byte[] read(Opened file) {
    if (waits(file)) {
      return new byte[0];
    }
    byte[] bytes = new byte[SOME];
    try {
      long count = file.task().pread(file.descriptor(), MemorySegment.ofArray(bytes), 0);
      return Arrays.copyOf(bytes, (int) count);
    } catch (ErrnoException unreadable) {
      return new byte[0];
    }
  }
}
