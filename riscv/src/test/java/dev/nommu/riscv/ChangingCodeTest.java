package dev.nommu.riscv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Access;
import dev.nommu.api.PlainMemory;
import dev.nommu.api.PlainMemory.Lasting;
import dev.nommu.api.Stop;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Instructions that are stored, replaced, spread over two pieces of memory, or in flash. */
@ParameterizedClass
@EnumSource(Harts.class)
final class ChangingCodeTest {
  @Parameter private Harts harts;

  private static final int FENCE_I = 0x0000_100f;
  private static final int NOP = 0x0000_0013;
  private static final int ADD_1 = 0x0010_8093;
  private static final int ADD_16 = 0x0100_8093;
  private static final long FLASH = 0x2_0000;

  private static void assertRuns(Program program) {
    assertThat(program.hart.run(1000)).isInstanceOf(Stop.Call.class);
  }

  /**
   * Adds 1 to x1, replaces the adding instruction with one that adds 16, and executes it again.
   *
   * @param between executed before the second addition
   */
  private Program replacing(int between) {
    Code code = Program.code();
    code.word(ADD_1).word(between).word(Code.branch(0x1063, 16) | 7 << 15);
    code.addi(7, 0, 1).s(0x2023, 5, 6, 0).jal(0, -20).ecall();
    Program program = new Program(harts, code);
    program.hart.setRegister(5, Program.CODE);
    program.hart.setRegister(6, ADD_16);
    return program;
  }

  @Test
  void storedInstruction_isRunAfterFenceI() {
    Code code = Program.code();
    code.word(ADD_1).word(Code.branch(0x1063, 20) | 7 << 15).addi(7, 0, 1).s(0x2023, 5, 6, 0);
    Program program = new Program(harts, code.word(FENCE_I).jal(0, -20).ecall());
    program.hart.setRegister(5, Program.CODE);
    program.hart.setRegister(6, ADD_16);
    assertRuns(program);
    assertThat(program.x(1)).isEqualTo(17);
  }

  @Test
  void storedInstruction_isNotRunBeforeFenceI() {
    Program program = replacing(NOP);
    assertRuns(program);
    assertThat(program.x(1)).isEqualTo(2);
  }

  @Test
  void flush_byAnotherThread_isAsFenceI() throws InterruptedException {
    Program program = new Program(harts, Program.code().word(ADD_1).jal(0, -4));
    program.hart.run(20);
    assertThat(program.x(1)).isEqualTo(10);
    program.setMemory(
        Program.CODE, ADD_16 & 0xffff_ffffL | program.inMemory(Program.CODE) >>> 32 << 32);
    Thread other = Thread.ofPlatform().start(program.hart::flushInstructions);
    other.join();
    program.hart.run(2);
    assertThat(program.x(1)).isEqualTo(26);
  }

  @Test
  void instruction_overTwoPiecesOfMemory_isRun() {
    Program program = new Program(harts, Program.code());
    long seam = Program.CODE + Program.SIZE;
    byte[] rest = new Code(seam).half(ADD_16 >>> 16).ecall().bytes();
    program.memory.add(seam, rest);
    program.setMemory(seam - 8, (long) ADD_1 | (long) (ADD_16 & 0xffff) << 48 | 1L << 32);
    program.hart.setPc(seam - 8);
    assertRuns(program);
    assertThat(program.x(1)).isEqualTo(17);
    assertThat(program.hart.retired()).isEqualTo(4);
  }

  @Test
  void device_isAskedForEachInstruction() {
    RecordingMemory memory = new RecordingMemory(FLASH, 64);
    Program program = new Program(harts, Program.code(), memory);
    memory.put(FLASH, new Code(FLASH).word(ADD_1).half(0x0085).word(0x73).bytes());
    program.hart.setPc(FLASH);
    assertRuns(program);
    program.hart.setPc(FLASH);
    assertRuns(program);
    assertThat(program.x(1)).isEqualTo(4);
    assertThat(memory.heard)
        .startsWith("fetch 2 at 20000", "fetch 2 at 20002", "fetch 2 at 20004")
        .hasSize(10);
  }

  /** Flash that can be read, until it is busy and returns its status for each fetch. */
  private static final class Flash extends TestMemory {
    private static final int EBREAK = 0x9002;
    private final MemorySegment array = Arena.ofAuto().allocate(4096, 4096);
    private boolean isBusy;

    Flash() {
      byte[] code = new Code(FLASH).word(ADD_1).jal(0, 8).word(NOP).word(ADD_1).jal(0, -16).bytes();
      MemorySegment.copy(code, 0, array, ValueLayout.JAVA_BYTE, 0, code.length);
    }

    @Override
    public Optional<PlainMemory> plain(long address, Access access) {
      if (address < FLASH || address >= FLASH + 4096) {
        return super.plain(address, access);
      }
      return isBusy || access != Access.FETCH
          ? Optional.empty()
          : Optional.of(new PlainMemory(FLASH, array.asReadOnly(), Lasting.MOMENT));
    }

    @Override
    public long fetch(long address, int width) {
      return EBREAK;
    }
  }

  @Test
  void flashThatStopsBeingPlain_isFetchedFrom_andReadAgainLater() {
    Flash flash = new Flash();
    Program program = new Program(harts, Program.code(), flash);
    program.hart.setPc(FLASH);
    program.hart.run(400);
    assertThat(program.x(1)).isEqualTo(200);
    flash.isBusy = true;
    assertThat(program.hart.run(4)).isEqualTo(new Stop.Breakpoint());
    assertThat(program.hart.pc()).isEqualTo(FLASH);
    flash.isBusy = false;
    program.hart.run(4);
    assertThat(program.x(1)).isEqualTo(202);
  }
}
