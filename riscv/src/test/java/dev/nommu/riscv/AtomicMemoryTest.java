package dev.nommu.riscv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Hart;
import dev.nommu.api.Stop;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** LR, SC and AMOs by two harts on the same memory. */
@ParameterizedClass
@EnumSource(Harts.class)
final class AtomicMemoryTest {
  @Parameter private Harts harts;

  private static final int TIMES = 200_000;
  private static final int LR_D_7_FROM_5 = 0x1002_b3af;
  private static final int SC_D_8_7_TO_5 = 0x1872_b42f;
  private static final int SC_D_9_7_TO_5 = 0x1872_b4af;
  private static final int AMOADD_D_7_6_TO_5 = 0x0062_b3af;

  private static Hart at(Program program) {
    program.hart.setRegister(5, Program.RAM);
    return program.hart;
  }

  @Test
  void storeConditional_afterAnotherHartStored_fails() {
    Program program =
        new Program(harts, Program.code().word(LR_D_7_FROM_5).word(SC_D_8_7_TO_5).ecall());
    Hart hart = at(program);
    hart.run(1);
    program.setMemory(Program.RAM, 5);
    hart.run(1);
    assertThat(hart.register(8)).isEqualTo(1);
    assertThat(program.inMemory(Program.RAM)).isEqualTo(5);
  }

  @Test
  void storeConditional_reservesOnce() {
    Code code = Program.code().word(LR_D_7_FROM_5).word(SC_D_8_7_TO_5).word(SC_D_9_7_TO_5);
    Program program = new Program(harts, code);
    at(program).run(3);
    assertThat(program.x(8)).isZero();
    assertThat(program.x(9)).isEqualTo(1);
  }

  @Test
  void copyOfAHart_holdsNoReservation() {
    Program program =
        new Program(harts, Program.code().word(LR_D_7_FROM_5).word(SC_D_8_7_TO_5).ecall());
    at(program).run(1);
    Hart copy = program.hart.copy(program.memory);
    copy.run(1);
    assertThat(copy.register(8)).isEqualTo(1);
  }

  @Test
  void call_letsGoOfTheReservation() {
    Code code = Program.code().word(LR_D_7_FROM_5).ecall().word(SC_D_8_7_TO_5).ecall();
    Program program = new Program(harts, code);
    at(program).run(2);
    program.hart.run(1);
    assertThat(program.x(8)).isEqualTo(1);
  }

  @Test
  void quantum_keepsTheReservation() {
    Program program =
        new Program(harts, Program.code().word(LR_D_7_FROM_5).word(SC_D_8_7_TO_5).ecall());
    at(program).run(1);
    program.hart.run(1);
    assertThat(program.x(8)).isZero();
  }

  /** x9 counts down; each time a word is incremented atomically. */
  private static Code incrementing(int kind) {
    Code code = Program.code();
    if (kind == AMOADD_D_7_6_TO_5) {
      code.word(AMOADD_D_7_6_TO_5).addi(9, 9, -1).word(Code.branch(0x1063, -8) | 9 << 15);
    } else {
      code.word(LR_D_7_FROM_5).addi(7, 7, 1).word(SC_D_8_7_TO_5);
      code.word(Code.branch(0x1063, -12) | 8 << 15);
      code.addi(9, 9, -1).word(Code.branch(0x1063, -20) | 9 << 15);
    }
    return code.ecall();
  }

  @ParameterizedTest
  @ValueSource(ints = {AMOADD_D_7_6_TO_5, LR_D_7_FROM_5})
  void twoHarts_loseNoIncrement(int kind) throws Exception {
    Program program = new Program(harts, incrementing(kind));
    Hart first = at(program);
    first.setRegister(6, 1);
    first.setRegister(9, TIMES);
    Hart second = first.copy(program.memory);
    CyclicBarrier together = new CyclicBarrier(2);
    Thread other = Thread.ofPlatform().start(() -> runTogether(second, together));
    runTogether(first, together);
    other.join();
    assertThat(program.inMemory(Program.RAM)).isEqualTo(2L * TIMES);
  }

  /** Both begin each quantum at the same time. */
  private static void runTogether(Hart hart, CyclicBarrier together) {
    try {
      for (int quantum = 0; quantum < 20; quantum++) {
        together.await();
        hart.run(TIMES / 10);
      }
    } catch (InterruptedException | BrokenBarrierException ended) {
      throw new AssertionError(ended);
    }
    while (!(hart.run(TIMES) instanceof Stop.Call)) {
      assertThat(hart.register(9)).isNotNegative();
    }
  }
}
