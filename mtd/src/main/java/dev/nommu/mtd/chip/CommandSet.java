package dev.nommu.mtd.chip;

/** The command sets of {@code cfi.h} that are simulated. */
public enum CommandSet {
  /** P_ID_INTEL_EXT, in Linux {@code cfi_cmdset_0001}. */
  INTEL_EXTENDED(1),
  /** P_ID_AMD_STD, in Linux {@code cfi_cmdset_0002}. */
  AMD_STANDARD(2);

  private final int number;

  CommandSet(int number) {
    this.number = number;
  }

  /** Returns its number in the query table. */
  int number() {
    return number;
  }
}
