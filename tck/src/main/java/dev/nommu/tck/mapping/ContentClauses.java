package dev.nommu.tck.mapping;

import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;

import dev.nommu.api.AddressRange;
import dev.nommu.api.DeviceWindow;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapCapability;
import dev.nommu.api.OpenFile;
import dev.nommu.api.Page;
import dev.nommu.api.PollableFile;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.Sharing;
import dev.nommu.kernel.memory.Bank;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Trial;
import dev.nommu.tck.Verdict;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The contract of contents: a mapping shows the bytes that are read.
 *
 * @param path of the file
 */
record ContentClauses(String path) {
  /** An odd number of bytes, so that pieces end at any offset. */
  private static final int PIECE = 13;

  private static final int SOME = 10 * PIECE;

  /** Past the end of any file of a test. */
  private static final long FAR = 1L << 40;

  List<Clause> all() {
    return List.of(
        Clause.of(
            "COPY-03",
            "A read fills its buffer, up to the end of the file, and returns the count.",
            this::readsInPieces),
        Clause.of("COPY-03", "A read past the end of the file returns 0.", this::atEnd),
        Clause.of("COPY-03", "A private copy has the bytes that are read.", this::copyHasTheBytes),
        Clause.of(
            "DIR-02", "A mapping in place shows the bytes that are read.", this::showsTheBytes),
        Clause.of(
            "MMAP-17",
            "Bytes stored through a shared mapping are read back.",
            this::storesAreRead));
  }

  private interface Question {
    Verdict of(ReadableFile file) throws ErrnoException;
  }

  private Verdict ask(Trial trial, Question question) throws ErrnoException {
    Optional<OpenFile> file = Opened.open(trial, path).plugins();
    if (file.isEmpty()) {
      return Verdict.skipped("the plugin's object is known only to the kernel");
    }
    if (file.get() instanceof PollableFile) {
      return Verdict.skipped("its reads may wait for data");
    }
    return file.get() instanceof ReadableFile readable
        ? askWhereSomethingIs(readable, question)
        : Verdict.skipped("it has no read operation");
  }

  private static Verdict askWhereSomethingIs(ReadableFile file, Question question)
      throws ErrnoException {
    try {
      return question.of(file);
    } catch (ErrnoException failure) {
      if (failure.errno() == Errno.EFAULT) {
        return Verdict.skipped("it maps addresses where nothing answers: " + failure.getMessage());
      }
      throw failure;
    }
  }

  /** Returns as many bytes as were read at a position. */
  private static byte[] read(ReadableFile file, int count, long position) throws ErrnoException {
    byte[] bytes = new byte[count];
    long read = file.read(MemorySegment.ofArray(bytes), position);
    return Arrays.copyOf(bytes, Math.clamp(read, 0, count));
  }

  private Verdict readsInPieces(Trial trial) throws ErrnoException {
    return ask(
        trial,
        file -> {
          long count = file.read(MemorySegment.ofArray(new byte[SOME]), 0);
          if (count < 0 || count > SOME) {
            return Verdict.broken(
                "%s.read of %d bytes at 0 returned %d"
                    .formatted(file.getClass().getName(), SOME, count),
                "from 0 to %d".formatted(SOME),
                "return how many bytes were copied");
          }
          byte[] whole = read(file, SOME, 0);
          if (!Arrays.equals(whole, read(file, SOME, 0))) {
            return Verdict.skipped("two reads at one position differ: it is a source of data");
          }
          for (int at = 0; at < whole.length; at += PIECE) {
            byte[] piece = read(file, PIECE, at);
            byte[] expected = Arrays.copyOfRange(whole, at, Math.min(at + PIECE, whole.length));
            if (!Arrays.equals(piece, expected)) {
              return Verdict.broken(
                  "%s.read of %d bytes at %d gave %s"
                      .formatted(file.getClass().getName(), PIECE, at, Arrays.toString(piece)),
                  "%s, as a read of %d bytes at 0 has there"
                      .formatted(Arrays.toString(expected), SOME),
                  "copy as many bytes as fit, starting at the position, and return their number");
            }
          }
          return Verdict.HELD;
        });
  }

  private Verdict atEnd(Trial trial) throws ErrnoException {
    return ask(
        trial,
        file -> {
          byte[] beyond = read(file, PIECE, FAR);
          boolean isEndless = beyond.length == PIECE && read(file, PIECE, 0).length == PIECE;
          return beyond.length == 0 || isEndless
              ? Verdict.HELD
              : Verdict.broken(
                  "%s.read of %d bytes at 0x%x returned %d"
                      .formatted(file.getClass().getName(), PIECE, FAR, beyond.length),
                  "0",
                  "return 0 for a position at or past the end");
        });
  }

  private Verdict copyHasTheBytes(Trial trial) throws ErrnoException, MemoryFault {
    Opened file = Opened.open(trial, path);
    Attempt attempt = file.map(PROT_READ | PROT_WRITE, Sharing.PRIVATE, 0, Page.SIZE);
    return attempt instanceof Attempt.Mapped mapped
        ? compare(file, mapped)
        : Verdict.skipped("it cannot be copied: " + attempt.told());
  }

  private Verdict showsTheBytes(Trial trial) throws ErrnoException, MemoryFault {
    Opened file = Opened.open(trial, path);
    Attempt attempt = file.map(PROT_READ, Sharing.SHARED, 0, Page.SIZE);
    if (!(attempt instanceof Attempt.Mapped mapped && attempt.isDirect())) {
      return Verdict.skipped("it cannot be mapped in place");
    }
    return isRegisters(trial, mapped)
        ? Verdict.skipped("its mapping shows registers, not the bytes of a file")
        : compare(file, mapped);
  }

  private static boolean isRegisters(Trial trial, Attempt.Mapped mapped) {
    return banks(trial, mapped).stream()
        .anyMatch(bank -> bank.kind() == DeviceWindow.Kind.REGISTERS);
  }

  private static List<Bank> banks(Trial trial, Attempt.Mapped mapped) {
    return trial.machine().memory().banksIn(new AddressRange(mapped.address(), 1));
  }

  private static Verdict compare(Opened file, Attempt.Mapped mapped)
      throws ErrnoException, MemoryFault {
    byte[] read = new byte[SOME];
    long count;
    try {
      count = file.task().pread(file.descriptor(), MemorySegment.ofArray(read), 0);
    } catch (ErrnoException unreadable) {
      return Verdict.skipped("it cannot be read: " + unreadable.getMessage());
    }
    byte[] shown = new byte[(int) count];
    file.task().load(mapped.address(), MemorySegment.ofArray(shown));
    byte[] again = new byte[SOME];
    file.task().pread(file.descriptor(), MemorySegment.ofArray(again), 0);
    if (!Arrays.equals(read, again)) {
      return Verdict.skipped("two reads at one position differ: it is a source of data");
    }
    int differs = Arrays.mismatch(shown, Arrays.copyOf(read, (int) count));
    return differs < 0
        ? Verdict.HELD
        : Verdict.broken(
            "%s: byte %d of the mapping is 0x%02x"
                .formatted(mapped.told(), differs, shown[differs]),
            "0x%02x, as pread reads there".formatted(read[differs]),
            "use the same store for read and the mapping");
  }

  private Verdict storesAreRead(Trial trial) throws ErrnoException, MemoryFault {
    Opened file = Opened.open(trial, path);
    if (!file.offers(MapCapability.WRITE_MAP)) {
      return Verdict.skipped("it does not permit WRITE_MAP");
    }
    Attempt attempt = file.map(PROT_READ | PROT_WRITE, Sharing.SHARED, 0, Page.SIZE);
    if (!(attempt instanceof Attempt.Mapped mapped && !isRegisters(trial, mapped))) {
      return Verdict.skipped("it cannot be mapped shared for writing, or shows registers");
    }
    if (banks(trial, mapped).isEmpty()) {
      return Verdict.skipped("it maps addresses where nothing answers");
    }
    byte[] pattern = new byte[PIECE];
    Arrays.fill(pattern, (byte) 0xa5);
    file.task().store(mapped.address(), MemorySegment.ofArray(pattern));
    return compare(file, mapped);
  }
}
