package dev.nommu.tck.fs;

import dev.nommu.api.Directory;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FlaggedInode;
import dev.nommu.api.Inode;
import dev.nommu.api.InodeFlag;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Whence;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.task.Task;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Verdict;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The optional operations of files, each tested only if the plugin has the slot.
 *
 * @param place where the file system is mounted
 */
record SlotClauses(Place place) {
  private static final int SIZE = 10_000;
  private static final int PAGE = 4096;
  private static final int NAMELESS = OpenFlags.O_TMPFILE | OpenFlags.O_RDWR;
  private static final int SETFLAGS = 0x4008_6602;
  private static final Set<InodeFlag> APPEND_ONLY = Set.of(InodeFlag.APPEND_ONLY);

  List<Clause> all() {
    return List.of(
        place.change("FILE-01", "Its own seek finds the data of the file.", this::seeks),
        place.change("FILE-03", "After fsync all written data is present.", this::synced),
        place.change(
            "FILE-04", "An allocation keeps or shifts all bytes; new ones are zero.", this::room),
        place.change(
            "FILE-06",
            "A file without a name is not listed, and is freed when closed.",
            this::nameless),
        place.change("OWN-11", "Flags that were set are stored.", this::flags));
  }

  private static byte[] pattern() {
    byte[] bytes = new byte[SIZE];
    for (int at = 0; at < SIZE; at++) {
      bytes[at] = (byte) (1 + at % 251);
    }
    return bytes;
  }

  /** Returns the descriptor of a file with a pattern. */
  private static int file(Mounted mounted) throws ErrnoException {
    mounted.furnish(0);
    mounted.write(mounted.made("file"), pattern());
    return mounted.task().open(mounted.made("file"), OpenFlags.O_RDWR);
  }

  /**
   * A seek in a file that has data everywhere.
   *
   * @param answer the position, or the error
   */
  private record Seek(long offset, Whence whence, String answer) {
    Seek(long offset, Whence whence, long position) {
      this(offset, whence, String.valueOf(position));
    }

    String found(Task task, int file) throws ErrnoException {
      try {
        return String.valueOf(task.lseek(file, offset, whence));
      } catch (ErrnoException refused) {
        return refused.errno().name();
      }
    }

    /** Holes are optional. */
    boolean isOptional() {
      return whence == Whence.DATA || whence == Whence.HOLE;
    }
  }

  private static final List<Seek> SEEKS =
      List.of(
          new Seek(10, Whence.START, 10),
          new Seek(5, Whence.CURRENT, 15),
          new Seek(-1, Whence.END, SIZE - 1L),
          new Seek(SIZE / 2, Whence.DATA, SIZE / 2),
          new Seek(SIZE / 2, Whence.HOLE, SIZE),
          new Seek(SIZE, Whence.DATA, "ENXIO"),
          new Seek(7, Whence.START, 7),
          new Seek(-8, Whence.CURRENT, "EINVAL"),
          new Seek(0, Whence.CURRENT, 7));

  private Verdict seeks(Mounted mounted) throws ErrnoException {
    int file = file(mounted);
    mounted.task().lseek(file, 0, Whence.START);
    if (mounted.trial().recorder().calls("seek").isEmpty()) {
      return Verdict.skipped("the kernel seeks in its files");
    }
    for (Seek seek : SEEKS) {
      String found = seek.found(mounted.task(), file);
      boolean isUnknown = seek.isOptional() && found.equals("EINVAL");
      if (!found.equals(seek.answer()) && !isUnknown) {
        return Verdict.broken(
            "seek of %d from %s in a file of %d bytes without a hole leads to %s"
                .formatted(seek.offset(), seek.whence(), SIZE, found),
            seek.answer(),
            "count from the given position in seek; or omit SeekableFile, and the kernel seeks");
      }
    }
    return Verdict.HELD;
  }

  private Verdict synced(Mounted mounted) throws ErrnoException {
    int file = file(mounted);
    mounted.writeAll(file, new byte[] {7, 7, 7}, PAGE - 1);
    byte[] expected = pattern();
    Arrays.fill(expected, PAGE - 1, PAGE + 2, (byte) 7);
    if (!isSynced(mounted.task(), file)) {
      return Verdict.skipped("its files have no fsync");
    }
    mounted.task().close(file);
    Verdict here =
        compare(mounted, "file", "after fsync", expected, "do not change a file in fsync");
    if (!here.equals(Verdict.HELD)) {
      return here;
    }
    mounted.umount();
    mounted.mount();
    return isThere(mounted, "file")
        ? compare(
            mounted, "file", "mounted again after fsync", expected, "write pending data in fsync")
        : Verdict.HELD;
  }

  private static boolean isSynced(Task task, int file) throws ErrnoException {
    try {
      task.descriptors().fsync(file);
      return true;
    } catch (ErrnoException refused) {
      if (refused.errno() == Errno.EINVAL) {
        return false;
      }
      throw refused;
    }
  }

  private static boolean isThere(Mounted mounted, String name) {
    try {
      mounted.tree().lstat(mounted.made(name));
      return true;
    } catch (ErrnoException absent) {
      return false;
    }
  }

  private static Verdict compare(
      Mounted mounted, String name, String when, byte[] expected, String remedy)
      throws ErrnoException {
    byte[] read = mounted.read(mounted.made(name));
    int differs = Arrays.mismatch(read, expected);
    return differs < 0
        ? Verdict.HELD
        : Verdict.broken(
            "%s %d bytes are read, different from %d on".formatted(when, read.length, differs),
            "%d bytes, as expected".formatted(expected.length),
            remedy);
  }

  /** A way of allocating the second page of a file. */
  private enum Way {
    GROW(0),
    KEEP_SIZE(0x1),
    PUNCH_HOLE(0x3),
    COLLAPSE_RANGE(0x8),
    ZERO_RANGE(0x10),
    INSERT_RANGE(0x20);

    private final int mode;

    Way(int mode) {
      this.mode = mode;
    }

    /** Growing starts at the end, the others are within the file. */
    int offset() {
      return this == GROW || this == KEEP_SIZE ? SIZE + 1 : PAGE;
    }

    byte[] expected() {
      byte[] bytes = pattern();
      return switch (this) {
        case GROW -> Arrays.copyOf(bytes, SIZE + 1 + PAGE);
        case KEEP_SIZE -> bytes;
        case PUNCH_HOLE, ZERO_RANGE -> {
          Arrays.fill(bytes, PAGE, 2 * PAGE, (byte) 0);
          yield bytes;
        }
        case COLLAPSE_RANGE -> joined(bytes, 0, Arrays.copyOfRange(bytes, 2 * PAGE, SIZE));
        case INSERT_RANGE -> joined(bytes, PAGE, Arrays.copyOfRange(bytes, PAGE, SIZE));
      };
    }

    /** Returns the first page, zeros, and the rest. */
    private static byte[] joined(byte[] first, int zeros, byte[] rest) {
      byte[] bytes = new byte[PAGE + zeros + rest.length];
      System.arraycopy(first, 0, bytes, 0, PAGE);
      System.arraycopy(rest, 0, bytes, PAGE + zeros, rest.length);
      return bytes;
    }
  }

  private Verdict room(Mounted mounted) throws ErrnoException {
    boolean knowsOne = false;
    mounted.furnish(0);
    for (Way way : Way.values()) {
      mounted.write(mounted.made(way.name()), pattern());
      int file = mounted.task().open(mounted.made(way.name()), OpenFlags.O_RDWR);
      Optional<Errno> refused = refused(mounted.task(), file, way);
      mounted.task().close(file);
      knowsOne |= refused.isEmpty();
      Verdict found =
          compare(
              mounted,
              way.name(),
              "after fallocate %s of %d bytes at %d%s"
                  .formatted(
                      way,
                      PAGE,
                      way.offset(),
                      refused.map(errno -> " failed with " + errno).orElse("")),
              refused.isEmpty() ? way.expected() : pattern(),
              "implement the flags in allocate, or fail and leave the file unchanged");
      if (!found.equals(Verdict.HELD)) {
        return found;
      }
    }
    return knowsOne ? Verdict.HELD : Verdict.skipped("its files do not support fallocate");
  }

  private static Optional<Errno> refused(Task task, int file, Way way) {
    try {
      task.descriptors().fallocate(file, way.mode, way.offset(), PAGE);
      return Optional.empty();
    } catch (ErrnoException refused) {
      return Optional.of(refused.errno());
    }
  }

  private Verdict nameless(Mounted mounted) throws ErrnoException {
    mounted.furnish(1);
    FileSystem.Statistics before = mounted.tree().statfs(mounted.entry().target());
    List<String> names = names(mounted);
    Task task = mounted.task();
    int file = task.open(mounted.path(Mounted.FOLDER), NAMELESS, 0600);
    int other = task.open(mounted.path(Mounted.FOLDER), NAMELESS, 0600);
    mounted.writeAll(file, pattern(), 0);
    byte[] read = mounted.readAll(file);
    int size = mounted.readAll(other).length;
    String remedy = "create a file without a name in tmpfile, and free it when it is closed";
    if (!Arrays.equals(read, pattern()) || size != 0) {
      return Verdict.broken(
          "%d bytes are read of a file with %d, and %d of an empty one"
              .formatted(read.length, SIZE, size),
          "the bytes of each",
          remedy);
    }
    if (!names(mounted).equals(names)) {
      return Verdict.broken("the directory lists " + names(mounted), names.toString(), remedy);
    }
    task.close(file);
    task.close(other);
    FileSystem.Statistics after = mounted.tree().statfs(mounted.entry().target());
    return mounted.isOnTheHost() || before.freeBlocks() == after.freeBlocks()
        ? Verdict.HELD
        : Verdict.broken(
            "%d blocks are free after two were created and closed".formatted(after.freeBlocks()),
            "%d, as before".formatted(before.freeBlocks()),
            remedy);
  }

  private static List<String> names(Mounted mounted) throws ErrnoException {
    return mounted.tree().list(mounted.path(Mounted.FOLDER)).stream()
        .map(each -> each.name())
        .toList();
  }

  private Verdict flags(Mounted mounted) throws ErrnoException {
    mounted.furnish(1);
    Task task = mounted.task();
    int file = task.open(mounted.made("file-00"), OpenFlags.O_RDWR);
    long memory =
        task.mmap(
            0,
            PAGE,
            MmapArguments.PROT_READ | MmapArguments.PROT_WRITE,
            MmapArguments.MAP_PRIVATE | MmapArguments.MAP_ANONYMOUS,
            -1,
            0);
    try {
      set(task, file, memory, InodeFlag.APPEND_ONLY.bit());
    } catch (ErrnoException refused) {
      if (refused.errno() == Errno.ENOTTY) {
        return Verdict.skipped("its inodes have no flags");
      }
      throw refused;
    }
    Set<InodeFlag> kept = ofPlugin(mounted).orElse(APPEND_ONLY);
    set(task, file, memory, 0);
    Set<InodeFlag> left = ofPlugin(mounted).orElse(Set.of());
    return kept.equals(APPEND_ONLY) && left.isEmpty()
        ? Verdict.HELD
        : Verdict.broken(
            "flags() is %s after %s was set, and %s after it was cleared"
                .formatted(kept, APPEND_ONLY, left),
            "%s, and none".formatted(APPEND_ONLY),
            "return the flags set by setFlags from flags(), or throw EOPNOTSUPP from setFlags");
  }

  private static void set(Task task, int file, long memory, int flags) throws ErrnoException {
    MemorySegment word = MemorySegment.ofArray(new byte[] {(byte) flags, 0, 0, 0});
    try {
      task.store(memory, word);
    } catch (MemoryFault impossible) {
      throw new IllegalStateException(impossible);
    }
    task.ioctl(file, SETFLAGS, memory);
  }

  /** Returns the answer of the plugin's own object; empty for a direct plugin. */
  private static Optional<Set<InodeFlag>> ofPlugin(Mounted mounted) throws ErrnoException {
    Optional<FileSystem> plugins = mounted.plugins();
    if (plugins.isPresent()
        && plugins.get().root().lookup(Mounted.FOLDER).orElse(null) instanceof Directory folder) {
      Inode inode = folder.lookup("file-00").orElse(null);
      if (inode instanceof FlaggedInode flagged) {
        return Optional.of(flagged.flags());
      }
    }
    return Optional.empty();
  }
}
