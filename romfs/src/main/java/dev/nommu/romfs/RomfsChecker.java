package dev.nommu.romfs;

import dev.nommu.api.ErrnoException;
import dev.nommu.image.ByteSource;
import dev.nommu.image.Finding;
import dev.nommu.image.Findings;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds faults in an image, including those a mount ignores, which trusts all but the beginning
 * (rules ROMFS-12 and ROMFS-15). Parts that no checksum covers (the data of files, the paths in
 * symbolic links and the padding between nodes) are not checked.
 *
 * <p>Time and memory are bounded by the size of the image.
 */
public final class RomfsChecker {
  private RomfsChecker() {}

  /**
   * Checks an image.
   *
   * @return the findings, in the order they were found, at most 1000; empty if the image is sound
   * @throws ErrnoException EIO if the source cannot be read
   */
  public static List<Finding> check(ByteSource source) throws ErrnoException {
    Findings findings = new Findings();
    if (source.size() < RomfsFormat.FIRST_BLOCK) {
      String found = source.size() + " bytes";
      findings.add(0, RomfsHeader.SUBJECT, "an image of 512 bytes or more", found);
      return findings.list();
    }
    byte[] bytes = new byte[RomfsFormat.FIRST_BLOCK];
    source.read(MemorySegment.ofArray(bytes), 0);
    checkImage(source, ByteBuffer.wrap(bytes), findings);
    return findings.list();
  }

  /**
   * Checks an image in a file of any {@code java.nio.file} file system.
   *
   * @return the findings, as for {@link #check(ByteSource)}
   * @throws ErrnoException ENOENT if the file does not exist, EIO if it cannot be read
   */
  public static List<Finding> check(Path image) throws ErrnoException {
    try (ByteSource source = ByteSource.open(image)) {
      return check(source);
    }
  }

  private static void checkImage(ByteSource source, ByteBuffer first, Findings findings)
      throws ErrnoException {
    long magic = first.getLong(0);
    if (magic != RomfsFormat.MAGIC) {
      String expected = "magic 0x%016x".formatted(RomfsFormat.MAGIC);
      findings.add(0, RomfsHeader.SUBJECT, expected, "0x%016x".formatted(magic));
      return;
    }
    RomfsHeader header = RomfsHeader.parse(first);
    checkHeader(source, header, first, findings);
    long limit = Math.min(header.size(), source.size());
    new TreeCheck(new NodeReader(source, limit), findings).check(header.rootOffset());
  }

  private static void checkHeader(
      ByteSource source, RomfsHeader header, ByteBuffer first, Findings findings) {
    if (header.size() < header.rootOffset() || header.size() > source.size()) {
      String expected = "a size of %d to %d".formatted(header.rootOffset(), source.size());
      findings.add(8, RomfsHeader.SUBJECT, expected, String.valueOf(header.size()));
    }
    int sum = RomfsFormat.sum(first.slice(0, header.checkedBytes()));
    if (sum != 0) {
      String expected =
          "checksum 0x%08x of the first %d bytes"
              .formatted(header.checksum() - sum, header.checkedBytes());
      findings.add(12, RomfsHeader.SUBJECT, expected, "0x%08x".formatted(header.checksum()));
    }
    if (first.get(RomfsHeader.nameEnd(first)) != 0) {
      String expected = "a volume name of 128 bytes or less that ends with a NUL";
      findings.add(RomfsFormat.HEADER_SIZE, RomfsHeader.SUBJECT, expected, "no NUL");
    }
  }
}
