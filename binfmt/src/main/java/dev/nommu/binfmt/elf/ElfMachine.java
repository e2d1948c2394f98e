package dev.nommu.binfmt.elf;

import java.util.Arrays;
import java.util.Optional;

/**
 * The processors that run Linux without an MMU, and the flags that mark an executable as FDPIC, or
 * request a constant displacement of its segments. The numbers are those of {@code e_machine},
 * {@code e_flags} and EI_OSABI in the psABI of each.
 */
enum ElfMachine {
  /** EM_68K: no FDPIC. */
  M68K(4, 0, 0, -1),
  /** EM_ARM: ELFOSABI_ARM_FDPIC, EF_ARM_PIC. */
  ARM(40, 0, 0x20, 65),
  /** EM_SH: EF_SH_FDPIC, EF_SH_PIC. */
  SUPERH(42, 0x8000, 0x100, -1),
  /** EM_XTENSA: ELFOSABI_XTENSA_FDPIC. */
  XTENSA(94, 0, 0, 65),
  /** EM_BLACKFIN: EF_BFIN_FDPIC, EF_BFIN_PIC. */
  BLACKFIN(106, 2, 1, -1),
  /** EM_RISCV: no FDPIC. */
  RISCV(243, 0, 0, -1),
  /** EM_FRV: EF_FRV_FDPIC, EF_FRV_PIC. */
  FRV(0x5441, 0x8000, 0x100, -1);

  private final int number;
  private final int fdpicFlag;
  private final int picFlag;
  private final int fdpicOsAbi;

  ElfMachine(int number, int fdpicFlag, int picFlag, int fdpicOsAbi) {
    this.number = number;
    this.fdpicFlag = fdpicFlag;
    this.picFlag = picFlag;
    this.fdpicOsAbi = fdpicOsAbi;
  }

  /** Returns {@code e_machine}. */
  int number() {
    return number;
  }

  static Optional<ElfMachine> ofNumber(int number) {
    return Arrays.stream(values()).filter(machine -> machine.number == number).findFirst();
  }

  boolean isFdpic(long flags, int osAbi) {
    return (flags & fdpicFlag) != 0 || osAbi == fdpicOsAbi;
  }

  boolean hasConstantDisplacement(long flags) {
    return (flags & picFlag) != 0;
  }
}
