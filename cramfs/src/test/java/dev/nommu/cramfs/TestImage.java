package dev.nommu.cramfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.nommu.fixtures.FakeStore;
import dev.nommu.image.ByteSource;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** An image written byte by byte, by rules CRAMFS-10 to CRAMFS-17. */
final class TestImage {
  static final int FSID_VERSION_2 = 1;
  static final int SORTED_DIRS = 2;
  static final int EXT_BLOCK_POINTERS = 0x800;
  static final int UNCOMPRESSED = 1 << 31;
  static final int DIRECT = 1 << 30;
  static final int ROOT = 64;

  /** The offset of the only entry in the root directory of {@link #withFile}. */
  static final int ENTRY = 76;

  /** The offset of that file's block pointers. */
  static final int TABLE = 92;

  final ByteBuffer bytes;

  TestImage(ByteOrder order, int size) {
    bytes = ByteBuffer.allocate(size).order(order);
    word(0, 0x28cd3d45).word(4, size).word(8, FSID_VERSION_2 | SORTED_DIRS);
    text(16, "Compressed ROMFS").word(40, 1).word(44, 1).text(48, "test");
    node(ROOT, 0040755, 0, 0, 0, 0, 76);
  }

  /** An image of 64 KiB with one file "file" of this size, and these block pointers. */
  static TestImage withFile(int size, int... pointers) {
    return withFile(ByteOrder.LITTLE_ENDIAN, size, pointers);
  }

  static TestImage withFile(ByteOrder order, int size, int... pointers) {
    TestImage image = new TestImage(order, 65536).word(44, 2);
    image.node(ROOT, 0040755, 0, 0, 16, 0, ENTRY);
    image.node(ENTRY, 0100644, 0, 0, size, 4, TABLE).text(ENTRY + 12, "file");
    for (int i = 0; i < pointers.length; i++) {
      image.word(TABLE + 4 * i, pointers[i]);
    }
    return image;
  }

  TestImage word(int at, int value) {
    bytes.putInt(at, value);
    return this;
  }

  TestImage half(int at, int value) {
    bytes.putShort(at, (short) value);
    return this;
  }

  TestImage text(int at, String text) {
    return put(at, text.getBytes(ISO_8859_1));
  }

  TestImage put(int at, byte[] content) {
    bytes.put(at, content);
    return this;
  }

  TestImage flags(int flags) {
    return word(8, flags);
  }

  /** Rule CRAMFS-13, word by word. */
  TestImage node(int at, int mode, int uid, int gid, int size, int nameBytes, int dataOffset) {
    int nameLength = nameBytes / 4;
    int offset = dataOffset / 4;
    return bytes.order() == ByteOrder.LITTLE_ENDIAN
        ? word(at, mode | uid << 16)
            .word(at + 4, size | gid << 24)
            .word(at + 8, nameLength | offset << 6)
        : word(at, mode << 16 | uid)
            .word(at + 4, size << 8 | gid)
            .word(at + 8, nameLength << 26 | offset);
  }

  /** Stores the correct checksum. */
  TestImage seal() {
    word(32, 0);
    CRC32 crc = new CRC32();
    crc.update(bytes.array(), 0, Math.clamp(bytes.getInt(4), 0, bytes.capacity()));
    return word(32, (int) crc.getValue());
  }

  byte[] array() {
    return bytes.array();
  }

  FakeStore disk() {
    return FakeStore.disk(array());
  }

  FakeStore chip() {
    return FakeStore.rom(array());
  }

  CramfsImage open() throws Exception {
    return CramfsImage.open(ByteSource.of(disk()), 4096);
  }

  /** Returns the bytes of "file", read over other bytes. */
  byte[] readFile() throws Exception {
    try (CramfsImage image = open()) {
      CramfsNode file = image.lookup(image.root(), "file").orElseThrow();
      byte[] bytes = new byte[file.size()];
      Arrays.fill(bytes, (byte) 0x55);
      MemorySegment into = MemorySegment.ofArray(bytes);
      for (long done = 0; done < bytes.length; ) {
        done += image.read(file, into.asSlice(done), done);
      }
      return bytes;
    }
  }

  /** Returns bytes as a zlib stream. */
  static byte[] deflated(byte[] content) {
    try (Deflater deflater = new Deflater()) {
      deflater.setInput(content);
      deflater.finish();
      byte[] stream = new byte[content.length + 100];
      int length = deflater.deflate(stream);
      return Arrays.copyOf(stream, length);
    }
  }

  /** Returns bytes that differ from block to block. */
  static byte[] pattern(int length) {
    byte[] content = new byte[length];
    for (int i = 0; i < length; i++) {
      content[i] = (byte) (i % 251 + i / 4096);
    }
    return content;
  }
}
