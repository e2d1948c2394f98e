package dev.nommu.api;

/** A mounted file system, as {@code struct super_block}. */
public interface FileSystem extends AutoCloseable {
  /** Returns the root directory. */
  Directory root();

  /** Returns what {@code statfs} says. */
  Statistics statistics();

  /**
   * Lets go of everything the file system holds; called once, after the last mount and the last
   * open file are gone.
   *
   * @throws ErrnoException EIO if something that was written could not be kept
   */
  @Override
  default void close() throws ErrnoException {}

  /**
   * What {@code statfs} says of a file system.
   *
   * @param magic the number of the type, such as 0x7275 for romfs
   * @param blockSize bytes in a block
   * @param blocks how many blocks it has
   * @param freeBlocks how many of them are free
   * @param files how many inodes it has
   * @param nameLength bytes in the longest name
   */
  record Statistics(
      long magic, long blockSize, long blocks, long freeBlocks, long files, int nameLength) {}
}
