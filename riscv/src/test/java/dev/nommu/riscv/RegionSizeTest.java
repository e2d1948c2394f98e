package dev.nommu.riscv;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HotSpot does not compile a method of 8000 bytes: no region may become that large. */
final class RegionSizeTest {
  private static final int HUGE = 8000;

  /** An addition; a load, a store; of doubles a product, a load, one to an integer; a remainder. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        0x0010_8093,
        0x7ff0_b103,
        0x0020_b023,
        0x1220_f0d3,
        0x0000_b087,
        0xc200_70d3,
        0x0220_e0b3
      })
  void region_ofOneKindOfInstruction_isNotHuge(int instruction) throws Trap {
    Code code = Program.code();
    for (int i = 0; i < 900; i++) {
      code.word(instruction);
    }
    assertThat(bytesOfRegion(code)).isLessThan(HUGE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x0063, 0x4063, 0x6063, 0x1063})
  void region_ofBranches_isNotHuge(int branch) throws Trap {
    Code code = Program.code();
    for (int i = 0; i < 900; i++) {
      code.word(Code.branch(branch, i % 2 == 0 ? 16 : -16) | 5 << 15 | 6 << 20);
    }
    assertThat(bytesOfRegion(code)).isLessThan(HUGE);
  }

  /** Reads all blocks of the code, one after another, and compiles from the first. */
  private static int bytesOfRegion(Code code) throws Trap {
    Program program = new Program(Harts.INTERPRETED, code);
    BlockTable table = new BlockTable(new BlockReader(program.memory));
    long end = Program.CODE + code.bytes().length;
    for (long at = Program.CODE; at < end; at = table.at(at).next) {
      table.at(at);
    }
    Map<Long, Block> blocks = new RegionBlocks(table).from(table.at(Program.CODE));
    ClassModel type = ClassFile.of().parse(RegionCompiler.bytes(blocks));
    return type.methods().stream()
        .filter(method -> method.methodName().equalsString("run"))
        .mapToInt(method -> method.findAttribute(Attributes.code()).orElseThrow().codeLength())
        .sum();
  }
}
