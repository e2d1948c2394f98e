package dev.nommu.riscv;

import java.util.Random;

/** A case of each 32-bit instruction. */
final class Cases {
  private static final int AQ_RL = 25;
  private static final long DATA = TestProgram.DATA;

  private final CaseWriter writer;
  private final Random random;
  private final Code code;

  Cases(CaseWriter writer) {
    this.writer = writer;
    this.random = writer.random;
    this.code = writer.code;
  }

  /** Writes a case with newly chosen operands each time. */
  void write(Template template) {
    int bits = template.bits();
    switch (template.kind()) {
      case REGISTERS -> code.word(bits | twoEdges() | rd());
      case IMMEDIATE -> code.word(bits | immediate12() << 20 | edge() << 15 | rd());
      case SHIFT64 -> code.word(bits | random.nextInt(64) << 20 | edge() << 15 | rd());
      case SHIFT32 -> code.word(bits | random.nextInt(32) << 20 | edge() << 15 | rd());
      case UPPER -> code.word(bits | random.nextInt() << 12 | rd());
      case LOAD -> load(bits, rd());
      case FLOAT_LOAD -> load(bits, writer.f() << 7);
      case STORE -> store(bits, edge());
      case FLOAT_STORE -> store(bits, writer.f(writer.edges.doubleBits()));
      case BRANCH -> branch(bits);
      case JUMP -> code.word(Code.jump(bits, 8) | rd()).addi(1, 1, 1);
      case JUMP_REGISTER -> jumpRegister(bits);
      case ATOMIC -> atomic(bits);
      case RESERVE -> reserve(bits);
      case CSR -> csr(bits, edge());
      case CSR_IMMEDIATE -> csr(bits, random.nextInt(32));
      case PLAIN -> code.word(bits);
      default -> writeFloat(template);
    }
    writer.dump();
  }

  private void writeFloat(Template template) {
    writer.roundAnyhow();
    int bits = template.bits();
    int rd = writer.f() << 7;
    int mode = writer.rounding() << 12;
    switch (template.kind()) {
      case FLOAT2 -> code.word(bits | twoFloats(template) | rd);
      case ROUNDED2 -> code.word(bits | twoFloats(template) | rd | mode);
      case ROUNDED1 -> code.word(bits | oneFloat(template) | rd | mode);
      case FUSED -> fused(template, rd | mode);
      case TO_X -> code.word(bits | oneFloat(template) | rd());
      case ROUNDED_TO_X -> code.word(bits | oneFloat(template) | rd() | mode);
      case FLOATS_TO_X -> code.word(bits | twoFloats(template) | rd());
      case FROM_X -> code.word(bits | edge() << 15 | rd);
      default -> code.word(bits | edge() << 15 | rd | mode);
    }
  }

  private int rd() {
    return writer.x() << 7;
  }

  private int edge() {
    return writer.x(writer.edges.integer());
  }

  private int twoEdges() {
    int a = edge();
    int b = random.nextInt(10) == 0 ? a : edge();
    return a << 15 | b << 20;
  }

  private int immediate12() {
    return random.nextInt(4096);
  }

  private long floatBits(Template template) {
    return template.readsDoubles() ? writer.edges.doubleBits() : writer.edges.singleInRegister();
  }

  private int oneFloat(Template template) {
    return writer.f(floatBits(template)) << 15;
  }

  private int twoFloats(Template template) {
    int a = writer.f(floatBits(template));
    int b = random.nextInt(10) == 0 ? a : writer.f(floatBits(template));
    return a << 15 | b << 20;
  }

  /** The sum nearly cancels in a third of the cases. */
  private void fused(Template template, int rdAndMode) {
    long a = floatBits(template);
    long b = floatBits(template);
    long c = floatBits(template);
    if (random.nextInt(3) == 0) {
      c =
          template.readsDoubles()
              ? writer.edges.minusProduct(a, b)
              : writer.edges.minusSingleProduct(a, b);
    }
    int third = writer.f(c) << 27;
    code.word(template.bits() | writer.f(a) << 15 | writer.f(b) << 20 | third | rdAndMode);
  }

  private void load(int bits, int rd) {
    int offset = immediate12() - 2048;
    int at = writer.place(1);
    int base = writer.load(1 + random.nextInt(25), DATA + at - offset);
    code.word(bits | rd | base << 15 | offset << 20);
  }

  private void store(int bits, int rs2) {
    int offset = immediate12() - 2048;
    int at = random.nextInt(CaseWriter.AREA_SIZE - 7);
    int base = writer.load(CaseWriter.HELP, DATA + at - offset);
    code.s(bits, base, rs2, offset);
  }

  /** Forward or backward over an instruction that counts. */
  private void branch(int bits) {
    int operands = twoEdges();
    if (random.nextBoolean()) {
      code.word(Code.branch(bits, 8) | operands).addi(1, 1, 1);
    } else {
      code.jal(0, 12).addi(1, 1, 1).jal(0, 8).word(Code.branch(bits, -8) | operands);
    }
  }

  private void jumpRegister(int bits) {
    int base = 1 + random.nextInt(25);
    int distance = random.nextInt(1001) - 500;
    int odd = random.nextInt(2);
    code.word(base << 7 | 0x17).addi(base, base, distance);
    code.i(bits | rd(), 0, base, 16 - distance + odd).addi(2, 2, 1);
  }

  private void atomic(int bits) {
    int width = (bits >>> 12 & 7) == 2 ? 4 : 8;
    int operand = edge();
    int at = writer.place(width);
    int base = writer.load(CaseWriter.HELP, DATA + at);
    code.word(bits | random.nextInt(4) << AQ_RL | base << 15 | operand << 20 | rd());
  }

  /** Reserves a word and often stores conditionally, there or elsewhere. */
  private void reserve(int bits) {
    int width = (bits >>> 12 & 7) == 2 ? 4 : 8;
    int operand = edge();
    int at = writer.place(width);
    int base = writer.load(CaseWriter.HELP, DATA + at);
    code.word(bits | random.nextInt(4) << AQ_RL | base << 15 | rd());
    if (random.nextInt(4) == 0) {
      code.addi(CaseWriter.HELP, CaseWriter.HELP, at == 0 ? 8 : -8);
    }
    code.word(bits | 1 << 27 | base << 15 | operand << 20 | rd());
  }

  /** May leave a reserved mode: an instruction that rounds sets another one first. */
  private void csr(int bits, int operand) {
    writer.roundAnyhow();
    code.word(bits | (1 + random.nextInt(3)) << 20 | operand << 15 | rd());
  }
}
