package dev.nommu.riscv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Access;
import dev.nommu.api.Stop;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Accesses where there is no memory: the hart stops at the instruction, and nothing has changed.
 */
@ParameterizedClass
@EnumSource(Harts.class)
final class FaultTest {
  @Parameter private Harts harts;

  private static final long NOTHING = 0x9_0000;

  private static void assertFault(Program program, Access access, long address) {
    assertThat(program.hart.run(100))
        .isInstanceOfSatisfying(
            Stop.Fault.class,
            stop -> {
              assertThat(stop.access()).isEqualTo(access);
              assertThat(stop.fault().address()).isEqualTo(address);
            });
  }

  /**
   * An instruction with x5 as its base and x6 as the register it loads or stores, and its access.
   */
  static Stream<Arguments> accesses() {
    return Stream.of(
        Arguments.of(0x0002_8303, Access.LOAD),
        Arguments.of(0x0002_9303, Access.LOAD),
        Arguments.of(0x0002_a303, Access.LOAD),
        Arguments.of(0x0002_b303, Access.LOAD),
        Arguments.of(0x0002_a307, Access.LOAD),
        Arguments.of(0x0002_b307, Access.LOAD),
        Arguments.of(0x1002_a32f, Access.LOAD),
        Arguments.of(0x1002_b32f, Access.LOAD),
        Arguments.of(0x0062_8023, Access.STORE),
        Arguments.of(0x0062_9023, Access.STORE),
        Arguments.of(0x0062_a023, Access.STORE),
        Arguments.of(0x0062_b023, Access.STORE),
        Arguments.of(0x0062_a027, Access.STORE),
        Arguments.of(0x0062_b027, Access.STORE),
        Arguments.of(0x0062_a32f, Access.STORE),
        Arguments.of(0x0062_b32f, Access.STORE));
  }

  @ParameterizedTest
  @MethodSource("accesses")
  void access_whereNothingIs_stopsAtTheInstruction(int instruction, Access access) {
    Program program =
        new Program(harts, Program.code().addi(1, 0, 1).word(instruction).addi(1, 1, 1));
    program.hart.setRegister(5, NOTHING);
    program.hart.setRegister(6, 66);
    program.hart.setRegister(33 + 6, 77);
    assertFault(program, access, NOTHING);
    assertThat(program.hart.pc()).isEqualTo(Program.CODE + 4);
    assertThat(program.hart.retired()).isEqualTo(1);
    assertThat(program.x(1)).isEqualTo(1);
    assertThat(program.x(6)).isEqualTo(66);
    assertThat(program.x(33 + 6)).isEqualTo(77);
    program.memory.add(NOTHING, 8);
    assertThat(program.hart.run(1)).isEqualTo(Program.QUANTUM_USED);
  }

  @Test
  void load_ofItsOwnBase_keepsTheBaseWhenItFails() {
    Program program = new Program(harts, Program.code().ld(5, 5, 0));
    program.hart.setRegister(5, NOTHING);
    assertFault(program, Access.LOAD, NOTHING);
    assertThat(program.x(5)).isEqualTo(NOTHING);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void load_thatReachesOverTheEnd_saysWhichByteIsNotThere(int inside) {
    Program program = new Program(harts, Program.code().ld(6, 5, 0));
    long end = Program.RAM + Program.SIZE;
    program.hart.setRegister(5, end - inside);
    assertFault(program, Access.LOAD, end);
    assertThat(program.x(6)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void store_thatReachesOverTheEnd_saysWhichByteIsNotThere(int inside) {
    Program program = new Program(harts, Program.code().sd(6, 5, 0));
    long end = Program.RAM + Program.SIZE;
    program.hart.setRegister(5, end - inside);
    program.hart.setRegister(6, -1);
    assertFault(program, Access.STORE, end);
  }

  @Test
  void access_thatWraps_isAFault() {
    Program program = new Program(harts, Program.code().ld(6, 5, 0).sd(6, 5, 0));
    program.hart.setRegister(5, -4);
    assertFault(program, Access.LOAD, -4);
    program.hart.setPc(Program.CODE + 4);
    assertFault(program, Access.STORE, -4);
  }

  @Test
  void fetch_whereNothingIs_comesAfterTheJump() {
    Program program = new Program(harts, Program.code().jalr(1, 5, 0));
    program.hart.setRegister(5, NOTHING);
    assertFault(program, Access.FETCH, NOTHING);
    assertThat(program.hart.pc()).isEqualTo(NOTHING);
    assertThat(program.x(1)).isEqualTo(Program.CODE + 4);
    assertThat(program.hart.retired()).isEqualTo(1);
  }

  @Test
  void fetch_overTheEnd_comesWhenItIsReached() {
    Program program = new Program(harts, Program.code());
    long end = Program.CODE + Program.SIZE;
    program.setMemory(end - 8, 0x0093_0001_0001_0001L);
    program.hart.setPc(end - 8);
    assertFault(program, Access.FETCH, end);
    assertThat(program.hart.pc()).isEqualTo(end - 2);
    assertThat(program.hart.retired()).isEqualTo(3);
  }

  @Test
  void fetch_afterTheLastAllowedInstruction_isNotTried() {
    Program program = new Program(harts, Program.code().jalr(1, 5, 0));
    program.hart.setRegister(5, NOTHING);
    assertThat(program.hart.run(1)).isEqualTo(Program.QUANTUM_USED);
    assertThat(program.hart.pc()).isEqualTo(NOTHING);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x1002_a32f, 0x0062_a32f, 0x1862_a32f})
  void atomicAccess_thatIsNotAligned_isRefused(int instruction) {
    Program program = new Program(harts, Program.code().word(instruction));
    program.hart.setRegister(5, Program.RAM + 2);
    Access access = instruction == 0x1002_a32f ? Access.LOAD : Access.STORE;
    assertThat(program.hart.run(1)).isEqualTo(new Stop.Misaligned(access, Program.RAM + 2));
    assertThat(program.hart.pc()).isEqualTo(Program.CODE);
  }
}
