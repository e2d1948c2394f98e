package dev.nommu.cli.matrix;

import dev.nommu.kernel.mmap.MmapArguments;
import java.util.Locale;

/** The sets of protections to try. */
public enum Permission {
  /** PROT_READ. */
  R(MmapArguments.PROT_READ),
  /** PROT_EXEC. */
  X(MmapArguments.PROT_EXEC),
  /** PROT_READ and PROT_EXEC. */
  RX(MmapArguments.PROT_READ | MmapArguments.PROT_EXEC),
  /** PROT_NONE. */
  NONE(0),
  /** PROT_WRITE. */
  W(MmapArguments.PROT_WRITE),
  /** PROT_READ and PROT_WRITE. */
  RW(MmapArguments.PROT_READ | MmapArguments.PROT_WRITE),
  /** All three. */
  RWX(MmapArguments.PROT_READ | MmapArguments.PROT_WRITE | MmapArguments.PROT_EXEC);

  private final int bits;

  Permission(int bits) {
    this.bits = bits;
  }

  /** Returns the PROT bits. */
  int bits() {
    return bits;
  }

  /** Returns whether PROT_WRITE is among them. */
  boolean writes() {
    return (bits & MmapArguments.PROT_WRITE) != 0;
  }

  /** Returns the letters, or {@code none}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
