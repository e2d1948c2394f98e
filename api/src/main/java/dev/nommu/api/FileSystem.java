package dev.nommu.api;

/** A mounted file system, as {@code struct super_block}. */
public interface FileSystem extends AutoCloseable {
  /** Returns the root directory. */
  Directory root();

  /** Through what a name of a file system comes to stand for another inode, or for none. */
  enum NameChanges {
    /**
     * Through unlink, rmdir and rename of {@link Directory} alone, as the kernel calls them. It may
     * remember what a look-up found until then, and not ask again.
     */
    BY_KERNEL,

    /**
     * Through something else as well, such as a program of the host: each name is looked up each
     * time, as {@code d_revalidate} has it.
     */
    BY_ITSELF
  }

  /** Returns through what names change; asked once, when it is mounted first. */
  default NameChanges nameChanges() {
    return NameChanges.BY_ITSELF;
  }

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
