package dev.nommu.kernel.exec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** A bFLT file, made byte by byte: header, text, data, relocations. */
public final class FlatFile {
  static final int HEADER = 64;
  static final int RAM = 1;
  static final int GOTPIC = 2;
  static final int GZIP = 4;
  static final int GZDATA = 8;

  private int revision = 4;
  private int entry = HEADER;
  private byte[] text = new byte[0];
  private byte[] data = new byte[0];
  private int bss;
  private int stack = 4096;
  private int[] relocations = {};
  private int flags;

  /** Creates a file that has a header only. */
  public FlatFile() {}

  /** Sets what follows the header. */
  public FlatFile text(byte... bytes) {
    text = bytes;
    return this;
  }

  FlatFile data(byte... bytes) {
    data = bytes;
    return this;
  }

  /** Sets data to these words, in network order. */
  FlatFile data(int... words) {
    ByteBuffer buffer = ByteBuffer.allocate(words.length * Integer.BYTES);
    Arrays.stream(words).forEach(buffer::putInt);
    return data(buffer.array());
  }

  FlatFile bss(int bytes) {
    bss = bytes;
    return this;
  }

  FlatFile stack(int bytes) {
    stack = bytes;
    return this;
  }

  FlatFile revision(int number) {
    revision = number;
    return this;
  }

  FlatFile entry(int offset) {
    entry = offset;
    return this;
  }

  /** Sets the offsets, from behind the header, of the words that are relocated. */
  FlatFile relocations(int... offsets) {
    relocations = offsets;
    return this;
  }

  FlatFile flags(int bits) {
    flags = bits;
    return this;
  }

  /** Returns the file. */
  public byte[] bytes() {
    byte[] offsets = relocationBytes();
    if ((flags & GZIP) != 0) {
      return joined(header(), gzip(joined(text, data, offsets)));
    }
    if ((flags & GZDATA) != 0) {
      return joined(header(), text, gzip(joined(data, offsets)));
    }
    return joined(header(), text, data, offsets);
  }

  private byte[] header() {
    int dataStart = HEADER + text.length;
    int dataEnd = dataStart + data.length;
    return ByteBuffer.allocate(HEADER)
        .put(new byte[] {'b', 'F', 'L', 'T'})
        .putInt(revision)
        .putInt(entry)
        .putInt(dataStart)
        .putInt(dataEnd)
        .putInt(dataEnd + bss)
        .putInt(stack)
        .putInt(dataEnd)
        .putInt(relocations.length)
        .putInt(flags)
        .array();
  }

  private byte[] relocationBytes() {
    ByteBuffer buffer = ByteBuffer.allocate(relocations.length * Integer.BYTES);
    Arrays.stream(relocations).forEach(buffer::putInt);
    return buffer.array();
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return packed.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }
}
