package dev.nommu.riscv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Stop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads and stores: in RAM, at its end, to devices, and where accesses are observed. */
@ParameterizedClass
@EnumSource(Harts.class)
final class DataMemoryTest {
  @Parameter private Harts harts;

  private static final long VALUE = 0x8877_6655_4433_2211L;
  private static final long DEVICE = 0x10_0000;

  private static void assertRuns(Program program) {
    assertThat(program.hart.run(1000)).isInstanceOf(Stop.Call.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void access_thatIsNotAligned_works(int offset) {
    Program program = new Program(harts, Program.code().sd(6, 5, 0).ld(7, 5, 0).ecall());
    program.hart.setRegister(5, Program.RAM + offset);
    program.hart.setRegister(6, VALUE);
    assertRuns(program);
    assertThat(program.inMemory(Program.RAM + offset)).isEqualTo(VALUE);
    assertThat(program.x(7)).isEqualTo(VALUE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void access_overTwoPieces_takesBytesOfBoth(int inFirst) {
    Program program = new Program(harts, Program.code().sd(6, 5, 0).ld(7, 5, 0).ecall());
    long seam = Program.RAM + Program.SIZE;
    program.memory.add(seam, 4096);
    program.hart.setRegister(5, seam - inFirst);
    program.hart.setRegister(6, VALUE);
    assertRuns(program);
    assertThat(program.x(7)).isEqualTo(VALUE);
    assertThat(program.inMemory(seam - 8)).isEqualTo(VALUE << (64 - 8 * inFirst));
    assertThat(program.inMemory(seam)).isEqualTo(VALUE >>> (8 * inFirst));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 8 at 100000",
    "4, 4 at 100004; 4 at 100008",
    "2, 2 at 100002; 4 at 100004; 2 at 100008",
    "1, 1 at 100001; 2 at 100002; 4 at 100004; 1 at 100008",
    "7, 1 at 100007; 4 at 100008; 2 at 10000c; 1 at 10000e",
    "-3, 1 at 100000; 4 at 100000",
  })
  void device_getsAlignedWords(int offset, String words) {
    RecordingMemory memory = new RecordingMemory(DEVICE, 64);
    Program program = new Program(harts, Program.code().sd(6, 5, 0).ld(7, 5, 0).ecall(), memory);
    program.hart.setRegister(5, DEVICE + offset);
    program.hart.setRegister(6, VALUE);
    if (offset < 0) {
      memory.add(DEVICE - 4096, 4096);
      assertRuns(program);
      assertThat(memory.heard).contains("store 4 at 100000", "load 4 at 100000");
      assertThat(memory.heard).contains("store 1 at 100004", "load 1 at 100004");
    } else {
      assertRuns(program);
      List<String> expected =
          List.of(
              ("store "
                      + words.replace("; ", "; store ")
                      + "; load "
                      + words.replace("; ", "; load "))
                  .split("; "));
      assertThat(memory.heard).isEqualTo(expected);
    }
    assertThat(program.x(7)).isEqualTo(VALUE);
  }

  @Test
  void device_hasSignsOfItsWordsExtended() {
    RecordingMemory memory = new RecordingMemory(DEVICE, 64);
    Code code = Program.code().i(0x3, 7, 5, 0).i(0x4003, 8, 5, 0).i(0x1003, 9, 5, 0);
    code.i(0x5003, 10, 5, 0).i(0x2003, 11, 5, 0).i(0x6003, 12, 5, 0).ecall();
    Program program = new Program(harts, code, memory);
    memory.put(DEVICE, new byte[] {-128, -127, -126, -125});
    program.hart.setRegister(5, DEVICE);
    assertRuns(program);
    assertThat(program.x(7)).isEqualTo(-128);
    assertThat(program.x(8)).isEqualTo(0x80);
    assertThat(program.x(9)).isEqualTo((short) 0x8180);
    assertThat(program.x(10)).isEqualTo(0x8180);
    assertThat(program.x(11)).isEqualTo(0x8382_8180);
    assertThat(program.x(12)).isEqualTo(0x8382_8180L);
  }

  /** As under a sanitizer: the same program, without any plain memory for its data. */
  @Test
  void listener_hearsEveryAccess_andResultsAreTheSame() throws IOException {
    TestProgram program = new Generator(3).program(3);
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    new Guest(program).run(plain);
    RecordingMemory memory = new RecordingMemory(TestProgram.DATA, TestProgram.DATA_SIZE);
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    new Guest(program, memory, harts).run(heard);
    assertThat(heard.toByteArray()).isEqualTo(plain.toByteArray());
    assertThat(memory.heard).hasSizeGreaterThan(3 * Generator.BLOCK_SIZE / 8);
  }
}
