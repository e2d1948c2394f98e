package dev.nommu.riscv;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Writes programs that try every instruction with edge values. After each, x1 to x25, f0 to f31,
 * fcsr and the area of loads and stores are stored; a block of cases ends with a write of all that.
 */
final class Generator {
  /** The number of bytes stored after a case. */
  static final int CASE_SIZE = 8 * (25 + 32 + 1) + CaseWriter.AREA_SIZE;

  /** The number of bytes that a block of cases writes. */
  static final int BLOCK_SIZE = Generator.CASES * CASE_SIZE;

  static final int CASES = 100;

  private static final long RESULTS = TestProgram.DATA + 0x1000;
  private static final int FIRST_FLOAT = 25;
  private static final int FCSR = 57;

  private static final int POOL_SIZE = 2 * CaseWriter.POOL_MIDDLE;
  private static final int STDOUT = 1;
  private static final int WRITE = 64;
  private static final int EXIT = 93;

  private final Random random;
  private final Code code = new Code(TestProgram.CODE);
  private final List<Template> templates = Template.all();

  /** Instructions without a case in this round: templates, followed by compressed ones. */
  private final List<Integer> left = new ArrayList<>();

  private final List<String> names = new ArrayList<>();
  private long dump;

  Generator(long seed) {
    this.random = new Random(seed);
  }

  /** Returns a program with a number of blocks. */
  TestProgram program(int blocks) {
    code.jal(0, 4 * (1 + 25 + 32 + 2 + 2 * CaseWriter.AREA_SIZE / 8 + 2));
    dump = code.here();
    writeDump();
    for (int register = 0; register < 32; register++) {
      code.addi(register, 0, 0).word(0xf200_0053 | register << 7);
    }
    for (int block = 0; block < blocks; block++) {
      writeBlock();
    }
    code.li(10, 0).li(17, EXIT).ecall();
    return new TestProgram(code.bytes());
  }

  /** Returns the instructions tried, case by case. */
  List<String> names() {
    return names;
  }

  private void writeDump() {
    for (int register = 1; register <= FIRST_FLOAT; register++) {
      code.sd(register, CaseWriter.RESULTS, 8 * (register - 1));
    }
    for (int register = 0; register < 32; register++) {
      code.s(0x3027, CaseWriter.RESULTS, register, 8 * (FIRST_FLOAT + register));
    }
    code.word(CaseWriter.HELP << 7 | 0x0030_2073).sd(CaseWriter.HELP, CaseWriter.RESULTS, 8 * FCSR);
    for (int at = 0; at < CaseWriter.AREA_SIZE; at += 8) {
      code.ld(CaseWriter.HELP, CaseWriter.AREA, at);
      code.sd(CaseWriter.HELP, CaseWriter.RESULTS, 8 * FCSR + 8 + at);
    }
    code.addi(CaseWriter.RESULTS, CaseWriter.RESULTS, CASE_SIZE).jalr(0, CaseWriter.LINK, 0);
  }

  private void writeBlock() {
    code.align(8);
    Code cases = new Code(code.here() + 8 + POOL_SIZE);
    CaseWriter writer = new CaseWriter(random, cases);
    cases.word(CaseWriter.POOL << 7 | 0x17).addi(CaseWriter.POOL, CaseWriter.POOL, -POOL_SIZE / 2);
    cases.li(CaseWriter.AREA, TestProgram.DATA).li(CaseWriter.RESULTS, RESULTS);
    cases.li(CaseWriter.DUMP, dump);
    for (int i = 0; i < CASES; i++) {
      writeCase(writer);
    }
    cases.li(10, STDOUT).li(11, RESULTS).li(12, BLOCK_SIZE).li(17, WRITE).ecall();
    code.jal(0, 8 + POOL_SIZE).addi(0, 0, 0).pool(writer.pool(), POOL_SIZE);
    code.bytes(cases.bytes());
  }

  private void writeCase(CaseWriter writer) {
    CompressedCases compressed = new CompressedCases(writer);
    if (left.isEmpty()) {
      IntStream.range(0, templates.size() + compressed.count()).forEach(left::add);
      Collections.shuffle(left, random);
    }
    int index = left.removeLast();
    if (index < templates.size()) {
      names.add(templates.get(index).name());
      new Cases(writer).write(templates.get(index));
    } else {
      names.add("compressed " + (index - templates.size()));
      compressed.write(index - templates.size());
    }
  }
}
