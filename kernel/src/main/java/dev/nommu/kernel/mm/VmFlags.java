package dev.nommu.kernel.mm;

import dev.nommu.api.MapCapability;
import dev.nommu.api.Protection;
import dev.nommu.kernel.mmap.Capabilities;
import dev.nommu.kernel.mmap.MmapArguments;
import java.util.Set;

/**
 * The protections and the type of a mapping, and the accesses a debugger may make, fixed at
 * creation (rule FLAGS-12). There are 128 instances, created once.
 */
public final class VmFlags {
  private static final VmFlags[] ALL = new VmFlags[128];
  private static final int PROTECTION_BITS = 7;
  private static final int SHARED_BIT = 8;

  /** The bits VM_MAYREAD, VM_MAYWRITE and VM_MAYEXEC are those of the protections, shifted. */
  private static final int MAY_SHIFT = 4;

  private static final int MAY_ALL = PROTECTION_BITS << MAY_SHIFT;

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
    return ALL[(request.protection() & PROTECTION_BITS) | MAY_ALL];
  }

  /** Returns the flags of a copy of a file, which permits every access (rule FLAGS-08). */
  static VmFlags copy(MmapArguments request) {
    return ALL[ofFile(request) | MAY_ALL];
  }

  /** Returns the flags of a mapping in place, limited by the device's capabilities. */
  static VmFlags direct(MmapArguments request, Capabilities offered) {
    int bits = ofFile(request);
    for (Protection each : Protection.values()) {
      if (offered.has(MapCapability.permitting(each))) {
        bits |= each.bit() << MAY_SHIFT;
      }
    }
    return ALL[bits];
  }

  private static int ofFile(MmapArguments request) {
    return (request.protection() & PROTECTION_BITS) | (request.shared() ? SHARED_BIT : 0);
  }

  /** Returns whether the mapping was requested with MAP_SHARED (VM_SHARED). */
  public boolean shared() {
    return (bits & SHARED_BIT) != 0;
  }

  /** Returns whether this protection was requested. */
  public boolean has(Protection protection) {
    return (bits & protection.bit()) != 0;
  }

  /** Returns whether a debugger may access it this way (VM_MAYREAD and so on, rule PTRACE-02). */
  public boolean may(Protection protection) {
    return (bits & protection.bit() << MAY_SHIFT) != 0;
  }

  /** Returns whether all of these protections were requested. */
  boolean hasAll(Set<Protection> protections) {
    return protections.stream().allMatch(this::has);
  }

  /** Returns the four letters of a maps file (rules PROC-04, PROC-05). */
  @Override
  public String toString() {
    return letters;
  }
}
