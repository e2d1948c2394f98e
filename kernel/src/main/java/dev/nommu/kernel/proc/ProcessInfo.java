package dev.nommu.kernel.proc;

import dev.nommu.kernel.mm.AddressSpace;

/** A process as proc shows it. */
public interface ProcessInfo {
  /** Returns its number. */
  int pid();

  /** Returns its name, as {@code comm}. */
  String name();

  /** Returns its mappings. */
  AddressSpace addressSpace();
}
