package dev.nommu.riscv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nommu.api.Hart;
import dev.nommu.api.Stop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many instructions a hart runs, why it stops, and how its registers are numbered. */
@ParameterizedClass
@EnumSource(Harts.class)
final class HartTest {
  @Parameter private Harts harts;

  private static final int LOOP = -8;

  /** Two instructions, a branch back, and an instruction that the branch skips. */
  private static Code counting() {
    return Program.code().addi(1, 1, 1).addi(2, 2, 2).jal(0, LOOP);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 100, 101, 102, 100_000})
  void run_retiresExactlyAsManyInstructionsAsAllowed(long instructions) {
    Program program = new Program(harts, counting());
    assertThat(program.hart.run(instructions)).isEqualTo(Program.QUANTUM_USED);
    assertThat(program.hart.retired()).isEqualTo(instructions);
    assertThat(program.x(1)).isEqualTo((instructions + 2) / 3);
    assertThat(program.x(2)).isEqualTo((instructions + 1) / 3 * 2);
    assertThat(program.hart.pc()).isEqualTo(Program.CODE + instructions % 3 * 4);
  }

  @Test
  void run_inSteps_isTheSameAsAtOnce() {
    Program atOnce = new Program(harts, counting());
    Program inSteps = new Program(harts, counting());
    atOnce.hart.run(1000);
    for (int i = 0; i < 1000; i++) {
      assertThat(inSteps.hart.run(1)).isEqualTo(Program.QUANTUM_USED);
    }
    for (int register = 0; register <= 32; register++) {
      assertThat(inSteps.x(register)).isEqualTo(atOnce.x(register));
    }
    assertThat(inSteps.hart.retired()).isEqualTo(1000);
  }

  @Test
  void run_aBlockLongerThanAnyIsKept_goesOn() {
    Code code = Program.code();
    for (int i = 0; i < 500; i++) {
      code.addi(1, 1, 1);
    }
    Program program = new Program(harts, code.ecall());
    program.hart.run(Long.MAX_VALUE);
    assertThat(program.x(1)).isEqualTo(500);
  }

  @Test
  void run_negative_isRefused() {
    Hart hart = new Program(harts, counting()).hart;
    assertThatIllegalArgumentException().isThrownBy(() -> hart.run(-1));
  }

  @Test
  void call_isRetired_andSaysWhereItIs() {
    Program program = new Program(harts, Program.code().addi(1, 0, 7).ecall().addi(1, 1, 1));
    assertThat(program.hart.run(100)).isEqualTo(new Stop.Call(Program.CODE + 4));
    assertThat(program.hart.pc()).isEqualTo(Program.CODE + 8);
    assertThat(program.hart.retired()).isEqualTo(2);
    program.hart.setPc(Program.CODE + 4);
    assertThat(program.hart.run(1)).isEqualTo(new Stop.Call(Program.CODE + 4));
  }

  @Test
  void stop_behindWhatIsAllowed_isNotReached() {
    Program program = new Program(harts, Program.code().addi(1, 0, 7).ecall());
    assertThat(program.hart.run(1)).isEqualTo(Program.QUANTUM_USED);
    assertThat(program.hart.pc()).isEqualTo(Program.CODE + 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x0010_0073, 0x9002})
  void breakpoint_leavesThePcAtItself(int encoding) {
    Program program = new Program(harts, Program.code().addi(1, 0, 7).word(encoding));
    assertThat(program.hart.run(100)).isEqualTo(new Stop.Breakpoint());
    assertThat(program.hart.pc()).isEqualTo(Program.CODE + 4);
    assertThat(program.hart.retired()).isEqualTo(1);
    assertThat(program.hart.run(100)).isEqualTo(new Stop.Breakpoint());
  }

  @Test
  void counters_areExact() {
    int instret = 0xc020_2073;
    int cycle = 0xc000_2073;
    int time = 0xc010_2073;
    Code code = Program.code().addi(1, 0, 1).addi(1, 0, 1).word(instret | 5 << 7);
    code.addi(1, 0, 1).word(cycle | 6 << 7).word(instret | 7 << 7).word(time | 8 << 7).ecall();
    Program program = new Program(harts, code);
    program.memory.time = 1234;
    program.hart.run(100);
    assertThat(program.x(5)).isEqualTo(2);
    assertThat(program.x(6)).isEqualTo(4);
    assertThat(program.x(7)).isEqualTo(5);
    assertThat(program.x(8)).isEqualTo(1234);
  }

  @Test
  void registers_haveTheNumbersOfGdb() {
    Hart hart = new Program(harts, Program.code().ecall()).hart;
    for (int register = 0; register <= 64; register++) {
      hart.setRegister(register, 100 + register);
    }
    hart.setRegister(68, 0xfff);
    assertThat(hart.register(0)).isZero();
    assertThat(hart.register(31)).isEqualTo(131);
    assertThat(hart.register(32)).isEqualTo(132).isEqualTo(hart.pc());
    assertThat(hart.register(33)).isEqualTo(133);
    assertThat(hart.register(64)).isEqualTo(164);
    assertThat(hart.register(66)).isEqualTo(31);
    assertThat(hart.register(67)).isEqualTo(7);
    assertThat(hart.register(68)).isEqualTo(255);
    hart.setRegister(66, 1);
    hart.setRegister(67, 2);
    assertThat(hart.register(68)).isEqualTo(0x41);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65, 69})
  void register_thatIsNotThere_isRefused(int number) {
    Hart hart = new Program(harts, Program.code().ecall()).hart;
    assertThatIllegalArgumentException().isThrownBy(() -> hart.register(number));
    assertThatIllegalArgumentException().isThrownBy(() -> hart.setRegister(number, 0));
  }

  @Test
  void copy_hasTheSameRegistersAndGoesItsOwnWay() {
    Program program = new Program(harts, counting());
    program.hart.setRegister(33, 5);
    program.hart.setRegister(68, 0x21);
    program.hart.run(4);
    Hart copy = program.hart.copy(program.memory);
    assertThat(copy.retired()).isZero();
    for (int register = 0; register <= 64; register++) {
      assertThat(copy.register(register)).isEqualTo(program.x(register));
    }
    assertThat(copy.register(68)).isEqualTo(0x21);
    copy.run(3);
    assertThat(copy.register(1)).isEqualTo(3);
    assertThat(program.x(1)).isEqualTo(2);
  }
}
