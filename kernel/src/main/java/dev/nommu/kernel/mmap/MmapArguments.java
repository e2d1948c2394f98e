package dev.nommu.kernel.mmap;

import dev.nommu.api.Page;
import dev.nommu.api.Protection;
import dev.nommu.api.Sharing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The arguments of {@code mmap} as numbers, unchecked.
 *
 * @param address the requested address, 0 for none
 * @param length bytes, unsigned
 * @param protection PROT bits
 * @param flags MAP bits
 * @param pageOffset offset in the file, in pages, unsigned; negative offsets in bytes have the
 *     uppermost bits set, as left by the shift
 */
public record MmapArguments(long address, long length, int protection, int flags, long pageOffset) {
  /** PROT_READ. */
  public static final int PROT_READ = 1;

  /** PROT_WRITE. */
  public static final int PROT_WRITE = 2;

  /** PROT_EXEC. */
  public static final int PROT_EXEC = 4;

  /** MAP_SHARED. */
  public static final int MAP_SHARED = 0x01;

  /** MAP_PRIVATE. */
  public static final int MAP_PRIVATE = 0x02;

  /** The mask of the mapping type. */
  public static final int MAP_TYPE = 0x0f;

  /** MAP_FIXED. */
  public static final int MAP_FIXED = 0x10;

  /** MAP_ANONYMOUS. */
  public static final int MAP_ANONYMOUS = 0x20;

  /** Lengths in bytes and offsets in pages of this many bits do not wrap, nor does their sum. */
  private static final int PLAIN_BITS = 50;

  private static final List<Set<Protection>> PROTECTIONS = allProtections();

  private static List<Set<Protection>> allProtections() {
    List<Set<Protection>> sets = new ArrayList<>();
    for (int bits = 0; bits <= (PROT_READ | PROT_WRITE | PROT_EXEC); bits++) {
      List<Protection> wanted = new ArrayList<>();
      for (Protection each : Protection.values()) {
        if ((bits & each.bit()) != 0) {
          wanted.add(each);
        }
      }
      sets.add(Set.copyOf(wanted));
    }
    return List.copyOf(sets);
  }

  /** Returns whether the mapping is anonymous. */
  public boolean anonymous() {
    return (flags & MAP_ANONYMOUS) != 0;
  }

  /**
   * Returns whether no rule about the arguments alone can refuse (MMAP-05 to MMAP-09): no address
   * is requested, the type is valid, and the numbers are far from wrapping.
   */
  public boolean isPlain() {
    int placing = flags & (MAP_TYPE | MAP_FIXED);
    return address == 0
        && (placing == MAP_SHARED || placing == MAP_PRIVATE)
        && length > 0
        && (length | pageOffset) >>> PLAIN_BITS == 0;
  }

  /** Returns the requested protections; other bits are ignored. */
  public Set<Protection> protections() {
    return PROTECTIONS.get(protection & (PROT_READ | PROT_WRITE | PROT_EXEC));
  }

  /** Returns whether this protection is requested. */
  public boolean wants(Protection wanted) {
    return (protection & wanted.bit()) != 0;
  }

  /** Returns whether the type bits are exactly MAP_SHARED. */
  public boolean shared() {
    return (flags & MAP_TYPE) == MAP_SHARED;
  }

  /** Returns the type of the mapping, which must be known to be valid. */
  public Sharing sharing() {
    return shared() ? Sharing.SHARED : Sharing.PRIVATE;
  }

  /** Returns the length in bytes, rounded up to whole pages (rule MMAP-26). */
  public long alignedLength() {
    return Page.align(length);
  }

  /** Returns how many pages the mapping has. */
  public long pages() {
    return alignedLength() >>> Page.SHIFT;
  }

  /** Returns the offset in bytes; negative if it does not fit. */
  public long byteOffset() {
    return pageOffset << Page.SHIFT;
  }
}
