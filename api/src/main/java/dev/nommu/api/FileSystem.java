package dev.nommu.api;

import java.util.List;

/**
 * A mounted file system, as {@code struct super_block}.
 *
 * @since 0.1.0
 */
public interface FileSystem extends AutoCloseable {
  /** Returns the root directory. */
  Directory root();

  /**
   * Returns whether nothing in it can be changed, whatever it was mounted for; asked once, when it
   * is mounted first. The kernel then refuses every change with EROFS, and no operation that makes
   * one is ever called.
   */
  default boolean isReadOnly() {
    return false;
  }

  /**
   * Through what a name of a file system comes to stand for another inode, or for none. The set may
   * grow.
   */
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
   * Returns the options of its type that /proc/mounts shows, in their order, such as {@code
   * mode=700}; asked once.
   */
  default List<String> shownOptions() {
    return List.of();
  }

  /**
   * Returns what FIGETBSZ says, as {@code s_blocksize}: bytes, or 0 where that is never set, such
   * as cramfs on an MTD.
   */
  default long blockSize() {
    return statistics().blockSize();
  }

  /**
   * Returns whether its files can be opened with O_DIRECT, as those that lie on a disk; without
   * more they cannot, as those that lie in memory.
   */
  default boolean hasDirectIo() {
    return false;
  }

  /**
   * Lets go of everything the file system holds; called once, after the last mount and the last
   * open file are gone. The pages that it still has are taken back afterwards; they are a leak to a
   * sanitizer, as are ranges of its store that it has left pointed.
   *
   * @throws ErrnoException EIO if something that was written could not be kept
   */
  @Override
  default void close() throws ErrnoException {}

  /**
   * What {@code statfs} says of a file system. Immutable; equal if all of it is.
   *
   * <p>Made by a {@link Builder}: whatever is not set has a default, so that statistics may grow
   * without changing callers.
   */
  sealed interface Statistics {
    /**
     * Begins the statistics of a type. Without more there are no blocks and no inodes, a block has
     * a page, and a name 255 bytes.
     *
     * @param magic the number of the type, such as 0x7275 for romfs
     */
    static Builder builder(long magic) {
      return new Builder(magic);
    }

    /** Returns the number of the type, such as 0x7275 for romfs. */
    long magic();

    /** Returns how many bytes there are in a block, 1 or more. */
    long blockSize();

    /** Returns how many blocks the file system has, 0 or more. */
    long blocks();

    /** Returns how many of them are free, 0 or more. */
    long freeBlocks();

    /** Returns how many inodes it has, 0 or more. */
    long files();

    /** Returns how many bytes the longest name has, 1 or more. */
    int nameLength();

    /** Makes statistics. Not thread-safe. */
    final class Builder {
      private final long magic;
      private long blockSize = Page.SIZE;
      private long blocks;
      private long freeBlocks;
      private long files;
      private int nameLength = 255;

      private Builder(long magic) {
        this.magic = magic;
      }

      /** Sets how many bytes there are in a block. */
      public Builder blockSize(long bytes) {
        blockSize = bytes;
        return this;
      }

      /** Sets how many blocks the file system has, and how many of them are free. */
      public Builder blocks(long all, long free) {
        blocks = all;
        freeBlocks = free;
        return this;
      }

      /** Sets how many inodes it has. */
      public Builder files(long value) {
        files = value;
        return this;
      }

      /** Sets how many bytes the longest name has. */
      public Builder nameLength(int bytes) {
        nameLength = bytes;
        return this;
      }

      /**
       * Returns the statistics.
       *
       * @throws IllegalArgumentException if a number is out of its range
       */
      public Statistics build() {
        return new Built(magic, blockSize, blocks, freeBlocks, files, nameLength);
      }

      private record Built(
          long magic, long blockSize, long blocks, long freeBlocks, long files, int nameLength)
          implements Statistics {
        Built {
          if (blockSize < 1 || nameLength < 1 || blocks < 0 || freeBlocks < 0 || files < 0) {
            throw new IllegalArgumentException(
                "statistics: expected blocks and names of 1 byte or more and no negative number,"
                    + " found block %d, name %d, blocks %d, free %d, files %d"
                        .formatted(blockSize, nameLength, blocks, freeBlocks, files));
          }
        }
      }
    }
  }
}
