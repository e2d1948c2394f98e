package dev.nommu.riscv;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes cases: the setup of an instruction's registers, the instruction itself, and a call that
 * stores all registers. Registers from {@link #SCRATCH} on serve the call.
 */
final class CaseWriter {
  /** Registers below belong to the cases. */
  static final int SCRATCH = 26;

  /** The area of loads and stores. */
  static final int AREA = 26;

  static final int AREA_SIZE = 128;

  /** A temporary. */
  static final int HELP = 27;

  /** The middle of the pool. */
  static final int POOL = 28;

  /** The address of the next result. */
  static final int RESULTS = 29;

  /** Stores all registers and returns to {@link #LINK}. */
  static final int DUMP = 30;

  static final int LINK = 31;
  static final int POOL_MIDDLE = 2048;

  final Random random;
  final EdgeValues edges;
  final Code code;
  private final List<Long> pool = new ArrayList<>();

  CaseWriter(Random random, Code code) {
    this.random = random;
    this.edges = new EdgeValues(random);
    this.code = code;
  }

  List<Long> pool() {
    return pool;
  }

  /** Returns a register for a result. */
  int x() {
    return random.nextInt(SCRATCH);
  }

  int f() {
    return random.nextInt(32);
  }

  /** Returns a register that holds a value, and sometimes x0. */
  int x(long value) {
    return random.nextInt(20) == 0 ? 0 : load(1 + random.nextInt(SCRATCH - 1), value);
  }

  /** Sets a register to a value. */
  int load(int register, long value) {
    code.ld(register, POOL, pooled(value));
    return register;
  }

  /** Returns a register that holds these bits. */
  int f(long bits) {
    int register = f();
    code.fld(register, POOL, pooled(bits));
    return register;
  }

  private int pooled(long value) {
    pool.add(value);
    return 8 * (pool.size() - 1) - POOL_MIDDLE;
  }

  /** Puts an edge value somewhere in the area; returns its offset, a multiple of {@code align}. */
  int place(int align) {
    int at = random.nextInt((AREA_SIZE - 8) / align + 1) * align;
    if (random.nextInt(3) > 0) {
      load(HELP, random.nextInt(3) == 0 ? edges.doubleBits() : edges.integer());
      code.sd(HELP, AREA, at & -8);
    }
    return at;
  }

  /** Sets frm to a rounding mode and the flags to any. */
  void roundAnyhow() {
    code.word(random.nextInt(5) << 15 | 0x0020_5073);
    int flags = random.nextInt(3) == 0 ? random.nextInt(32) : random.nextInt(2);
    code.word(flags << 15 | 0x0010_5073);
  }

  /** Returns a rounding mode for an instruction: one of five static modes, or that of frm. */
  int rounding() {
    int mode = random.nextInt(7);
    return mode > 4 ? 7 : mode;
  }

  /** Stores all registers. */
  void dump() {
    code.jalr(LINK, DUMP, 0);
  }
}
