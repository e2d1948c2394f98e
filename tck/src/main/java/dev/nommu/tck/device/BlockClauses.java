package dev.nommu.tck.device;

import dev.nommu.api.BackingStore;
import dev.nommu.api.BlockDevice;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Page;
import dev.nommu.kernel.task.Task;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Trial;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.mapping.Opened;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The contract of a block device, beyond that of its file's mappings.
 *
 * @param path of its node
 */
record BlockClauses(String path) {
  private static final int PIECE = StoreClauses.PIECE;
  private static final int LEAST_BLOCK = 512;

  /** Commands that no device has. */
  private static final int[] UNKNOWN = {0, 0x7a7a, 0x4008_7a7b};

  List<Clause> all() {
    List<Clause> clauses = new ArrayList<>(store().all());
    clauses.addAll(
        List.of(
            Clause.of(
                "BLK-09", "Written bytes are read back, and nothing else changes.", this::writes),
            Clause.of("BLK-09", "Writes outside of it are refused: EIO.", this::writesNoMore),
            Clause.of("BLK-09", "A read-only device refuses writes: EROFS.", this::writesNothing),
            Clause.of("BLK-09", "The last close loses no written data.", this::closes),
            Clause.of("BLK-08", "A physical block has 512, 1024, 2048 or 4096 bytes.", this::block),
            Clause.of("BLK-08", "An unknown command fails with ENOTTY.", this::command)));
    return List.copyOf(clauses);
  }

  private StoreClauses store() {
    return new StoreClauses(this::device);
  }

  private Optional<BlockDevice> device(Trial trial) {
    return RegisteredDevices.device(trial, RegisteredDevices.BLOCK, path, BlockDevice.class);
  }

  private Verdict askWritable(Trial trial, StoreClauses.Question question) throws Exception {
    return store()
        .ask(
            trial,
            store -> store.isReadOnly() ? Verdict.skipped("it is read-only") : question.of(store));
  }

  private Verdict writes(Trial trial) throws Exception {
    return askWritable(
        trial,
        store -> {
          for (long offset : StoreClauses.pieces(store)) {
            byte[] expected = StoreClauses.read(store, 0, Math.min(store.size(), 4 * Page.SIZE));
            byte[] piece = piece(offset);
            write(store, piece, offset);
            copy(piece, expected, offset);
            if (!Arrays.equals(piece, StoreClauses.read(store, offset, PIECE))
                || !Arrays.equals(expected, StoreClauses.read(store, 0, expected.length))) {
              return Verdict.broken(
                  "%s: after a write of %d bytes at 0x%x different bytes are read"
                      .formatted(StoreClauses.name(store), PIECE, offset),
                  "the bytes written there, and unchanged bytes around them",
                  "write all bytes of the segment, starting at the offset");
            }
          }
          return Verdict.HELD;
        });
  }

  private static byte[] piece(long offset) {
    byte[] bytes = new byte[PIECE];
    for (int at = 0; at < PIECE; at++) {
      bytes[at] = (byte) (offset * 31 + at + 1);
    }
    return bytes;
  }

  private static void write(BackingStore store, byte[] bytes, long offset) throws ErrnoException {
    try {
      store.write(MemorySegment.ofArray(bytes), offset);
    } catch (ErrnoException failure) {
      throw new ErrnoException(
          failure.errno(),
          "%s, which is not read-only: write of %d bytes at 0x%x: %s"
              .formatted(StoreClauses.name(store), bytes.length, offset, failure.getMessage()));
    }
  }

  private static void copy(byte[] piece, byte[] into, long offset) {
    for (int at = 0; at < PIECE && offset + at < into.length; at++) {
      into[(int) offset + at] = piece[at];
    }
  }

  private Verdict writesNoMore(Trial trial) throws Exception {
    return askWritable(
        trial,
        store ->
            StoreClauses.refuses(
                store,
                "write",
                Errno.EIO,
                range ->
                    store.write(
                        MemorySegment.ofArray(new byte[(int) range.length()]), range.offset())));
  }

  private Verdict writesNothing(Trial trial) throws Exception {
    return store()
        .ask(
            trial,
            store -> {
              if (!store.isReadOnly()) {
                return Verdict.skipped("it can be written");
              }
              String found = answerToWrite(store);
              return found.equals(Errno.EROFS.name())
                  ? Verdict.HELD
                  : Verdict.broken(
                      "%s is read-only, and the answer to a write is %s"
                          .formatted(StoreClauses.name(store), found),
                      "EROFS",
                      "do not override write of BackingStore, or return false from isReadOnly");
            });
  }

  private static String answerToWrite(BackingStore store) {
    try {
      store.write(MemorySegment.ofArray(new byte[1]), 0);
      return "success";
    } catch (ErrnoException refused) {
      return refused.errno().name();
    }
  }

  private Verdict closes(Trial trial) throws Exception {
    return askWritable(
        trial,
        store -> {
          if (store.size() < 2 * PIECE) {
            return Verdict.skipped("it has fewer than %d bytes".formatted(2 * PIECE));
          }
          Task task = trial.task();
          byte[] piece = piece(PIECE);
          int descriptor = task.open(path, OpenFlags.O_RDWR);
          task.pwrite(descriptor, MemorySegment.ofArray(piece), PIECE);
          task.close(descriptor);
          byte[] read = new byte[PIECE];
          task.pread(task.open(path, OpenFlags.O_RDONLY), MemorySegment.ofArray(read), PIECE);
          Optional<String> fault = fault(trial);
          return Arrays.equals(piece, read) && fault.isEmpty()
              ? Verdict.HELD
              : Verdict.broken(
                  fault.orElse(
                      "%s: the bytes read differ from those written before the last close"
                          .formatted(StoreClauses.name(store))),
                  "the bytes written",
                  "write back cached data in released, and discard nothing that belongs to the"
                      + " disk");
        });
  }

  private static Optional<String> fault(Trial trial) {
    return trial.machine().log().lines().stream()
        .filter(line -> line.contains("PLUGIN-01"))
        .findFirst();
  }

  private Verdict block(Trial trial) throws Exception {
    Optional<BlockDevice> device = device(trial);
    if (device.isEmpty()) {
      return Verdict.skipped("the plugin's object is known only to the kernel");
    }
    int bytes = device.get().physicalBlockSize();
    return bytes >= LEAST_BLOCK && bytes <= Page.SIZE && Integer.bitCount(bytes) == 1
        ? Verdict.HELD
        : Verdict.broken(
            "%s.physicalBlockSize returned %d".formatted(StoreClauses.name(device.get()), bytes),
            "a power of two from %d to %d".formatted(LEAST_BLOCK, Page.SIZE),
            "do not override it, or return 512, 1024, 2048 or 4096");
  }

  private Verdict command(Trial trial) throws Exception {
    return Control.of(Opened.open(trial, path))
        .knows(UNKNOWN)
        .map(found ->
            Verdict.broken(
                found,
                "ENOTTY",
                "call ioctl of BlockDevice for each command that the device does not have"))
        .orElse(Verdict.HELD);
  }
}
