package dev.nommu.tck.device;

import static dev.nommu.api.OpenFlags.O_RDONLY;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Trial;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.device.Control.Words;
import dev.nommu.tck.mapping.Opened;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The contract of erasing and programming an MTD through its character device.
 *
 * @param path of its node
 */
record EraseClauses(String path) {
  private static final int MEMERASE = 0x40084d02;
  private static final int MEMUNLOCK = 0x40084d06;

  private static final int PIECE = 13;
  private static final byte ONES = (byte) 0xff;
  private static final byte LOW = 0x0f;
  private static final byte HIGH = (byte) 0xf0;
  private static final int AROUND = 64;

  /** NOR and RAM are written in words; devices with larger pages have other rules. */
  private static final int LARGEST_WORD = 8;

  private static final Verdict NOT_WRITTEN = Verdict.skipped("it cannot be opened for writing");

  List<Clause> all() {
    return List.of(
        Clause.of(
            "MTD-06",
            "Bytes written to an erased block are read back, and nothing else changes.",
            this::writes),
        Clause.of("MTD-08", "An erase sets a block to ones, and no other.", this::erases),
        Clause.of("MTD-08", "An erase of partial blocks is refused: EINVAL.", this::refuses),
        Clause.of("MTD-08", "An erase requires a file open for writing: EPERM.", this::mode),
        Clause.of("FLASH-05", "Programming only clears bits.", this::clears));
  }

  /** An MTD that can be erased, with nothing locked. */
  private record Flash(Opened file, Control control, MtdAnswer info) {
    static Flash unlocked(Opened file) throws Exception {
      Control control = Control.of(file);
      MtdAnswer info = MtdAnswer.of(control);
      control.answer(MEMUNLOCK, Words.of(0, (int) info.size()));
      return new Flash(file, control, info);
    }

    void erase(long start, long length) throws Exception {
      control.call(MEMERASE, Words.of((int) start, (int) length));
    }

    String answerToErase(long start, long length) throws Exception {
      return control.answer(MEMERASE, Words.of((int) start, (int) length));
    }

    void write(byte[] bytes, long position) throws ErrnoException {
      file.task().pwrite(file.descriptor(), MemorySegment.ofArray(bytes), position);
    }

    byte[] read(int length, long position) throws ErrnoException {
      byte[] bytes = new byte[length];
      file.task().pread(file.descriptor(), MemorySegment.ofArray(bytes), position);
      return bytes;
    }
  }

  private interface Question {
    Verdict of(Flash flash) throws Exception;
  }

  private Verdict ask(Trial trial, Question question) throws Exception {
    Opened file = Opened.open(trial, path);
    if (!file.isWritable()) {
      return NOT_WRITTEN;
    }
    Flash flash = Flash.unlocked(file);
    return flash.info().writeSize() > LARGEST_WORD
        ? Verdict.skipped("it is written in pages of %d bytes".formatted(flash.info().writeSize()))
        : question.of(flash);
  }

  private static byte[] filled(int length, byte value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, value);
    return bytes;
  }

  private Verdict writes(Trial trial) throws Exception {
    return ask(
        trial,
        flash -> {
          flash.erase(0, flash.info().eraseSize());
          byte[] expected = filled(AROUND, ONES);
          Arrays.fill(expected, 1, 1 + PIECE, LOW);
          flash.write(filled(PIECE, LOW), 1);
          byte[] found = flash.read(AROUND, 0);
          return Arrays.equals(found, expected)
              ? Verdict.HELD
              : Verdict.broken(
                  "%s: after an erase and a write of %d bytes at 1: %s"
                      .formatted(path, PIECE, Arrays.toString(found)),
                  "those bytes, and all ones around them",
                  "program only the bytes written, whatever the word size of the chip");
        });
  }

  private Verdict erases(Trial trial) throws Exception {
    return ask(
        trial,
        flash -> {
          long block = flash.info().eraseSize();
          flash.write(new byte[PIECE], 0);
          flash.write(new byte[PIECE], block - PIECE);
          byte[] next = nextBlock(flash, block);
          flash.erase(0, block);
          byte[] ones = filled(PIECE, ONES);
          boolean isErased =
              Arrays.equals(ones, flash.read(PIECE, 0))
                  && Arrays.equals(ones, flash.read(PIECE, block - PIECE));
          return isErased && Arrays.equals(next, flash.read(next.length, block))
              ? Verdict.HELD
              : Verdict.broken(
                  "%s: after an erase of 0x%x bytes at 0 %s"
                      .formatted(
                          path,
                          block,
                          isErased ? "the next block has changed" : "some are not ones"),
                  "all ones in the block, and the next block unchanged",
                  "erase from the start for the length, both in bytes");
        });
  }

  /** Writes data at the start of the next block, if there is one, and returns it. */
  private static byte[] nextBlock(Flash flash, long block) throws ErrnoException {
    if (flash.info().size() < block + PIECE) {
      return new byte[0];
    }
    flash.write(new byte[PIECE], block);
    return new byte[PIECE];
  }

  private Verdict refuses(Trial trial) throws Exception {
    return ask(
        trial,
        flash -> {
          for (long[] range : unusable(flash.info())) {
            String found = flash.answerToErase(range[0], range[1]);
            if (!found.equals(Errno.EINVAL.name())) {
              return Verdict.broken(
                  "%s, of 0x%x bytes in blocks of 0x%x: the answer to an erase of 0x%x at 0x%x is %s"
                      .formatted(
                          path,
                          flash.info().size(),
                          flash.info().eraseSize(),
                          range[1],
                          range[0],
                          found),
                  "EINVAL",
                  "compare start and length with the size and the blocks before anything is"
                      + " erased");
            }
          }
          return Verdict.HELD;
        });
  }

  /** Returns ranges, each as start and length, that no driver erases. */
  private static List<long[]> unusable(MtdAnswer info) {
    long size = info.size();
    long block = info.eraseSize();
    List<long[]> ranges = new ArrayList<>();
    ranges.add(new long[] {size, block});
    ranges.add(new long[] {size - block, 2 * block});
    if (info.type() == MtdAnswer.NOR) {
      ranges.add(new long[] {0, block - 1});
      ranges.add(new long[] {1, block});
    }
    return ranges;
  }

  private Verdict mode(Trial trial) throws Exception {
    int descriptor = trial.task().open(path, O_RDONLY);
    Opened file = new Opened(trial, trial.task(), path, descriptor, false);
    Flash flash = Flash.unlocked(file);
    String found = flash.answerToErase(0, flash.info().eraseSize());
    return found.equals(Errno.EPERM.name())
        ? Verdict.HELD
        : Verdict.broken(
            "%s, open for reading: the answer to MEMERASE is %s".formatted(path, found),
            "EPERM",
            "check the access mode of open before an ioctl changes anything");
  }

  private Verdict clears(Trial trial) throws Exception {
    return ask(
        trial,
        flash -> {
          if (flash.info().type() != MtdAnswer.NOR) {
            return Verdict.skipped("it is not NOR flash");
          }
          flash.erase(0, flash.info().eraseSize());
          flash.write(filled(PIECE, LOW), 0);
          programAgain(flash);
          byte[] found = flash.read(PIECE, 0);
          for (byte each : found) {
            if ((each & HIGH) != 0) {
              return Verdict.broken(
                  "%s: 0xf0 written over 0x0f is read as 0x%02x".formatted(path, each),
                  "no bit that was 0 is 1 until the block is erased; EIO is also valid",
                  "store the old value AND the new one: old & new");
            }
          }
          return Verdict.HELD;
        });
  }

  private static void programAgain(Flash flash) throws ErrnoException {
    try {
      flash.write(filled(PIECE, HIGH), 0);
    } catch (ErrnoException refused) {
      if (refused.errno() != Errno.EIO) {
        throw refused;
      }
    }
  }
}
