package dev.nommu.kernel.mm;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.api.Profile;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.mmap.Rule;
import dev.nommu.kernel.profile.Difference;
import dev.nommu.kernel.sanitizer.Sanitizer;

/** {@code mremap} (section REMAP): resizes in place, never moves. Thread-safe. */
public final class Remapper {
  /** MREMAP_FIXED. */
  public static final int MREMAP_FIXED = 2;

  private final PhysicalMemory memory;
  private final Profile profile;
  private final Sanitizer sanitizer;

  /**
   * Creates a remapper for one machine.
   *
   * @param sanitizer is notified of the ranges that mappings lose
   */
  public Remapper(PhysicalMemory memory, Profile profile, Sanitizer sanitizer) {
    this.memory = memory;
    this.profile = profile;
    this.sanitizer = sanitizer;
  }

  /**
   * Changes the size of a mapping.
   *
   * @param address the start of a mapping
   * @param oldLength its length in bytes, rounded up to pages
   * @param newLength the requested length in bytes, rounded up to pages
   * @param flags MREMAP bits
   * @param newAddress used only with {@link #MREMAP_FIXED}
   * @return the address, always the one given
   * @throws ErrnoException EINVAL, EPERM, ENOMEM by rules REMAP-01 to REMAP-06, in this order
   */
  public long remap(
      Caller caller, long address, long oldLength, long newLength, int flags, long newAddress)
      throws ErrnoException {
    long oldAligned = Page.align(oldLength);
    long newAligned = Page.align(newLength);
    requireThat(oldAligned != 0 && newAligned != 0, Rule.REMAP_01, Errno.EINVAL, address);
    requireThat(Page.isAligned(address), Rule.REMAP_02, Errno.EINVAL, address);
    boolean moves = (flags & MREMAP_FIXED) != 0 && newAddress != address;
    requireThat(!moves, Rule.REMAP_03, Errno.EINVAL, address);
    synchronized (caller.space()) {
      Vma vma =
          caller
              .space()
              .exactly(address, address + oldAligned)
              .orElseThrow(() -> refused(Rule.REMAP_04, Errno.EINVAL, address));
      Region region = vma.region();
      requireThat(!region.shareable(), Rule.REMAP_05, Errno.EPERM, address);
      long bound = Difference.MREMAP_USES_SLACK.in(profile) ? region.top() : region.end();
      boolean fits = Long.compareUnsigned(newAligned, bound - region.start()) <= 0;
      requireThat(fits, Rule.REMAP_06, Errno.ENOMEM, address);
      resize(caller, vma, address + newAligned);
    }
    return address;
  }

  private void resize(Caller caller, Vma vma, long newEnd) {
    Region region = vma.region();
    if (newEnd > region.end()) {
      memory.ramAt(region.end(), newEnd - region.end()).fill((byte) 0);
      region.extend(newEnd);
    }
    long oldEnd = vma.end();
    caller.space().move(vma, vma.start(), newEnd);
    if (newEnd < oldEnd) {
      sanitizer.unmapped(caller, newEnd, oldEnd);
    }
  }

  private static void requireThat(boolean holds, Rule rule, Errno errno, long address)
      throws ErrnoException {
    if (!holds) {
      throw refused(rule, errno, address);
    }
  }

  private static ErrnoException refused(Rule rule, Errno errno, long address) {
    return rule.refusal(errno, "mremap at 0x%x: %s".formatted(address, rule.sentence()));
  }
}
