package dev.nommu.riscv;

import java.util.List;
import java.util.Random;

/** A case of each 16-bit instruction. */
final class CompressedCases {
  private static final int SP = 2;
  private static final int[] ON_REGISTERS = {0x8c01, 0x8c21, 0x8c41, 0x8c61, 0x9c01, 0x9c21};

  private final CaseWriter writer;
  private final Random random;
  private final Code code;
  private final List<Runnable> all;

  CompressedCases(CaseWriter writer) {
    this.writer = writer;
    this.random = writer.random;
    this.code = writer.code;
    this.all =
        List.of(
            this::addToSp,
            () -> loadOrStore(0x2000, 8),
            () -> loadOrStore(0x4000, 4),
            () -> loadOrStore(0x6000, 8),
            () -> loadOrStore(0xa000, 8),
            () -> loadOrStore(0xc000, 4),
            () -> loadOrStore(0xe000, 8),
            () -> immediate(0x0001, writer.x()),
            () -> immediate(0x2001, 1 + random.nextInt(25)),
            () -> immediate(0x4001, writer.x()),
            this::moveSp,
            this::upper,
            () -> small(0x8001, random.nextInt(64)),
            () -> small(0x8401, random.nextInt(64)),
            () -> small(0x8801, random.nextInt(64)),
            this::onRegisters,
            this::jump,
            () -> branch(0xc001),
            () -> branch(0xe001),
            () -> immediate(0x0002, writer.x()),
            () -> loadFromSp(0x2002, writer.f(), 8),
            () -> loadFromSp(0x4002, 1 + random.nextInt(25), 4),
            () -> loadFromSp(0x6002, 1 + random.nextInt(25), 8),
            () -> jumpRegister(0x8002),
            () -> jumpRegister(0x9002),
            () -> move(0x8002),
            () -> move(0x9002),
            () -> storeToSp(0xa002, writer.f(writer.edges.doubleBits()), 8),
            () -> storeToSp(0xc002, writer.x(writer.edges.integer()), 4),
            () -> storeToSp(0xe002, writer.x(writer.edges.integer()), 8));
  }

  int count() {
    return all.size();
  }

  void write(int index) {
    all.get(index).run();
    writer.dump();
  }

  private int edge(int register) {
    return register == 0 ? 0 : writer.load(register, writer.edges.integer());
  }

  private int small() {
    return random.nextInt(8);
  }

  private void addToSp() {
    edge(SP);
    code.half((1 + random.nextInt(255)) << 5 | small() << 2);
  }

  private void loadOrStore(int bits, int width) {
    int data = small();
    int base = small();
    int offset = random.nextInt(32) * width;
    int at = writer.place(random.nextBoolean() ? 1 : width);
    edge(data + 8);
    writer.load(base + 8, TestProgram.DATA + at - offset);
    int middle = (offset >> 3 & 7) << 10;
    int low = width == 8 ? (offset >> 6 & 3) << 5 : (offset >> 2 & 1) << 6 | (offset >> 6 & 1) << 5;
    code.half(bits | middle | low | base << 7 | data << 2);
  }

  private void immediate(int bits, int rd) {
    edge(rd);
    code.half(bits | immediate6(random.nextInt(64)) | rd << 7);
  }

  private static int immediate6(int value) {
    return (value >> 5 & 1) << 12 | (value & 31) << 2;
  }

  private void moveSp() {
    edge(SP);
    code.half(0x6101 | immediate6(1 + random.nextInt(63)));
  }

  private void upper() {
    int rd = writer.x();
    code.half(0x6001 | immediate6(1 + random.nextInt(63)) | (rd == SP ? 3 : rd) << 7);
  }

  private void small(int bits, int immediate) {
    int rd = small();
    edge(rd + 8);
    code.half(bits | immediate6(immediate) | rd << 7);
  }

  private void onRegisters() {
    int rd = small();
    int rs2 = small();
    edge(rd + 8);
    edge(rs2 + 8);
    code.half(ON_REGISTERS[random.nextInt(ON_REGISTERS.length)] | rd << 7 | rs2 << 2);
  }

  private void jump() {
    code.half(0xa001 | 6 / 2 << 3).addi(1, 1, 1);
  }

  private void branch(int bits) {
    int register = small();
    if (random.nextBoolean()) {
      edge(register + 8);
    } else {
      writer.load(register + 8, 0);
    }
    code.half(bits | 6 / 2 << 3 | register << 7).addi(1, 1, 1);
  }

  private void loadFromSp(int bits, int rd, int width) {
    int offset = random.nextInt(64) * width;
    int at = writer.place(random.nextBoolean() ? 1 : width);
    writer.load(SP, TestProgram.DATA + at - offset);
    int low =
        width == 8
            ? (offset >> 3 & 3) << 5 | (offset >> 6 & 7) << 2
            : (offset >> 2 & 7) << 4 | (offset >> 6 & 3) << 2;
    code.half(bits | (offset >> 5 & 1) << 12 | low | rd << 7);
  }

  private void storeToSp(int bits, int rs2, int width) {
    int offset = random.nextInt(64) * width;
    int at = random.nextInt(CaseWriter.AREA_SIZE - 7);
    writer.load(SP, TestProgram.DATA + at - offset);
    int middle =
        width == 8
            ? (offset >> 3 & 7) << 10 | (offset >> 6 & 7) << 7
            : (offset >> 2 & 15) << 9 | (offset >> 6 & 3) << 7;
    code.half(bits | middle | rs2 << 2);
  }

  private void jumpRegister(int bits) {
    int base = 1 + random.nextInt(25);
    code.word(base << 7 | 0x17).addi(base, base, 14).half(bits | base << 7).addi(3, 3, 1);
  }

  private void move(int bits) {
    int rs2 = 1 + random.nextInt(25);
    int rd = writer.x();
    edge(rs2);
    edge(rd);
    code.half(bits | rd << 7 | rs2 << 2);
  }
}
