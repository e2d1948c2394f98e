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
   * Returns whether it is read-only, whatever the mount flags; called once, at the first mount. If
   * so, the kernel refuses every change with EROFS and never calls an operation that makes one.
   */
  default boolean isReadOnly() {
    return false;
  }

  /** How names of a file system change. The set may grow. */
  enum NameChanges {
    /**
     * Only through the kernel's calls of unlink, rmdir and rename of {@link Directory}. Until then
     * the kernel may cache the result of a look-up.
     */
    BY_KERNEL,

    /**
     * Also through something else, such as a program of the host: the kernel looks up names each
     * time, as with {@code d_revalidate}.
     */
    BY_ITSELF
  }

  /** Returns how names change; called once, at the first mount. */
  default NameChanges nameChanges() {
    return NameChanges.BY_ITSELF;
  }

  /** Returns the result of {@code statfs}. */
  Statistics statistics();

  /**
   * Returns the options of its type as shown in /proc/mounts, such as {@code mode=700}; called
   * once.
   */
  default List<String> shownOptions() {
    return List.of();
  }

  /**
   * Returns the result of FIGETBSZ, {@code s_blocksize}, in bytes; 0 where Linux never sets it,
   * such as for cramfs on an MTD.
   */
  default long blockSize() {
    return statistics().blockSize();
  }

  /**
   * Returns whether its files can be opened with O_DIRECT, as files on a disk can; by default they
   * cannot, as files in memory.
   */
  default boolean hasDirectIo() {
    return false;
  }

  /**
   * Releases everything the file system holds; called once, after the last mount and the last open
   * file are gone. Pages it still has are then taken back; a sanitizer reports them as leaks, as it
   * does ranges of the store that are still pointed.
   *
   * @throws ErrnoException EIO if written data could not be stored
   */
  @Override
  default void close() throws ErrnoException {}

  /**
   * The result of {@code statfs}. Immutable; equal if all components are.
   *
   * <p>Made by a {@link Builder}: values that are not set have defaults, so more can be added
   * without changing callers.
   */
  sealed interface Statistics {
    /**
     * Returns a builder for a type. By default there are no blocks and no inodes, a block is a
     * page, and names have up to 255 bytes.
     *
     * @param magic the number of the type, such as 0x7275 for romfs
     */
    static Builder builder(long magic) {
      return new Builder(magic);
    }

    /** Returns the number of the type, such as 0x7275 for romfs. */
    long magic();

    /** Returns the size of a block in bytes, 1 or more. */
    long blockSize();

    /** Returns the number of blocks, 0 or more. */
    long blocks();

    /** Returns the number of free blocks, 0 or more. */
    long freeBlocks();

    /** Returns the number of inodes, 0 or more. */
    long files();

    /** Returns the maximum length of a name in bytes, 1 or more. */
    int nameLength();

    /** Builds statistics. Not thread-safe. */
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

      /** Sets the size of a block in bytes. */
      public Builder blockSize(long bytes) {
        blockSize = bytes;
        return this;
      }

      /** Sets the number of blocks, and of free ones. */
      public Builder blocks(long all, long free) {
        blocks = all;
        freeBlocks = free;
        return this;
      }

      /** Sets the number of inodes. */
      public Builder files(long value) {
        files = value;
        return this;
      }

      /** Sets the maximum length of a name in bytes. */
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
