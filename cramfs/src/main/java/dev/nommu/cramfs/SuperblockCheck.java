package dev.nommu.cramfs;

import dev.nommu.api.ErrnoException;
import dev.nommu.image.ByteSource;
import dev.nommu.image.Findings;
import java.util.Optional;

/** Checks the superblock against the image as a whole. */
final class SuperblockCheck {
  private final ByteSource source;
  private final CramfsSuperblock superblock;
  private final Findings findings;

  private SuperblockCheck(ByteSource source, CramfsSuperblock superblock, Findings findings) {
    this.source = source;
    this.superblock = superblock;
    this.findings = findings;
  }

  /**
   * Checks the superblock.
   *
   * @return the superblock if it exists and its root directory can be checked
   * @throws ErrnoException EIO if the source cannot be read
   */
  static Optional<CramfsSuperblock> check(ByteSource source, Findings findings)
      throws ErrnoException {
    Optional<CramfsSuperblock> found = CramfsSuperblock.find(source);
    if (found.isEmpty()) {
      findings.add(
          0,
          CramfsSuperblock.SUBJECT,
          CramfsSuperblock.MAGIC_PLACES,
          CramfsSuperblock.firstWord(source));
      return found;
    }
    SuperblockCheck check = new SuperblockCheck(source, found.get(), findings);
    check.checkFlags();
    check.checkFsid();
    check.checkRoot();
    return found.filter(superblock -> superblock.root().isDirectory());
  }

  private void checkFlags() {
    int unsupported = CramfsFlag.unsupported(superblock.flags());
    require(
        unsupported == 0,
        CramfsSuperblock.FLAGS_AT,
        "flags of 0xfff only",
        "0x%x".formatted(superblock.flags()));
    require(
        superblock.has(CramfsFlag.WRONG_SIGNATURE)
            || superblock.signature().equals(CramfsSuperblock.SIGNATURE),
        CramfsSuperblock.SIGNATURE_AT,
        "the signature \"%s\"".formatted(CramfsSuperblock.SIGNATURE),
        "\"%s\"".formatted(superblock.signature()));
  }

  private void checkFsid() throws ErrnoException {
    if (!superblock.has(CramfsFlag.FSID_VERSION_2)) {
      return;
    }
    long size = superblock.size();
    require(
        superblock.fsid().files() != 0, CramfsSuperblock.FILES_AT, "a count of files", "0 files");
    require(
        size >= superblock.end(),
        CramfsSuperblock.SIZE_AT,
        "a size of %d or more".formatted(superblock.end()),
        size + " bytes");
    require(
        size <= source.size(),
        CramfsSuperblock.SIZE_AT,
        "%d bytes as the superblock says".formatted(size),
        "%d bytes".formatted(source.size()));
    if (size >= superblock.end() && size <= source.size()) {
      checkCrc();
    }
  }

  private void checkCrc() throws ErrnoException {
    long computed = ImageCrc.of(source, superblock.offset(), superblock.size());
    require(
        computed == superblock.fsid().crc(),
        CramfsSuperblock.CRC_AT,
        "checksum 0x%08x of the image".formatted(computed),
        "0x%08x".formatted(superblock.fsid().crc()));
  }

  private void checkRoot() {
    CramfsNode root = superblock.root();
    require(
        root.isDirectory(),
        CramfsSuperblock.ROOT_AT,
        "a root directory",
        "mode 0%o".formatted(root.mode()));
    require(
        superblock.rootOffsetIsKnown(),
        CramfsSuperblock.ROOT_AT,
        CramfsSuperblock.ROOT_PLACES,
        "root directory at 0x%x".formatted(root.dataOffset()));
  }

  private void require(boolean right, int at, String expected, String found) {
    findings.require(right, superblock.offset() + at, CramfsSuperblock.SUBJECT, expected, found);
  }
}
