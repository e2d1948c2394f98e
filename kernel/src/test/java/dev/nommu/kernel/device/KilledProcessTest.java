package dev.nommu.kernel.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.kernel.Machine;
import dev.nommu.kernel.testing.Program;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
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
  private static final int GENERATIONS = 40;
  private static final int TORN = -1;

  @TempDir Path directory;

  @Test
  void blocksOfAKilledProcess_areOldOrNewOrTorn() throws Exception {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      Path flash = Files.write(directory.resolve("flash" + round), new byte[0]);
      Path disk = Files.write(directory.resolve("disk" + round), new byte[1 << 16]);
      int lines = 1 + random.nextInt(12);
      String last = kill(flash, disk, lines);
      assertFlash(Files.readAllBytes(flash), last);
      assertSectors(Files.readAllBytes(disk));
      assertGoesOn(flash, disk);
    }
  }

  /** Runs the process until it has said so many lines and kills it, in the middle of the next. */
  private static String kill(Path flash, Path disk, int lines) throws Exception {
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
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      for (int said = 1; said < lines; said++) {
        line = reader.readLine();
      }
      return String.valueOf(line);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** Blocks were rewritten in order: up to some block they are of one generation more. */
  private static void assertFlash(byte[] flash, String last) {
    assertThat(flash).hasSize(KilledMachine.BLOCKS * BLOCK);
    int[] generations = new int[KilledMachine.BLOCKS];
    int torn = KilledMachine.BLOCKS;
    for (int block = 0; block < KilledMachine.BLOCKS; block++) {
      generations[block] = generation(block(flash, block), block);
      if (generations[block] == TORN) {
        assertThat(torn).as("a second torn block after %s", last).isEqualTo(KilledMachine.BLOCKS);
        torn = block;
      }
    }
    int newest = torn == 0 ? generations[1] + 1 : generations[0];
    assertThat(newest).isGreaterThanOrEqualTo(Integer.parseInt(last.split(" ")[0]));
    for (int block = 0; block < KilledMachine.BLOCKS; block++) {
      if (block == torn) {
        assertTorn(block(flash, block), newest, block);
      } else {
        assertThat(newest - generations[block]).as("block %d", block).isBetween(0, 1);
      }
    }
  }

  private static byte[] block(byte[] flash, int block) {
    return Arrays.copyOfRange(flash, block * BLOCK, (block + 1) * BLOCK);
  }

  /** Returns which generation a block is, whole, or {@link #TORN}. */
  private static int generation(byte[] content, int block) {
    for (int generation = 0; generation < GENERATIONS; generation++) {
      if (Arrays.equals(content, expected(generation, block))) {
        return generation;
      }
    }
    return TORN;
  }

  /** Before the first generation a block is erased. */
  private static byte[] expected(int generation, int block) {
    byte[] erased = new byte[BLOCK];
    Arrays.fill(erased, (byte) 0xff);
    return generation == 0 ? erased : KilledMachine.content(generation, block, BLOCK);
  }

  /** Every word is erased or what it was before; or every word is erased or what it is to be. */
  private static void assertTorn(byte[] content, int generation, int block) {
    boolean erasing = isPartOf(content, expected(generation - 1, block));
    boolean programming = isPartOf(content, expected(generation, block));
    assertThat(erasing || programming).as("block %d torn as no chip would", block).isTrue();
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

  /** A disk has no blocks to erase: each sector is as one of the writes left it. */
  private static void assertSectors(byte[] disk) {
    for (int sector = 0; sector < KilledMachine.SECTORS; sector++) {
      int from = sector * KilledMachine.SECTOR;
      byte[] content = Arrays.copyOfRange(disk, from, from + KilledMachine.SECTOR);
      assertThat(isOfAWrite(content, from)).as("sector %d", sector).isTrue();
    }
  }

  private static boolean isOfAWrite(byte[] sector, int from) {
    int length = KilledMachine.SECTORS * KilledMachine.SECTOR;
    for (int generation = 1; generation < GENERATIONS; generation++) {
      for (int block = 0; block < KilledMachine.BLOCKS; block++) {
        byte[] write = KilledMachine.content(generation, block, length);
        if (Arrays.equals(sector, 0, sector.length, write, from, from + sector.length)) {
          return true;
        }
      }
    }
    return Arrays.equals(sector, new byte[sector.length]);
  }

  private static void assertGoesOn(Path flash, Path disk) throws Exception {
    byte[] left = Files.readAllBytes(flash);
    try (Machine machine = KilledMachine.boot(flash, disk)) {
      Program program = new Program(machine.init());
      assertThat(program.content(program.read("/dev/mtd0"), left.length)).isEqualTo(left);
    }
  }
}
