package dev.nommu.kernel.proc;

import dev.nommu.api.Attributes;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileNames;
import dev.nommu.api.MappableFile;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.RegularFile;
import dev.nommu.api.SeekableFile;
import dev.nommu.api.Whence;
import dev.nommu.api.WritableFile;
import dev.nommu.kernel.sysctl.Sysctl;
import java.lang.ScopedValue.CallableOp;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * A file whose content the kernel generates each time it is opened.
 *
 * @param number its inode number
 * @param owned returns the owner and the mode
 * @param opening opens it
 */
record PseudoFile(long number, Supplier<Attributes> owned, Opening opening) implements RegularFile {
  /** How a file is opened. */
  @FunctionalInterface
  interface Opening {
    /** Returns the open file. */
    OpenFile open(OpenFlags flags) throws ErrnoException;
  }

  private static final int BLOCK = 1024;

  /**
   * Returns a text that can be read, and mapped as a copy; the superuser may open it for writing.
   */
  static PseudoFile text(long number, CallableOp<String, ErrnoException> content) {
    return text(number, 0444, content);
  }

  /** Returns such a text that only the superuser can read. */
  static PseudoFile textForRoot(long number, CallableOp<String, ErrnoException> content) {
    return text(number, 0400, content);
  }

  private static PseudoFile text(
      long number, int permissions, CallableOp<String, ErrnoException> content) {
    return new PseudoFile(
        number, roots(permissions), flags -> new MappableText(FileNames.encode(content.call())));
  }

  /** Returns bytes that can be read, and mapped as a copy, but not opened for writing. */
  static PseudoFile bytes(long number, Supplier<byte[]> bytes) {
    return new PseudoFile(
        number,
        roots(0444),
        flags -> {
          requireReading(flags);
          return new MappableText(bytes.get());
        });
  }

  /** Returns the file of a setting. */
  static PseudoFile setting(long number, Sysctl setting) {
    return new PseudoFile(number, roots(0644), flags -> new Value(setting));
  }

  private static void requireReading(OpenFlags flags) throws ErrnoException {
    if (flags.writes()) {
      throw new ErrnoException(Errno.EACCES, "open: this file is read-only for all users");
    }
  }

  private static Supplier<Attributes> roots(int permissions) {
    Attributes same = attributes(permissions).build();
    return () -> same;
  }

  /** Starts building the attributes of an inode of proc or sysfs. */
  static Attributes.Builder attributes(int permissions) {
    return Attributes.builder(permissions).blockSize(BLOCK);
  }

  @Override
  public Attributes attributes() {
    return owned.get();
  }

  @Override
  public OpenFile open(OpenFlags flags) throws ErrnoException {
    return opening.open(flags);
  }

  @Override
  public void truncate(long size) {
    // As in proc: O_TRUNC before a write is accepted and ignored.
  }

  /** A text without an mmap operation, like those of a process. */
  static class Text implements ReadableFile, SeekableFile {
    private final MemorySegment content;

    Text(byte[] content) {
      this.content = MemorySegment.ofArray(content);
    }

    /** Moves without knowing the end, as {@code seq_lseek} does. */
    @Override
    public long seek(long position, long offset, Whence whence) throws ErrnoException {
      return SeekableFile.withoutEnd(position, offset, whence);
    }

    @Override
    public long read(MemorySegment into, long position) {
      long count = Math.min(into.byteSize(), Math.max(0, content.byteSize() - position));
      if (count > 0) {
        into.asSlice(0, count).copyFrom(content.asSlice(position, count));
      }
      return count;
    }
  }

  /** A text of an entry of proc; write fails, as in {@code pde_write} without a write operation. */
  private static final class MappableText extends Text implements MappableFile, WritableFile {
    MappableText(byte[] content) {
      super(content);
    }

    @Override
    public long write(MemorySegment from, long position) throws ErrnoException {
      throw ErrnoException.byRule("PROC-16", Errno.EIO, "write: this file has no write operation");
    }
  }

  private static final class Value extends Text implements WritableFile {
    private final Sysctl setting;

    Value(Sysctl setting) {
      super((setting.text() + "\n").getBytes(StandardCharsets.US_ASCII));
      this.setting = setting;
    }

    /** Sets the first number; a write at any offset but 0 is ignored (sysctl_writes_strict = 1). */
    @Override
    public long write(MemorySegment from, long position) throws ErrnoException {
      return position == 0
          ? setting.setFirst(
              new String(from.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1))
          : from.byteSize();
    }
  }
}
