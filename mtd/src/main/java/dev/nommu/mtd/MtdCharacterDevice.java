package dev.nommu.mtd;

import dev.nommu.api.CharacterDevice;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;

/**
 * {@code /dev/mtdN} or {@code /dev/mtdNro} (rules MTD-02 and MTD-03).
 *
 * @param mtd the device behind it
 * @param node which of the two nodes
 * @param profile the kernel whose rules apply
 */
record MtdCharacterDevice(Mtd mtd, Node node, Profile profile) implements CharacterDevice {
  /** The two minors of an MTD. */
  enum Node {
    /** The even minor, opened for reading and writing. */
    READ_WRITE,
    /** The odd minor, opened for reading only. */
    READ_ONLY
  }

  @Override
  public OpenFile open(OpenFlags flags) throws ErrnoException {
    if (flags.writes() && node == Node.READ_ONLY) {
      throw new ErrnoException(
          Errno.EACCES, "open of mtd " + mtd.name() + " for writing: the node is read-only");
    }
    if (flags.writes() && !mtd.has(MtdFlag.WRITEABLE)) {
      throw new ErrnoException(
          Errno.EACCES, "open of mtd " + mtd.name() + " for writing: the device is read-only");
    }
    return new MtdFile(mtd, flags.access(), profile);
  }
}
