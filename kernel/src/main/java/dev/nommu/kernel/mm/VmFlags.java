package dev.nommu.kernel.mm;

import dev.nommu.api.Protection;
import dev.nommu.api.Sharing;
import java.util.Set;

/**
 * The protections and the type of a mapping, fixed when it is made (rule FLAGS-12). There are
 * sixteen of them, made once.
 */
public final class VmFlags {
  private static final VmFlags[] ALL = new VmFlags[16];
  private static final int SHARED_BIT = 8;

  static {
    for (int bits = 0; bits < ALL.length; bits++) {
      ALL[bits] = new VmFlags(bits);
    }
  }

  private final int bits;
  private final String letters;

  private VmFlags(int bits) {
    this.bits = bits;
    this.letters =
        letter(MmapArguments.PROT_READ, 'r')
            + letter(MmapArguments.PROT_WRITE, 'w')
            + letter(MmapArguments.PROT_EXEC, 'x')
            + ((bits & SHARED_BIT) != 0 ? 'S' : 'p');
  }

  private String letter(int bit, char letter) {
    return String.valueOf((bits & bit) != 0 ? letter : '-');
  }

  /** Returns the flags of an anonymous mapping, which is never shared (rule FLAGS-11). */
  static VmFlags anonymous(MmapArguments request) {
    return ALL[request.protection() & 7];
  }

  /** Returns the flags of a mapping of a file. */
  static VmFlags file(MmapArguments request) {
    return ALL[(request.protection() & 7) | (request.shared() ? SHARED_BIT : 0)];
  }

  /** Returns whether the mapping was asked for with MAP_SHARED (VM_SHARED). */
  public boolean shared() {
    return (bits & SHARED_BIT) != 0;
  }

  /** Returns MAP_SHARED or MAP_PRIVATE. */
  public Sharing sharing() {
    return shared() ? Sharing.SHARED : Sharing.PRIVATE;
  }

  /** Returns whether this protection was asked for. */
  public boolean has(Protection protection) {
    return (bits & protection.bit()) != 0;
  }

  /** Returns whether all of these protections were asked for. */
  boolean hasAll(Set<Protection> protections) {
    return protections.stream().allMatch(this::has);
  }

  /** Returns the four letters of a maps file (rules PROC-04, PROC-05). */
  @Override
  public String toString() {
    return letters;
  }
}
