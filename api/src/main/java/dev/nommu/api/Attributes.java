package dev.nommu.api;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@code stat} says of an inode: owner, mode, sizes and times. Immutable; equal if all of it
 * is.
 *
 * <p>Made by a {@link Builder}: whatever is not set has a default, so that attributes may grow
 * without changing callers.
 *
 * @since 0.1.0
 */
public sealed interface Attributes {
  /**
   * Begins the attributes of an inode with these mode bits. Without more it is empty and the
   * superuser's, has one link, and all of its times are the beginning of 1970.
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

  /** Returns how many names the inode has, 0 or more. */
  int links();

  /** Returns the size in bytes, 0 or more. */
  long size();

  /** Returns how much is allocated to the inode, in units of 512 bytes, 0 or more. */
  long blocks();

  /** Returns how many bytes are best read or written at a time ({@code st_blksize}), 1 or more. */
  int blockSize();

  /** Returns when the contents were last read, as far as the file system keeps that. */
  Instant accessed();

  /** Returns when the contents were last changed. */
  Instant modified();

  /** Returns when the contents or the attributes were last changed. */
  Instant changed();

  /** Makes attributes. Not thread-safe. */
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

    /** Sets the number of names. */
    public Builder links(int value) {
      links = value;
      return this;
    }

    /** Sets the size in bytes. */
    public Builder size(long value) {
      size = value;
      return this;
    }

    /** Sets how much is allocated, in units of 512 bytes; without it as many as the size needs. */
    public Builder blocks(long value) {
      blocks = value;
      return this;
    }

    /** Sets the size of a block; without it {@value Page#SIZE} bytes. */
    public Builder blockSize(int value) {
      blockSize = value;
      return this;
    }

    /** Sets when the contents were last read; without it they were when they were changed. */
    public Builder accessed(Instant value) {
      accessed = value;
      return this;
    }

    /** Sets when the contents were last changed. */
    public Builder modified(Instant value) {
      modified = value;
      return this;
    }

    /** Sets when anything was last changed; without it when the contents were. */
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
