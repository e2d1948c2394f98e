package dev.nommu.scenario;

import static dev.nommu.scenario.Answer.done;
import static dev.nommu.scenario.Answer.returned;
import static dev.nommu.scenario.Parameter.number;
import static dev.nommu.scenario.Parameter.text;

import dev.nommu.api.Attributes;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.kernel.fs.FileStatus;
import dev.nommu.kernel.memory.MemoryFault;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls that query files and directories. With an address they fill in memory, in the 64-bit
 * layouts of asm-generic; without one the result is shown.
 */
final class StatusAnswers {
  static final List<Call> CALLS =
      List.of(
          new Call(
              "stat",
              "Shows the status of a file; with an address, stores a struct stat there.",
              Signature.of(text("path"), number("address").optional()),
              (caller, of) -> status(caller, of, caller.task().tree().stat(of.path(0)))),
          new Call(
              "lstat",
              "Shows the status of a file, or of a symbolic link itself.",
              Signature.of(text("path"), number("address").optional()),
              (caller, of) -> status(caller, of, caller.task().tree().lstat(of.path(0)))),
          new Call(
              "fstat",
              "Shows the status of an open file.",
              Signature.of(number("fd"), number("address").optional()),
              (caller, of) -> status(caller, of, caller.task().fstat(of.integer(0)))),
          new Call(
              "access",
              "Checks whether a file can be read, written or executed, or whether it exists.",
              Signature.of(text("path"), number("mode")),
              (caller, of) -> done(() -> caller.task().tree().access(of.path(0), of.integer(1)))),
          new Call(
              "statfs",
              "Shows the status of a path's file system; with an address, stores a struct"
                  + " statfs there.",
              Signature.of(text("path"), number("address").optional()),
              StatusAnswers::statfs),
          new Call(
                  "getdents",
                  "Reads entries of an open directory: getdents64; without memory, their names.",
                  Signature.of(number("fd")),
                  StatusAnswers::getdents)
              .or(Signature.of(number("fd"), number("address"), number("count"))),
          new Call(
                  "readlink",
                  "Reads the target of a symbolic link; with memory, as many bytes as fit.",
                  Signature.of(text("path")),
                  StatusAnswers::readlink)
              .or(Signature.of(text("path"), number("address"), number("count"))));

  private static final int SIZE_OF_STAT = 128;
  private static final int SIZE_OF_STATFS = 120;
  private static final int LONGEST_NAME = 255;
  private static final int ENTRIES = 1 << 15;

  /** The offset of the length in a struct linux_dirent64, and of the name. */
  private static final int D_RECLEN = 16;

  private static final int D_NAME = 19;

  private StatusAnswers() {}

  private static Answer status(Caller caller, Arguments of, FileStatus status) throws MemoryFault {
    if (of.size() == 1) {
      return shown(status);
    }
    Attributes attributes = status.attributes();
    ByteBuffer stat = structure(SIZE_OF_STAT);
    stat.putLong(0, deviceNumber(status.device().major(), status.device().minor()));
    stat.putLong(8, status.inode());
    stat.putInt(16, status.mode());
    stat.putInt(20, attributes.links());
    stat.putInt(24, attributes.owner().uid());
    stat.putInt(28, attributes.owner().gid());
    stat.putLong(48, attributes.size());
    stat.putInt(56, attributes.blockSize());
    stat.putLong(64, attributes.blocks());
    put(stat, 72, attributes.accessed());
    put(stat, 88, attributes.modified());
    put(stat, 104, attributes.changed());
    status
        .special()
        .ifPresent(device -> stat.putLong(32, deviceNumber(device.major(), device.minor())));
    return stored(caller, of, stat);
  }

  private static ByteBuffer structure(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void put(ByteBuffer stat, int offset, Instant time) {
    stat.putLong(offset, time.getEpochSecond()).putLong(offset + Long.BYTES, time.getNano());
  }

  private static Answer stored(Caller caller, Arguments of, ByteBuffer structure)
      throws MemoryFault {
    caller.task().store(of.number(1), MemorySegment.ofBuffer(structure));
    return returned(0);
  }

  /** The layout of {@code new_encode_dev}: minor 0-7, major 8-19, minor 20-31. */
  private static long deviceNumber(int major, int minor) {
    return (minor & 0xff) | (long) major << 8 | (long) (minor & ~0xff) << 12;
  }

  private static Answer shown(FileStatus status) {
    Attributes attributes = status.attributes();
    List<Field> fields = new ArrayList<>();
    fields.add(new Field("st_mode", mode(status)));
    fields.add(Field.decimal("st_nlink", attributes.links()));
    fields.add(Field.decimal("st_uid", attributes.owner().uid()));
    fields.add(Field.decimal("st_gid", attributes.owner().gid()));
    fields.add(Field.decimal("st_blksize", attributes.blockSize()));
    fields.add(Field.decimal("st_blocks", attributes.blocks()));
    fields.add(
        status
            .special()
            .map(device -> "makedev(0x%x, 0x%x)".formatted(device.major(), device.minor()))
            .map(text -> new Field("st_rdev", text))
            .orElseGet(() -> Field.decimal("st_size", attributes.size())));
    return new Answer.Structure(fields);
  }

  /** Formats a mode as strace does: S_IFREG|0644. */
  private static String mode(FileStatus status) {
    String kind =
        switch (status.kind()) {
          case REGULAR -> "S_IFREG";
          case DIRECTORY -> "S_IFDIR";
          case SYMBOLIC_LINK -> "S_IFLNK";
          case CHARACTER_DEVICE -> "S_IFCHR";
          case BLOCK_DEVICE -> "S_IFBLK";
          case FIFO -> "S_IFIFO";
          case SOCKET -> "S_IFSOCK";
        };
    return "%s|0%o".formatted(kind, status.attributes().permissions());
  }

  private static Answer statfs(Caller caller, Arguments of) throws ErrnoException, MemoryFault {
    FileSystem.Statistics statistics = caller.task().tree().statfs(of.path(0));
    if (of.size() == 1) {
      return new Answer.Structure(
          List.of(
              Field.hexadecimal("f_type", statistics.magic()),
              Field.decimal("f_bsize", statistics.blockSize()),
              Field.decimal("f_blocks", statistics.blocks()),
              Field.decimal("f_bfree", statistics.freeBlocks()),
              Field.decimal("f_files", statistics.files())));
    }
    ByteBuffer statfs = structure(SIZE_OF_STATFS);
    statfs.putLong(0, statistics.magic());
    statfs.putLong(8, statistics.blockSize());
    statfs.putLong(16, statistics.blocks());
    statfs.putLong(24, statistics.freeBlocks());
    statfs.putLong(32, statistics.freeBlocks());
    statfs.putLong(40, statistics.files());
    statfs.putLong(64, LONGEST_NAME);
    statfs.putLong(72, statistics.blockSize());
    return stored(caller, of, statfs);
  }

  private static Answer getdents(Caller caller, Arguments of) throws ErrnoException, MemoryFault {
    int fd = of.integer(0);
    if (of.size() > 1) {
      MemorySegment into = caller.task().memory(of.number(1), of.number(2));
      return returned(caller.task().descriptors().getdents(fd, into));
    }
    ByteBuffer entries = structure(ENTRIES);
    long length = caller.task().descriptors().getdents(fd, MemorySegment.ofBuffer(entries));
    List<String> names = new ArrayList<>();
    for (int at = 0; at < length; at += Short.toUnsignedInt(entries.getShort(at + D_RECLEN))) {
      names.add(name(entries, at + D_NAME));
    }
    return new Answer.Lines("", names);
  }

  private static Answer readlink(Caller caller, Arguments of) throws ErrnoException, MemoryFault {
    if (of.size() == 1) {
      return new Answer.Data(target(caller, of));
    }
    int room = of.integer(2);
    if (room <= 0) {
      throw new ErrnoException(Errno.EINVAL, "readlink: expected room for a byte, found " + room);
    }
    byte[] target = target(caller, of);
    int length = Math.min(target.length, room);
    caller.task().store(of.number(1), MemorySegment.ofArray(target).asSlice(0, length));
    return returned(length);
  }

  private static byte[] target(Caller caller, Arguments of) throws ErrnoException {
    return caller.task().tree().readlink(of.path(0)).getBytes(StandardCharsets.UTF_8);
  }

  private static String name(ByteBuffer entries, int start) {
    int end = start;
    while (entries.get(end) != 0) {
      end++;
    }
    byte[] name = new byte[end - start];
    entries.get(start, name);
    return new String(name, StandardCharsets.UTF_8);
  }
}
