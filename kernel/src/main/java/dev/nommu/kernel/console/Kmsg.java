package dev.nommu.kernel.console;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PollEvent;
import dev.nommu.api.PollableFile;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.SeekableFile;
import dev.nommu.api.WaitQueue;
import dev.nommu.api.Whence;
import dev.nommu.api.WritableFile;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.log.LogRecord;
import dev.nommu.kernel.wait.FileWaitQueue;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An open {@code /dev/kmsg} (Documentation/ABI/testing/dev-kmsg): each read returns a record of the
 * kernel's log, each write adds one. Thread-safe.
 */
final class Kmsg implements ReadableFile, WritableFile, PollableFile, SeekableFile {
  /** PRINTKRB_RECORD_MAX. */
  private static final int LONGEST = 1024;

  private static final int LEVELS = 8;

  /** LOG_USER: records of the kernel itself cannot be written. */
  private static final int USER = 1;

  private static final Pattern PREFIX = Pattern.compile("<(\\d{1,9})>");

  private final KernelLog log;
  private final FileWaitQueue printed;

  /** The number of the next record to read. */
  @GuardedBy("this")
  private long next;

  /**
   * Opens the log at its first record.
   *
   * @param printed woken when there are more
   */
  Kmsg(KernelLog log, FileWaitQueue printed) {
    this.log = log;
    this.printed = printed;
    this.next = log.first();
  }

  /** EINVAL if the record does not fit, EPIPE if earlier ones were lost. */
  @Override
  public long read(MemorySegment into, long position) throws ErrnoException {
    printed.await(this::isReadable);
    byte[] record = text(take()).getBytes(StandardCharsets.US_ASCII);
    if (record.length > into.byteSize()) {
      throw new ErrnoException(
          Errno.EINVAL,
          "read of /dev/kmsg: expected room for the record's %d bytes, found %d"
              .formatted(record.length, into.byteSize()));
    }
    into.asSlice(0, record.length).copyFrom(MemorySegment.ofArray(record));
    return record.length;
  }

  private synchronized boolean isReadable() {
    return next < log.end();
  }

  private synchronized LogRecord take() throws ErrnoException {
    LogRecord record = log.from(next);
    if (record.sequence() > next) {
      long lost = record.sequence() - next;
      next = record.sequence();
      throw new ErrnoException(
          Errno.EPIPE, "read of /dev/kmsg: %d records are lost".formatted(lost));
    }
    next++;
    return record;
  }

  private static String text(LogRecord record) {
    return "%d,%d,%d,-;%s\n"
        .formatted(
            record.priority(), record.sequence(), record.nanos() / 1000, escaped(record.text()));
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      boolean isShown = each >= ' ' && each < 0x7f && each != '\\';
      escaped.append(isShown ? String.valueOf((char) each) : "\\x%02x".formatted(each & 0xff));
    }
    return escaped.toString();
  }

  /** EINVAL for more than a record can hold. */
  @Override
  public long write(MemorySegment from, long position) throws ErrnoException {
    if (from.byteSize() > LONGEST) {
      throw new ErrnoException(
          Errno.EINVAL,
          "write to /dev/kmsg: expected at most %d bytes, found %d"
              .formatted(LONGEST, from.byteSize()));
    }
    String text = new String(from.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    Matcher prefix = PREFIX.matcher(text);
    if (prefix.lookingAt()) {
      log.print(priority(Integer.parseInt(prefix.group(1))), line(text.substring(prefix.end())));
    } else {
      log.print(priority(KernelLog.DEFAULT_LEVEL), line(text));
    }
    return from.byteSize();
  }

  private static int priority(int asked) {
    return asked < LEVELS ? USER * LEVELS + asked : asked;
  }

  /** As {@code vprintk_store}: up to a zero byte, without the trailing newline. */
  private static String line(String text) {
    String line = text.split("\0", 2)[0];
    return line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
  }

  /** To the first record, or past the last one; DATA is the first, as the log is never cleared. */
  @Override
  public long seek(long position, long offset, Whence whence) throws ErrnoException {
    if (offset != 0) {
      throw new ErrnoException(
          Errno.ESPIPE, "lseek in /dev/kmsg: expected offset 0, found " + offset);
    }
    switch (whence) {
      case START, DATA -> goTo(log.first());
      case END -> goTo(log.end());
      case CURRENT, HOLE ->
          throw new ErrnoException(
              Errno.EINVAL, "lseek in /dev/kmsg: expected SET, END or DATA, found " + whence);
    }
    return 0;
  }

  private synchronized void goTo(long sequence) {
    next = sequence;
  }

  /** With ERR and PRI if records are lost. */
  @Override
  public synchronized Set<PollEvent> poll() {
    if (!isReadable()) {
      return EnumSet.noneOf(PollEvent.class);
    }
    return next < log.first()
        ? EnumSet.of(PollEvent.IN, PollEvent.ERR, PollEvent.PRI)
        : EnumSet.of(PollEvent.IN);
  }

  @Override
  public WaitQueue queue() {
    return printed;
  }
}
