package dev.nommu.cramfs;

import dev.nommu.api.ErrnoException;
import dev.nommu.image.ByteSource;
import dev.nommu.image.Finding;
import dev.nommu.image.Findings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds the faults of an image: all that fsck.cramfs finds, with and without extracting, and faults
 * of extended block pointers (rule CRAMFS-22). Each finding has an offset.
 */
public final class CramfsChecker {
  private CramfsChecker() {}

  /**
   * Checks an image.
   *
   * @param blockSize bytes in a block, which the image does not store: a power of two from 4096 to
   *     65536
   * @return the findings, at most 1000; empty if the image is sound
   * @throws ErrnoException EINVAL for another block size, EIO if the source cannot be read
   */
  public static List<Finding> check(ByteSource source, int blockSize) throws ErrnoException {
    CramfsFormat.requireBlockSize(blockSize);
    Findings findings = new Findings();
    Optional<CramfsSuperblock> superblock = SuperblockCheck.check(source, findings);
    if (superblock.isPresent()) {
      checkTree(source, superblock.get(), blockSize, findings);
    }
    return findings.list();
  }

  /**
   * Checks an image in a file of any {@code java.nio.file} file system.
   *
   * @throws ErrnoException ENOENT if the file does not exist; EINVAL, EIO as for {@link
   *     #check(ByteSource, int)}
   */
  public static List<Finding> check(Path image, int blockSize) throws ErrnoException {
    try (ByteSource source = ByteSource.open(image)) {
      return check(source, blockSize);
    }
  }

  private static void checkTree(
      ByteSource source, CramfsSuperblock superblock, int blockSize, Findings findings)
      throws ErrnoException {
    ImageReader reader = new ImageReader(source, superblock.byteOrder());
    CheckedRange range =
        new CheckedRange(superblock.end(), Math.min(superblock.size(), source.size()));
    try (ContentCheck contents = new ContentCheck(reader, range, superblock, blockSize, findings)) {
      new TreeCheck(reader, range, superblock, contents, findings).check();
    }
  }
}
