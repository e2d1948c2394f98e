package dev.nommu.riscv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Access;
import dev.nommu.api.Stop;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The events that end a long-running loop: the same for each way to run it. */
@ParameterizedClass
@EnumSource(Harts.class)
final class LoopTest {
  private static final int ECALL = 0x73;
  private static final VarHandle WORD =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();

  @Parameter private Harts harts;

  @Test
  void store_thatLeavesTheMemory_stopsTheLoopThere() {
    Code code = Program.code().sd(6, 5, 0).addi(5, 5, 8).addi(6, 6, 1).jal(0, -12);
    Program program = new Program(harts, code);
    program.hart.setRegister(5, Program.RAM);
    assertThat(program.hart.run(1_000_000))
        .isInstanceOfSatisfying(
            Stop.Fault.class,
            stop -> {
              assertThat(stop.access()).isEqualTo(Access.STORE);
              assertThat(stop.fault().address()).isEqualTo(Program.RAM + Program.SIZE);
            });
    assertThat(program.hart.pc()).isEqualTo(Program.CODE);
    assertThat(program.x(6)).isEqualTo(Program.SIZE / 8);
    assertThat(program.hart.retired()).isEqualTo(Program.SIZE / 8 * 4);
    assertThat(program.inMemory(Program.RAM + Program.SIZE - 8)).isEqualTo(Program.SIZE / 8 - 1);
  }

  @Test
  void load_inTheMiddleOfABlock_faultsWithWhatCameBeforeItDone() {
    Code code = Program.code().addi(6, 6, 1).ld(7, 5, 0).addi(5, 5, 8).jal(0, -12);
    Program program = new Program(harts, code);
    program.hart.setRegister(5, Program.RAM);
    assertThat(program.hart.run(1_000_000)).isInstanceOf(Stop.Fault.class);
    assertThat(program.hart.pc()).isEqualTo(Program.CODE + 4);
    assertThat(program.x(6)).isEqualTo(Program.SIZE / 8 + 1);
    assertThat(program.hart.retired()).isEqualTo(Program.SIZE / 8 * 4 + 1);
  }

  @Test
  void loop_overTwoPiecesOfMemory_findsBoth() {
    Code code = Program.code().ld(7, 5, 0).ld(8, 6, 0).word(0x0083_83b3).sd(7, 6, 0);
    Program program = new Program(harts, code.sd(7, 5, 0).jal(0, -20));
    long other = Program.RAM + 0x10_0000;
    program.memory.add(other, 64);
    program.hart.setRegister(5, Program.RAM);
    program.hart.setRegister(6, other);
    program.setMemory(other, 1);
    program.hart.run(6 * 20);
    assertThat(program.inMemory(other)).isEqualTo(1 << 19);
    assertThat(program.inMemory(Program.RAM)).isEqualTo(1 << 19);
  }

  @Test
  void device_inALoop_isAskedEachTime() {
    RecordingMemory memory = new RecordingMemory(0x10_0000, 64);
    Code code = Program.code().ld(7, 5, 0).addi(7, 7, 1).sd(7, 5, 0).jal(0, -12);
    Program program = new Program(harts, code, memory);
    program.hart.setRegister(5, 0x10_0000);
    program.hart.run(400);
    assertThat(program.x(7)).isEqualTo(100);
    assertThat(memory.heard).hasSize(200);
  }

  @Test
  void rounding_thatBecomesReserved_isIllegalInTheLoop() {
    int fadd = 0x0220_f0d3;
    int csrrw = 0x0022_9073;
    Code code = Program.code().addi(5, 5, 1).word(csrrw).word(fadd).jal(0, -12);
    Program program = new Program(harts, code);
    program.hart.setRegister(5, -1);
    assertThat(program.hart.run(1000)).isEqualTo(new Stop.Illegal(fadd));
    assertThat(program.x(5)).isEqualTo(5);
    assertThat(program.hart.retired()).isEqualTo(4 * 5 + 2);
  }

  @Test
  void calls_returnToWhereTheyCameFrom() {
    Code code = Program.code().jal(1, 16).jal(1, 12).addi(6, 6, 16).jal(0, -12);
    Program program = new Program(harts, code.addi(6, 6, 1).jalr(0, 1, 0));
    program.hart.run(8 * 1000);
    assertThat(program.x(6)).isEqualTo(18 * 1000);
  }

  /** The loop is endless; another thread inserts a call after it has run for a long time. */
  @Test
  void flush_reachesALoopThatIsRunning() throws InterruptedException {
    Code code = Program.code().addi(5, 5, 1).sd(5, 10, 0).addi(6, 6, 1).jal(0, -12);
    Program program = new Program(harts, code);
    program.hart.setRegister(10, Program.RAM);
    Stop[] stop = new Stop[1];
    Thread running = Thread.ofPlatform().start(() -> stop[0] = program.hart.run(Long.MAX_VALUE));
    while ((long) WORD.getVolatile(program.memory.at(Program.RAM, 8), 0L) < 100_000) {
      Thread.onSpinWait();
    }
    program.setMemory(Program.CODE + 8, program.inMemory(Program.CODE + 8) >>> 32 << 32 | ECALL);
    program.hart.flushInstructions();
    running.join();
    assertThat(stop[0]).isEqualTo(new Stop.Call(Program.CODE + 8));
    assertThat(program.x(5)).isEqualTo(program.x(6) + 1);
  }

  @Test
  void storedInstruction_inTheLoopItself_isRunAfterFenceI() {
    Code code = Program.code().addi(1, 1, 1).s(0x2023, 5, 6, 0).word(0x100f).addi(7, 7, -1);
    code.word(Code.branch(0x1063, -16) | 7 << 15).ecall();
    Program program = new Program(harts, code);
    program.hart.setRegister(5, Program.CODE);
    program.hart.setRegister(6, 0x0100_8093);
    program.hart.setRegister(7, 100);
    assertThat(program.hart.run(10_000)).isInstanceOf(Stop.Call.class);
    assertThat(program.x(1)).isEqualTo(1 + 16 * 99);
  }
}
