package dev.nommu.riscv;

/** The scattered bits of the immediates of branches and jumps. */
final class BranchOffset {
  private BranchOffset() {}

  static int ofBranch(int bits) {
    return bits >> 31 << 12
        | (bits >>> 7 & 1) << 11
        | (bits >>> 25 & 0x3f) << 5
        | (bits >>> 8 & 0xf) << 1;
  }

  static int ofJump(int bits) {
    return bits >> 31 << 20
        | (bits >>> 12 & 0xff) << 12
        | (bits >>> 20 & 1) << 11
        | (bits >>> 21 & 0x3ff) << 1;
  }
}
