package dev.nommu.riscvlinux.strace;

import static dev.nommu.riscvlinux.strace.TracedCall.getInt;
import static dev.nommu.riscvlinux.strace.TracedCall.getLong;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Formats the structures that arguments point to; an address where there is no memory. */
final class Structures {
  private static final int SIGNALS = 64;

  /** The offset of the name in a directory entry. */
  private static final int D_NAME = 19;

  /** More arguments do not fit on a stack. */
  private static final int MOST_ARGUMENTS = 32 * 4096 / Long.BYTES;

  private static final int CHARACTER_DEVICE = 0020000;
  private static final int BLOCK_DEVICE = 0060000;
  private static final int FIELD_OF_UTSNAME = 65;

  /** As in strace, which shows no more elements of a list without {@code -v}. */
  private static final int MOST_ELEMENTS = 32;

  private Structures() {}

  /** Returns the formatted contents of memory at an address. */
  static String at(
      TracedCall call, long address, long size, Function<MemorySegment, String> written) {
    return call.memory(address, size).map(written).orElse(Argument.pointer(address));
  }

  static String timespec(TracedCall call, long address) {
    return at(
        call, address, 16, s -> "{tv_sec=%d, tv_nsec=%d}".formatted(getLong(s, 0), getLong(s, 8)));
  }

  static String timeval(TracedCall call, long address) {
    return at(call, address, 16, s -> timeval(s, 0));
  }

  static String timeval(MemorySegment from, long offset) {
    return "{tv_sec=%d, tv_usec=%d}".formatted(getLong(from, offset), getLong(from, offset + 8));
  }

  static String itimerval(TracedCall call, long address) {
    return at(
        call,
        address,
        32,
        s -> "{it_interval=%s, it_value=%s}".formatted(timeval(s, 0), timeval(s, 16)));
  }

  static String stat(TracedCall call, long address) {
    return at(call, address, 128, s -> stat(getInt(s, 16), getLong(s, 32), getLong(s, 48)));
  }

  private static String stat(int mode, long device, long size) {
    int kind = mode & 0170000;
    String third =
        kind == CHARACTER_DEVICE || kind == BLOCK_DEVICE
            ? "st_rdev=" + device(device)
            : "st_size=" + size;
    return "{st_mode=%s, %s, ...}".formatted(Constants.mode(mode), third);
  }

  /** Returns a device number encoded as {@code new_encode_dev} does. */
  static String device(long device) {
    return "makedev(0x%x, 0x%x)"
        .formatted((device >>> 8) & 0xfff, (device & 0xff) | ((device >>> 12) & 0xfff00));
  }

  static String statx(TracedCall call, long address) {
    return at(
        call,
        address,
        256,
        s ->
            "{stx_mask=%s, stx_attributes=0, stx_mode=%s, stx_size=%d, ...}"
                .formatted(
                    Constants.STATX.bits(getInt(s, 0)),
                    Constants.mode(getInt(s, 28) & 0xffff),
                    getLong(s, 40)));
  }

  static String statfs(TracedCall call, long address) {
    return at(
        call,
        address,
        120,
        s ->
            "{f_type=%s, f_bsize=%d, f_blocks=%d, f_bfree=%d, f_bavail=%d, f_files=%d, f_ffree=%d, f_fsid={val=[%d, %d]}, f_namelen=%d, f_frsize=%d, f_flags=%d}"
                .formatted(
                    Constants.FILE_SYSTEM.value(getLong(s, 0)),
                    getLong(s, 8),
                    getLong(s, 16),
                    getLong(s, 24),
                    getLong(s, 32),
                    getLong(s, 40),
                    getLong(s, 48),
                    getInt(s, 56),
                    getInt(s, 60),
                    getLong(s, 64),
                    getLong(s, 72),
                    getLong(s, 80)));
  }

  static String uname(TracedCall call, long address) {
    return at(
        call,
        address,
        6L * FIELD_OF_UTSNAME,
        s -> "{sysname=%s, nodename=%s, ...}".formatted(field(s, 0), field(s, 1)));
  }

  private static String field(MemorySegment names, int index) {
    byte[] field =
        names
            .asSlice((long) index * FIELD_OF_UTSNAME, FIELD_OF_UTSNAME)
            .toArray(ValueLayout.JAVA_BYTE);
    int length = 0;
    while (length < field.length && field[length] != 0) {
      length++;
    }
    return Quoted.text(Arrays.copyOf(field, length));
  }

  static String pair(TracedCall call, long address) {
    return at(call, address, 8, s -> "[%d, %d]".formatted(getInt(s, 0), getInt(s, 4)));
  }

  static String number(TracedCall call, long address) {
    return at(call, address, 4, s -> "[%d]".formatted(getInt(s, 0)));
  }

  static String position(TracedCall call, long address) {
    return at(call, address, 8, s -> "[%d]".formatted(getLong(s, 0)));
  }

  static String windowSize(TracedCall call, long address) {
    return at(
        call,
        address,
        8,
        s ->
            "{ws_row=%d, ws_col=%d, ws_xpixel=%d, ws_ypixel=%d}"
                .formatted(
                    getInt(s, 0) & 0xffff,
                    getInt(s, 0) >>> 16,
                    getInt(s, 4) & 0xffff,
                    getInt(s, 4) >>> 16));
  }

  static String rlimit(TracedCall call, long address) {
    return at(
        call,
        address,
        16,
        s -> "{rlim_cur=%s, rlim_max=%s}".formatted(limit(getLong(s, 0)), limit(getLong(s, 8))));
  }

  private static String limit(long value) {
    if (value == -1) {
      return "RLIM64_INFINITY";
    }
    return value > 1024 && value % 1024 == 0 ? value / 1024 + "*1024" : Long.toString(value);
  }

  /** Returns a signal set, or its complement if that is shorter. */
  static String signals(TracedCall call, long address) {
    return at(call, address, 8, s -> signals(getLong(s, 0)));
  }

  /** Returns a signal set in the same way; bit 0 is signal 1. */
  static String signals(long set) {
    return Long.bitCount(set) > SIGNALS / 2 ? "~" + listed(~set) : listed(set);
  }

  private static String listed(long set) {
    return LongStream.rangeClosed(1, SIGNALS)
        .filter(number -> (set >>> (number - 1) & 1) != 0)
        .mapToObj(Structures::signalInSet)
        .collect(Collectors.joining(" ", "[", "]"));
  }

  private static String signalInSet(long number) {
    return Constants.signal(number).replaceFirst("^SIG", "");
  }

  static String action(TracedCall call, long address) {
    return at(
        call,
        address,
        24,
        s ->
            "{sa_handler=%s, sa_mask=%s, sa_flags=%s}"
                .formatted(
                    handler(getLong(s, 0)),
                    signals(getLong(s, 16)),
                    Constants.SIGACTION.bits(getLong(s, 8))));
  }

  private static String handler(long address) {
    if (address == 0) {
      return "SIG_DFL";
    }
    return address == 1 ? "SIG_IGN" : "0x" + Long.toHexString(address);
  }

  static String waitStatus(TracedCall call, long address) {
    return at(call, address, 4, s -> "[%s]".formatted(waitStatus(getInt(s, 0))));
  }

  private static String waitStatus(int status) {
    int signal = status & 0x7f;
    if (signal == 0) {
      return "{WIFEXITED(s) && WEXITSTATUS(s) == %d}".formatted(status >> 8 & 0xff);
    }
    if ((status & 0xff) == 0x7f) {
      return "{WIFSTOPPED(s) && WSTOPSIG(s) == %s}".formatted(Constants.signal(status >> 8 & 0xff));
    }
    return status == 0xffff
        ? "{WIFCONTINUED(s)}"
        : "{WIFSIGNALED(s) && WTERMSIG(s) == %s}".formatted(Constants.signal(signal));
  }

  /** Returns the strings that a list of pointers points to. */
  static String texts(TracedCall call, long address) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < MOST_ELEMENTS; i++) {
      long pointer = pointerAt(call, address, i);
      if (pointer == 0) {
        return "[" + String.join(", ", texts) + "]";
      }
      texts.add(call.text(pointer).map(Memory::shown).orElse(Argument.pointer(pointer)));
    }
    return "[" + String.join(", ", texts) + ", ...]";
  }

  /** Returns the address of a list of pointers and the number of pointers. */
  static String counted(TracedCall call, long address) {
    if (address == 0) {
      return "NULL";
    }
    int count = 0;
    while (count < MOST_ARGUMENTS && pointerAt(call, address, count) != 0) {
      count++;
    }
    return "0x%x /* %d var%s */".formatted(address, count, count == 1 ? "" : "s");
  }

  private static long pointerAt(TracedCall call, long list, int index) {
    return call.memory(list + 8L * index, 8).map(found -> getLong(found, 0)).orElse(0L);
  }

  /**
   * Returns the pieces of an {@code iovec} list with their contents.
   *
   * @param count the number of pieces
   * @param filled the number of valid bytes in all of them
   */
  static String pieces(TracedCall call, long address, long count, long filled) {
    if (count < 0 || count > MOST_ELEMENTS) {
      return Argument.pointer(address);
    }
    return at(
        call,
        address,
        16 * count,
        list -> {
          StringJoiner pieces = new StringJoiner(", ", "[", "]");
          long left = filled;
          for (int i = 0; i < count; i++) {
            long length = getLong(list, 16L * i + 8);
            long shown = Math.min(left, length);
            pieces.add(
                "{iov_base=%s, iov_len=%d}"
                    .formatted(Memory.data(call, getLong(list, 16L * i), shown), length));
            left -= shown;
          }
          return pieces.toString();
        });
  }

  static String polled(TracedCall call, long address, long count) {
    return pollList(
        call,
        address,
        count,
        (fd, events) -> "{fd=%d, events=%s}".formatted(fd, Constants.POLL.bits(events & 0xffff)));
  }

  /** Returns the files that have events. */
  static String told(TracedCall call, long address, long count) {
    return pollList(
        call,
        address,
        count,
        (fd, events) ->
            events >>> 16 == 0
                ? ""
                : "{fd=%d, revents=%s}".formatted(fd, Constants.POLL.bits(events >>> 16)));
  }

  private interface PollFd {
    String text(int fd, int events);
  }

  private static String pollList(TracedCall call, long address, long count, PollFd written) {
    if (count < 0 || count > MOST_ELEMENTS) {
      return Argument.pointer(address);
    }
    return at(
        call,
        address,
        8 * count,
        list ->
            LongStream.range(0, count)
                .mapToObj(i -> written.text(getInt(list, 8 * i), getInt(list, 8 * i + 4)))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", ", "[", "]")));
  }

  /** Returns an address and the number of directory entries written there. */
  static String entries(TracedCall call, long address, long length) {
    return at(
        call,
        address,
        length,
        list -> {
          int count = 0;
          long at = 0;
          while (at + D_NAME < length) {
            at += Math.max(D_NAME, getInt(list, at + 16) & 0xffff);
            count++;
          }
          return "0x%x /* %d entr%s */".formatted(address, count, count == 1 ? "y" : "ies");
        });
  }
}
