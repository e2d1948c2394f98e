package dev.nommu.tck.fs;

import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.task.Task;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.mapping.Readiness;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes and the sizes of files.
 *
 * @param place where the file system is mounted
 */
record ContentClauses(Place place) {
  private static final int SIZE = 10_000;
  private static final int CUT = 4_500;
  private static final int PIECE = 997;
  private static final int ROUNDS = 20;

  private static final byte OLD = 0x11;
  private static final byte NEW = 0x77;

  List<Clause> all() {
    return List.of(
        place.clause(
            "FS-06",
            "The size of a file is the number of bytes that can be read.",
            this::sizeIsRead),
        place.change("FS-06", "Written bytes are read back, in pieces of any size.", this::written),
        place.change("FS-06", "The gap before a write beyond the end is zero.", this::gap),
        place.change(
            "FS-06",
            "Bytes removed by truncate are zero when the file grows again.",
            this::truncated),
        place.change(
            "FS-07", "A read sees each byte as it was before a write or after it.", this::between),
        place.clause("WAIT-12", "Poll agrees with a non-blocking read.", this::polled));
  }

  private Verdict polled(Mounted mounted) throws ErrnoException {
    mounted.furnishIfWritable();
    List<Verdict> judged = new ArrayList<>();
    Verdict found =
        mounted.search((path, listed) -> {
          Verdict verdict =
              listed.kind() == FileKind.REGULAR
                  ? new Readiness(mounted.trial(), path).judge()
                  : Verdict.skipped("");
          judged.add(verdict);
          return verdict instanceof Verdict.Broken ? verdict : Verdict.HELD;
        });
    return found.equals(Verdict.HELD) && !judged.contains(Verdict.HELD)
        ? Verdict.skipped("none of its files waits, or only the kernel has its objects")
        : found;
  }

  private static byte[] pattern(int size) {
    byte[] bytes = new byte[size];
    for (int at = 0; at < size; at++) {
      bytes[at] = (byte) (1 + at % 251);
    }
    return bytes;
  }

  private Verdict sizeIsRead(Mounted mounted) throws ErrnoException {
    mounted.furnishIfWritable();
    return mounted.search((path, listed) ->
        listed.kind() == FileKind.REGULAR ? sizeIsRead(mounted, path, listed) : Verdict.HELD);
  }

  private static Verdict sizeIsRead(Mounted mounted, String path, DirectoryEntry listed)
      throws ErrnoException {
    long size = mounted.tree().lstat(path).attributes().size();
    int read = mounted.read(path).length;
    boolean isMadeWhenOpened = size == 0 && !mounted.isWritable(); // as the files of /proc
    return isMadeWhenOpened || read == Math.min(size, Mounted.MOST_BYTES)
        ? Verdict.HELD
        : Verdict.broken(
            "%s of inode %d: %d bytes are read".formatted(path, listed.inode(), read),
            "%d bytes, as in attributes".formatted(size),
            "return the number of bytes that can be read from attributes().size()");
  }

  private Verdict written(Mounted mounted) throws ErrnoException {
    mounted.furnish(0);
    byte[] bytes = pattern(SIZE);
    int file = create(mounted);
    for (int at = 0; at < SIZE; at += PIECE) {
      mounted.writeAll(file, Arrays.copyOfRange(bytes, at, Math.min(at + PIECE, SIZE)), at);
    }
    mounted.task().close(file);
    return compare(mounted, bytes, "store bytes at the given position in write");
  }

  private static int create(Mounted mounted) throws ErrnoException {
    return mounted.task().open(mounted.made("file"), OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
  }

  private static Verdict compare(Mounted mounted, byte[] expected, String remedy)
      throws ErrnoException {
    byte[] read = mounted.read(mounted.made("file"));
    long size = mounted.tree().lstat(mounted.made("file")).attributes().size();
    int differs = Arrays.mismatch(read, expected);
    return differs < 0 && size == expected.length
        ? Verdict.HELD
        : Verdict.broken(
            "its size is %d, and %d bytes are read, different from %d on"
                .formatted(size, read.length, differs),
            "%d bytes, as they were written".formatted(expected.length),
            remedy);
  }

  private Verdict gap(Mounted mounted) throws ErrnoException {
    mounted.furnish(0);
    byte[] bytes = pattern(SIZE);
    int file = create(mounted);
    mounted.writeAll(file, Arrays.copyOf(bytes, CUT), 0);
    mounted.writeAll(file, Arrays.copyOfRange(bytes, CUT + PIECE, SIZE), CUT + PIECE);
    mounted.task().close(file);
    Arrays.fill(bytes, CUT, CUT + PIECE, (byte) 0);
    return compare(mounted, bytes, "fill the gap between the end and a write with zeros");
  }

  private Verdict truncated(Mounted mounted) throws ErrnoException {
    mounted.furnish(0);
    byte[] bytes = pattern(SIZE);
    mounted.write(mounted.made("file"), bytes);
    try {
      mounted.tree().truncate(mounted.made("file"), CUT);
    } catch (ErrnoException failure) {
      if (failure.errno() == Errno.EINVAL) {
        return Verdict.skipped("the sizes of its files are fixed: " + failure.getMessage());
      }
      throw failure;
    }
    String remedy = "set the size in truncate, and clear the bytes beyond it";
    Verdict cut = compare(mounted, Arrays.copyOf(bytes, CUT), remedy);
    if (!cut.equals(Verdict.HELD)) {
      return cut;
    }
    mounted.tree().truncate(mounted.made("file"), SIZE);
    return compare(mounted, Arrays.copyOf(Arrays.copyOf(bytes, CUT), SIZE), remedy);
  }

  private Verdict between(Mounted mounted) throws Exception {
    mounted.furnish(0);
    byte[] bytes = new byte[SIZE];
    Arrays.fill(bytes, OLD);
    mounted.write(mounted.made("file"), bytes);
    Task writer = mounted.trial().machine().init().spawn("writer", task -> write(mounted, task));
    int file = mounted.task().open(mounted.made("file"), OpenFlags.O_RDONLY);
    Verdict verdict = Verdict.HELD;
    while (writer.status().isEmpty()) {
      byte[] read = mounted.readAll(file);
      verdict = verdict.equals(Verdict.HELD) ? eachIsOldOrNew(read) : verdict;
    }
    writer.join();
    return verdict;
  }

  private static int write(Mounted mounted, Task task) throws ErrnoException {
    int file = task.open(mounted.made("file"), OpenFlags.O_WRONLY);
    byte[] bytes = new byte[SIZE];
    for (int round = 0; round < ROUNDS; round++) {
      Arrays.fill(bytes, round % 2 == 0 ? NEW : OLD);
      MemorySegment from = MemorySegment.ofArray(bytes);
      for (long done = 0; done < SIZE; ) {
        done += task.pwrite(file, from.asSlice(done), done);
      }
    }
    return 0;
  }

  private static Verdict eachIsOldOrNew(byte[] read) {
    for (int at = 0; at < read.length; at++) {
      if (read[at] != OLD && read[at] != NEW) {
        return torn("byte %d was read as 0x%02x while it was written".formatted(at, read[at]));
      }
    }
    return read.length == SIZE
        ? Verdict.HELD
        : torn("%d bytes were read while all were rewritten".formatted(read.length));
  }

  private static Verdict torn(String found) {
    return Verdict.broken(
        found,
        "%d bytes, each 0x%02x or 0x%02x".formatted(SIZE, OLD, NEW),
        "store each byte once; or implement ReadableFile instead of ConcurrentlyReadableFile, so"
            + " that reads wait for writes");
  }
}
