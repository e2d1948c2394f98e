package dev.nommu.tck.device;

import static dev.nommu.api.OpenFlags.O_RDONLY;
import static dev.nommu.api.OpenFlags.O_RDWR;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Trial;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.device.Control.Words;
import dev.nommu.tck.mapping.Opened;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The contract of an MTD's character device, beyond that of its mappings: its description of
 * itself, and its ends.
 *
 * @param path of its node
 */
record MtdClauses(String path) {
  private static final int MEMGETREGIONCOUNT = 0x80044d07;
  private static final int MEMGETREGIONINFO = 0xc0104d08;
  private static final int MEMGETBADBLOCK = 0x40084d0b;

  private static final int PIECE = 13;
  private static final int LAST = 5;

  /** Commands that no device has. */
  private static final int[] UNKNOWN = {0, 0x4d7a, 0x4008_4d7b};

  List<Clause> all() {
    return List.of(
        Clause.of("MTD-01", "Its type and its flags agree.", this::flags),
        Clause.of("MTD-03", "A read-only device is not opened for writing.", this::opens),
        Clause.of("MTD-05", "A read ends at its end.", this::readsToTheEnd),
        Clause.of("MTD-06", "A write at its end fails: ENOSPC.", this::writesAtTheEnd),
        Clause.of("MTD-09", "It consists of the blocks that it reports.", this::blocks),
        Clause.of(
            "MTD-09", "A query for a bad block past the end is refused: EINVAL.", this::badBlock),
        Clause.of("MTD-09", "An unknown command fails with ENOTTY.", this::command));
  }

  private Verdict flags(Trial trial) throws Exception {
    MtdAnswer info = MtdAnswer.of(Control.of(Opened.open(trial, path)));
    boolean agree =
        switch (info.type()) {
          case MtdAnswer.RAM -> info.has(MtdAnswer.NO_ERASE);
          case MtdAnswer.ROM -> info.flags() == 0;
          case MtdAnswer.NOR -> !info.has(MtdAnswer.NO_ERASE);
          default -> info.type() > 0 && info.type() <= MtdAnswer.LAST_TYPE;
        };
    return agree
        ? Verdict.HELD
        : Verdict.broken(
            "%s: MEMGETINFO: %s".formatted(path, info),
            "RAM (1) with NO_ERASE (0x1000), ROM (2) without flags, NOR flash (3) without NO_ERASE",
            "answer with the type and the flags of mtd-abi.h");
  }

  private Verdict opens(Trial trial) throws Exception {
    MtdAnswer info = MtdAnswer.of(Control.of(reading(trial)));
    String expected = info.has(MtdAnswer.WRITEABLE) ? "success" : Errno.EACCES.name();
    String found = answerToOpen(trial);
    return found.equals(expected)
        ? Verdict.HELD
        : Verdict.broken(
            "%s: MEMGETINFO: %s, and the answer to open with O_RDWR is %s"
                .formatted(path, info, found),
            expected,
            "make open and the flag MTD_WRITEABLE (0x400) agree");
  }

  private Opened reading(Trial trial) throws ErrnoException {
    return new Opened(trial, trial.task(), path, trial.task().open(path, O_RDONLY), false);
  }

  private String answerToOpen(Trial trial) {
    try {
      trial.task().close(trial.task().open(path, O_RDWR));
      return "success";
    } catch (ErrnoException refused) {
      return refused.errno().name();
    }
  }

  private Verdict readsToTheEnd(Trial trial) throws Exception {
    Opened file = Opened.open(trial, path);
    long size = MtdAnswer.of(Control.of(file)).size();
    long last = read(file, size - LAST);
    long behind = read(file, size);
    return last == LAST && behind == 0
        ? Verdict.HELD
        : Verdict.broken(
            "%s, of 0x%x bytes: reads of %d bytes %d before the end and at it gave %d and %d"
                .formatted(path, size, PIECE, LAST, last, behind),
            "%d and 0".formatted(LAST),
            "clip a read at the size in MEMGETINFO");
  }

  private static long read(Opened file, long position) throws ErrnoException {
    MemorySegment into = MemorySegment.ofArray(new byte[PIECE]);
    return file.task().pread(file.descriptor(), into, position);
  }

  private Verdict writesAtTheEnd(Trial trial) throws Exception {
    Opened file = Opened.open(trial, path);
    if (!file.isWritable()) {
      return Verdict.skipped("it cannot be opened for writing");
    }
    String found = answerToWrite(file, MtdAnswer.of(Control.of(file)).size());
    return found.equals(Errno.ENOSPC.name())
        ? Verdict.HELD
        : Verdict.broken(
            "%s: the answer to a write at its end is %s".formatted(path, found),
            "ENOSPC",
            "refuse a write at or beyond the size in MEMGETINFO");
  }

  private static String answerToWrite(Opened file, long position) {
    try {
      MemorySegment from = MemorySegment.ofArray(new byte[PIECE]);
      return String.valueOf(file.task().pwrite(file.descriptor(), from, position));
    } catch (ErrnoException refused) {
      return refused.errno().name();
    }
  }

  private Verdict blocks(Trial trial) throws Exception {
    Control control = Control.of(Opened.open(trial, path));
    MtdAnswer info = MtdAnswer.of(control);
    boolean whole = info.size() > 0 && info.writeSize() > 0 && info.writeSize() <= info.eraseSize();
    return whole && regionsFit(control, info)
        ? Verdict.HELD
        : Verdict.broken(
            "%s: MEMGETINFO: %s, regions: %s".formatted(path, info, regions(control)),
            "a write size from 1 to the erase size, and either no regions or contiguous ones from 0"
                + " to the size, with the erase size as the largest block",
            "compute size and erase size from the regions");
  }

  /** A run of blocks. */
  private record Region(long offset, long blockSize, long blocks) {
    long end() {
      return offset + blockSize * blocks;
    }
  }

  private static List<Region> regions(Control control) throws Exception {
    Words count = Words.ofBytes(Integer.BYTES);
    control.call(MEMGETREGIONCOUNT, count);
    Region[] regions = new Region[(int) count.get(0)];
    for (int index = 0; index < regions.length; index++) {
      Words info = Words.of(0, 0, 0, index);
      control.call(MEMGETREGIONINFO, info);
      regions[index] = new Region(info.get(0), info.get(1), info.get(2));
    }
    return List.of(regions);
  }

  private static boolean regionsFit(Control control, MtdAnswer info) throws Exception {
    List<Region> regions = regions(control);
    long end = 0;
    long largest = 0;
    for (Region region : regions) {
      if (region.offset() != end) {
        return false;
      }
      end = region.end();
      largest = Math.max(largest, region.blockSize());
    }
    return regions.isEmpty() || (end == info.size() && largest == info.eraseSize());
  }

  private Verdict badBlock(Trial trial) throws Exception {
    Control control = Control.of(Opened.open(trial, path));
    String found = control.answer(MEMGETBADBLOCK, Words.of((int) MtdAnswer.of(control).size(), 0));
    return found.equals(Errno.EINVAL.name())
        ? Verdict.HELD
        : Verdict.broken(
            "%s: the answer to MEMGETBADBLOCK at its end is %s".formatted(path, found),
            "EINVAL",
            "compare the offset, of 64 bits, with the size");
  }

  private Verdict command(Trial trial) throws Exception {
    return Control.of(Opened.open(trial, path))
        .knows(UNKNOWN)
        .map(found ->
            Verdict.broken(found, "ENOTTY", "return ENOTTY for commands that are not in mtd-abi.h"))
        .orElse(Verdict.HELD);
  }
}
