package dev.nommu.riscv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every instruction with edge values: all registers after each are those of QEMU. The digests are
 * regenerated, after {@code mvn test-compile -pl riscv -am}, by
 *
 * <pre>{@code
 * java -cp riscv/target/test-classes:riscv/target/classes:api/target/classes \
 *     dev.nommu.riscv.QemuDigests > riscv/src/test/resources/dev/nommu/riscv/qemu-digests.txt
 * }</pre>
 *
 * <p>With {@code -Dnommu.riscv.programs=20} a million instructions are compared with QEMU itself.
 * QEMU 7.2 does not differ from the manual in any of them; for reserved encodings, where it may,
 * {@link IllegalInstructionTest} follows the manual.
 */
final class GeneratedInstructionsTest {
  private static final int WORDS = Generator.CASE_SIZE / Long.BYTES;
  private static final int FIRST_FLOAT = 25;
  private static final int FCSR = 57;

  @TempDir Path folder;

  private static byte[] outputOfHart(TestProgram program, Harts harts) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    new Guest(program, new TestMemory(), harts).run(output);
    return output.toByteArray();
  }

  @Test
  void fiftyThousandInstructions_haveTheDigestsOfQemu() throws IOException {
    TestProgram program = new Generator(QemuDigests.SEED).program(QemuDigests.BLOCKS);
    assertThat(QemuDigests.of(outputOfHart(program, Harts.INTERPRETED)))
        .as("digests of blocks of %d cases, seed %d", Generator.CASES, QemuDigests.SEED)
        .isEqualTo(recorded());
  }

  /** The first of them again, on a hart that compiles each block. */
  @Test
  void compiledInstructions_haveTheDigestsOfQemu() throws IOException {
    int blocks = 30;
    TestProgram program = new Generator(QemuDigests.SEED).program(blocks);
    assertThat(QemuDigests.of(outputOfHart(program, Harts.COMPILED)))
        .isEqualTo(recorded().subList(0, blocks));
  }

  /**
   * Regions of many blocks: a block that runs for the third time is compiled with its successors.
   */
  @Test
  void regions_leaveWhatTheInterpreterLeaves() throws IOException {
    TestProgram program = new Generator(QemuDigests.SEED).program(20);
    assertThat(QemuDigests.of(outputOfFourRuns(program, Harts.MIXED)))
        .isEqualTo(QemuDigests.of(outputOfFourRuns(program, Harts.INTERPRETED)));
  }

  private static byte[] outputOfFourRuns(TestProgram program, Harts harts) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    Guest guest = new Guest(program, new TestMemory(), harts);
    for (int i = 0; i < 4; i++) {
      guest.run(output);
      guest.restart();
    }
    return output.toByteArray();
  }

  private static List<String> recorded() throws IOException {
    try (var stream = GeneratedInstructionsTest.class.getResourceAsStream("qemu-digests.txt")) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  private static LongStream seeds() {
    return LongStream.rangeClosed(2, 1 + Long.getLong("nommu.riscv.programs", 1));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void fiftyThousandInstructions_leaveTheRegistersThatQemuLeaves(long seed) throws Exception {
    assumeTrue(
        Qemu.isInstalled() || "true".equals(System.getenv("CI")),
        "skipped: qemu-riscv64 is not installed (Debian package qemu-user)");
    Generator generator = new Generator(seed);
    TestProgram program = generator.program(QemuDigests.BLOCKS);
    byte[] expected = Qemu.run(program, folder.resolve("program"));
    byte[] found = outputOfHart(program, Harts.INTERPRETED);
    assertThat(firstDifference(generator, expected, found)).as("seed %d", seed).isEmpty();
    assertThat(found).hasSameSizeAs(expected);
  }

  private static String firstDifference(Generator generator, byte[] expected, byte[] found) {
    ByteBuffer qemu = ByteBuffer.wrap(expected).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer hart = ByteBuffer.wrap(found).order(ByteOrder.LITTLE_ENDIAN);
    int at = qemu.mismatch(hart) & -Long.BYTES;
    if (at < 0 || at >= Math.min(expected.length, found.length)) {
      return "";
    }
    return "case %d, %s: expected %s = 0x%x, found 0x%x"
        .formatted(
            at / Generator.CASE_SIZE,
            generator.names().get(at / Generator.CASE_SIZE),
            place(at / Long.BYTES % WORDS),
            qemu.getLong(at),
            hart.getLong(at));
  }

  private static String place(int word) {
    if (word < FIRST_FLOAT) {
      return "x" + (word + 1);
    }
    if (word < FCSR) {
      return "f" + (word - FIRST_FLOAT);
    }
    return word == FCSR ? "fcsr" : "memory at " + (word - FCSR - 1) * Long.BYTES;
  }
}
