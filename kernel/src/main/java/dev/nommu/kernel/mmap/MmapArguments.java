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
 * @param address the address asked for, 0 for none
 * @param length bytes, unsigned
 * @param protection PROT bits
 * @param flags MAP bits
 * @param pageOffset offset in the file, in pages, unsigned; that of a negative offset in bytes has
 *     its uppermost bits set, as its shift leaves them
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

  /** The bits that hold the type of a mapping. */
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

  /** Returns whether the mapping is of no file. */
  public boolean anonymous() {
    return (flags & MAP_ANONYMOUS) != 0;
  }

  /**
   * Returns whether no rule about the arguments alone can refuse (MMAP-05 to MMAP-09): no address
   * is asked for, the type is a valid one, and the numbers are far from wrapping.
   */
  public boolean isPlain() {
    int placing = flags & (MAP_TYPE | MAP_FIXED);
    return address == 0
        && (placing == MAP_SHARED || placing == MAP_PRIVATE)
        && length > 0
        && (length | pageOffset) >>> PLAIN_BITS == 0;
  }

  /** Returns the protections asked for; other bits mean nothing. */
  public Set<Protection> protections() {
    return PROTECTIONS.get(protection & (PROT_READ | PROT_WRITE | PROT_EXEC));
  }

  /** Returns whether this protection is asked for. */
  public boolean wants(Protection wanted) {
    return (protection & wanted.bit()) != 0;
  }

  /** Returns whether the type bits are exactly MAP_SHARED. */
  public boolean shared() {
    return (flags & MAP_TYPE) == MAP_SHARED;
  }

  /** Returns the type of the mapping; to be asked only once it is known to be a valid one. */
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
