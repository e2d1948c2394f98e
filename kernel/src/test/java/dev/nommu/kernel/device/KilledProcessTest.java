package dev.nommu.kernel.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.kernel.Machine;
import dev.nommu.kernel.testing.Program;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process killed at any moment leaves an image that can be read, each erase block as it was, as
 * it was to be, or visibly torn: a part of it erased, as a chip is left that loses its power.
 */
class KilledProcessTest {
  private static final int BLOCK = KilledMachine.BLOCK;
  private static final long SEED = 20261122;
  private static final int ROUNDS = 3;

  /** How many blocks it may have begun between its last line that was read and its end. */
  private static final int SOON = 2;

  @TempDir Path directory;

  @Test
  void blocksOfAKilledProcess_areOldOrNewOrTorn() throws Exception {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      Path flash = Files.write(directory.resolve("flash" + round), new byte[0]);
      Path disk = Files.write(directory.resolve("disk" + round), new byte[1 << 16]);
      int done = kill(flash, disk, 1 + random.nextInt(12));
      assertFlash(Files.readAllBytes(flash), done);
      assertSectors(Files.readAllBytes(disk), done);
      assertGoesOn(flash, disk);
    }
  }

  /**
   * Runs the process until it has said that so many blocks are done and kills it while it is at the
   * next or the one after that.
   *
   * @return how many blocks it had done at least
   */
  private static int kill(Path flash, Path disk, int blocks) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dguice_custom_class_loading=CHILD",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                KilledMachine.class.getName(),
                flash.toString(),
                disk.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (OutputStream orders = process.getOutputStream();
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      orders.write(new byte[blocks + SOON]);
      orders.flush();
      for (int said = 0; said < blocks; said++) {
        assertThat(reader.readLine()).isEqualTo(KilledMachine.line(said));
      }
      process.destroyForcibly().waitFor();
      return blocks;
    } finally {
      process.destroyForcibly();
    }
  }

  /** Blocks are rewritten in order, so there is one that explains how all of them are. */
  private static void assertFlash(byte[] flash, int done) {
    assertThat(flash).hasSize(KilledMachine.BLOCKS * BLOCK);
    assertThat(
            IntStream.rangeClosed(done, done + SOON)
                .anyMatch(current -> isExplained(flash, current)))
        .as("killed after %d blocks: one that was being rewritten, and others that are whole", done)
        .isTrue();
  }

  /** Whether the blocks are as they are while one is rewritten; it comes after so many others. */
  private static boolean isExplained(byte[] flash, int current) {
    int generation = KilledMachine.generation(current);
    for (int block = 0; block < KilledMachine.BLOCKS; block++) {
      byte[] content = Arrays.copyOfRange(flash, block * BLOCK, (block + 1) * BLOCK);
      int position = Integer.compare(block, KilledMachine.block(current));
      boolean explained =
          switch (position) {
            case -1 -> Arrays.equals(content, expected(generation, block));
            case 1 -> Arrays.equals(content, expected(generation - 1, block));
            default -> isTorn(content, generation, block);
          };
      if (!explained) {
        return false;
      }
    }
    return true;
  }

  /** Every word is erased or what it was before; or every word is erased or what it is to be. */
  private static boolean isTorn(byte[] content, int generation, int block) {
    return isPartOf(content, expected(generation - 1, block))
        || isPartOf(content, expected(generation, block));
  }

  /** Before the first generation a block is erased. */
  private static byte[] expected(int generation, int block) {
    if (generation > 0) {
      return KilledMachine.content(generation, block, BLOCK);
    }
    byte[] erased = new byte[BLOCK];
    Arrays.fill(erased, (byte) 0xff);
    return erased;
  }

  private static boolean isPartOf(byte[] content, byte[] whole) {
    for (int at = 0; at < content.length; at += 2) {
      boolean erased = content[at] == -1 && content[at + 1] == -1;
      boolean same = content[at] == whole[at] && content[at + 1] == whole[at + 1];
      if (!erased && !same) {
        return false;
      }
    }
    return true;
  }

  /** A disk has no blocks to erase: each sector is as one of the last writes left it. */
  private static void assertSectors(byte[] disk, int done) {
    int length = KilledMachine.SECTORS * KilledMachine.SECTOR;
    List<byte[]> writes =
        IntStream.range(done - 1, done + SOON)
            .mapToObj(write ->
                KilledMachine.content(
                    KilledMachine.generation(write), KilledMachine.block(write), length))
            .toList();
    for (int from = 0; from < length; from += KilledMachine.SECTOR) {
      int start = from;
      int end = from + KilledMachine.SECTOR;
      assertThat(writes)
          .as("sector at %d", start)
          .anyMatch(write -> Arrays.equals(disk, start, end, write, start, end));
    }
  }

  private static void assertGoesOn(Path flash, Path disk) throws Exception {
    byte[] left = Files.readAllBytes(flash);
    try (Machine machine = KilledMachine.boot(flash, disk)) {
      Program program = new Program(machine.init());
      assertThat(program.content(program.read("/dev/mtd0"), left.length)).isEqualTo(left);
    }
  }
}
