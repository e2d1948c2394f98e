package dev.nommu.api;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of an inode that {@code stat} returns: owner, mode, sizes and times. Immutable;
 * equal if all components are.
 *
 * <p>Made by a {@link Builder}: attributes that are not set have defaults, so more can be added
 * without changing callers.
 *
 * @since 0.1.0
 */
public sealed interface Attributes {
  /**
   * Returns a builder for an inode with these mode bits. By default it is empty, owned by the
   * superuser, has one link, and its times are the start of 1970.
   *
   * @param permissions the low twelve mode bits; others are ignored
   */
  static Builder builder(int permissions) {
    return new Builder(permissions);
  }

  /** Returns the low twelve mode bits. */
  int permissions();

  /** Returns the owner of the inode. */
  Owner owner();

  /** Returns the number of links, 0 or more. */
  int links();

  /** Returns the size in bytes, 0 or more. */
  long size();

  /** Returns the space allocated to the inode, in units of 512 bytes, 0 or more. */
  long blocks();

  /** Returns the preferred size of reads and writes in bytes ({@code st_blksize}), 1 or more. */
  int blockSize();

  /** Returns when the contents were last read, if the file system records that. */
  Instant accessed();

  /** Returns when the contents were last changed. */
  Instant modified();

  /** Returns when the contents or the attributes were last changed. */
  Instant changed();

  /** Builds attributes. Not thread-safe. */
  final class Builder {
    private static final int BLOCK = 512;

    private final int permissions;
    private Owner owner = Owner.ROOT;
    private int links = 1;
    private long size;
    private @Nullable Long blocks;
    private int blockSize = (int) Page.SIZE;
    private @Nullable Instant accessed;
    private Instant modified = Instant.EPOCH;
    private @Nullable Instant changed;

    private Builder(int permissions) {
      this.permissions = permissions;
    }

    /** Sets the owner. */
    public Builder owner(Owner value) {
      owner = value;
      return this;
    }

    /** Sets the number of links. */
    public Builder links(int value) {
      links = value;
      return this;
    }

    /** Sets the size in bytes. */
    public Builder size(long value) {
      size = value;
      return this;
    }

    /** Sets the allocated space in units of 512 bytes; by default as many as the size needs. */
    public Builder blocks(long value) {
      blocks = value;
      return this;
    }

    /** Sets the size of a block; by default {@value Page#SIZE} bytes. */
    public Builder blockSize(int value) {
      blockSize = value;
      return this;
    }

    /** Sets when the contents were last read; by default when they were last changed. */
    public Builder accessed(Instant value) {
      accessed = value;
      return this;
    }

    /** Sets when the contents were last changed. */
    public Builder modified(Instant value) {
      modified = value;
      return this;
    }

    /** Sets when anything was last changed; by default when the contents were. */
    public Builder changed(Instant value) {
      changed = value;
      return this;
    }

    /**
     * Returns the attributes.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Attributes build() {
      return new Built(
          permissions,
          owner,
          links,
          size,
          blocks == null ? Math.ceilDiv(size, BLOCK) : blocks,
          blockSize,
          accessed == null ? modified : accessed,
          modified,
          changed == null ? modified : changed);
    }

    private record Built(
        int permissions,
        Owner owner,
        int links,
        long size,
        long blocks,
        int blockSize,
        Instant accessed,
        Instant modified,
        Instant changed)
        implements Attributes {
      private static final int PERMISSIONS = 07777;

      Built {
        permissions &= PERMISSIONS;
        Objects.requireNonNull(owner, "attributes: the owner");
        Objects.requireNonNull(modified, "attributes: when the contents were modified");
        if (links < 0 || size < 0 || blocks < 0 || blockSize < 1) {
          throw new IllegalArgumentException(
              "attributes: expected a block of 1 byte or more and no negative number,"
                  + " found links %d, size %d, blocks %d, block %d"
                      .formatted(links, size, blocks, blockSize));
        }
      }
    }
  }
}
