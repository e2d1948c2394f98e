package dev.nommu.riscv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Stop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Encodings that are reserved, or belong to extensions and modes that are not implemented. */
@ParameterizedClass
@EnumSource(Harts.class)
final class IllegalInstructionTest {
  @Parameter private Harts harts;

  private void assertIllegal(Code code, long bits) {
    Program program = new Program(harts, code);
    assertThat(program.hart.run(100)).isEqualTo(new Stop.Illegal(bits));
    assertThat(program.hart.pc()).isEqualTo(Program.CODE);
    assertThat(program.hart.retired()).isZero();
  }

  /**
   * All zeros; ADDI4SPN, LUI and ADDI16SP of nothing; ADDIW, LWSP, LDSP of x0; JR to x0; unused
   * encodings between SUBW, ADDW and the rest; the fourth of quadrant 0.
   */
  @ParameterizedTest
  @ValueSource(
      ints = {
        0x0000, 0x0004, 0x001c, 0x6081, 0x6f81, 0x6101, 0x2001, 0x207d, 0x4002, 0x4012, 0x6002,
        0x6012, 0x8002, 0x9c41, 0x9c61, 0x9fc1, 0x9ffd, 0x8000, 0x9ffc
      })
  void compressed_reserved(int half) {
    assertIllegal(Program.code().half(half), half);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        -1, // all ones
        0x0000_001f, // longer than 32 bits
        0x0000_003f,
        0x0000_7003, // a load of 16 bytes
        0x0000_4023, // a store of 16 bytes
        0x0000_4007, // a quad
        0x0000_2063, // a branch without a condition
        0x0000_3063,
        0x0000_1067,
        0x0000_200f,
        0x8000_1013, // a shift with something above its distance
        0x0400_1013,
        0x4000_1013,
        0x0200_101b, // a word shifted by 32
        0x0200_501b,
        0x0000_201b,
        0x4000_1033, // SUB's bit with another function
        0x0400_0033,
        0x0200_103b, // MULHW
        0x0000_203b,
        0x0010_202f | 0x1000_0000, // LR with a source
        0x0000_002f, // an atomic byte
        0x2800_202f,
        0x0400_0053, // halves and quads
        0x0600_0053,
        0x5810_0053, // a root of two
        0x2000_3053,
        0x2800_2053,
        0x4000_0053, // a single to a single
        0x4210_0053,
        0xa000_3053,
        0xc040_0053,
        0xd040_0053,
        0xe000_2053,
        0xe010_0053,
        0xf000_1053,
        0x0000_5053, // rounding modes
        0x0000_6053,
        0x0000_5043,
        0xc000_6053,
        0x0000_4073, // no CSR instruction
        0xc000_1073, // a write to a counter
        0xc020_e073,
        0xc030_2073, // a counter of the performance monitor
        0x3000_2073, // mstatus
        0x1000_2073,
        0x0080_2073, // vstart
        0x1020_0073, // SRET, MRET, WFI
        0x3020_0073,
        0x1050_0073,
        0x1200_0073
      })
  void instruction_reserved(int bits) {
    assertIllegal(Program.code().word(bits), bits & 0xffff_ffffL);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x0000_7053, 0x5800_7053, 0x0000_7043, 0xc000_7053, 0xd000_7053})
  void dynamicRounding_withoutAMode(int bits) {
    for (int mode = 5; mode <= 7; mode++) {
      Program program = new Program(harts, Program.code().addi(1, 0, 1).word(bits));
      program.hart.setRegister(67, mode);
      assertThat(program.hart.run(100)).isEqualTo(new Stop.Illegal(bits & 0xffff_ffffL));
      assertThat(program.hart.pc()).isEqualTo(Program.CODE + 4);
      assertThat(program.hart.retired()).isEqualTo(1);
    }
  }

  @Test
  void whatDoesNotRound_isAllowedWithoutAMode() {
    Program program =
        new Program(harts, Program.code().word(0x2200_0053).word(0xe200_1053).ecall());
    program.hart.setRegister(67, 7);
    assertThat(program.hart.run(100)).isEqualTo(new Stop.Call(Program.CODE + 8));
  }

  @Test
  void hints_doNothing() {
    Code code = Program.code().half(0x0001).half(0x0081).half(0x0005).half(0x4005).half(0x6005);
    code.half(0x8006).half(0x9006).half(0x0006).half(0x8001).word(0x0100_000f).ecall();
    Program program = new Program(harts, code);
    assertThat(program.hart.run(100)).isInstanceOf(Stop.Call.class);
    for (int register = 0; register < 32; register++) {
      assertThat(program.x(register)).isZero();
    }
  }
}
