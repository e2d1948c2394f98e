package dev.nommu.kernel.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.kernel.Machine;
import dev.nommu.kernel.testing.TaskCalls;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A process killed at any moment leaves images that can be read: each erase block as it was, as it
 * was to be, or visibly torn, and each sector of a disk as it was or as it was to be. The moment is
 * when a word of an image changes, which the test sees in the file.
 */
@Timeout(120)
class KilledProcessTest {
  private static final int BLOCK = KilledMachine.BLOCK;
  private static final int SECTOR = KilledMachine.SECTOR;
  private static final long SEED = 20261122;
  private static final VarHandle WORD = ValueLayout.JAVA_SHORT.varHandle();

  @TempDir Path directory;

  /** The activity of a process when it is killed. */
  enum Activity {
    /** A word of the block has left its old value. */
    ERASING,
    /** A word of the block has its new value. */
    PROGRAMMING,
    /** A word of the disk has its new value. */
    WRITING
  }

  /**
   * When a process is killed.
   *
   * @param block the index of the block that it is then at
   * @param word the word that changes, from the start of the block or the disk
   */
  record Moment(Activity activity, int block, int word) {}

  /** The state of an erase block left by a process. */
  enum State {
    OLD,
    NEW,
    /** Some words are erased and the others are old, or the others are new. */
    TORN,
    /** A state that a chip could not have after a loss of power. */
    WRONG
  }

  static Stream<Moment> moments() {
    Random random = new Random(SEED);
    System.out.println("KilledProcessTest: seed " + SEED);
    return Stream.of(Activity.values())
        .flatMap(activity -> Stream.of(activity, activity))
        .map(activity ->
            new Moment(
                activity, random.nextInt(KilledMachine.BLOCKS), random.nextInt(words(activity))));
  }

  private static int words(Activity activity) {
    return (activity == Activity.WRITING ? KilledMachine.DISK_SIZE : BLOCK) / KilledMachine.WORD;
  }

  @ParameterizedTest
  @MethodSource("moments")
  void imagesOfAKilledProcess_areOldOrNewOrTornInTheBlockItWasAt(Moment moment) throws Exception {
    Path flash = Files.write(directory.resolve("flash"), flashBefore());
    Path disk = Files.write(directory.resolve("disk"), KilledMachine.disk(-1));
    int done = kill(flash, disk, moment);
    assertThat(done).isBetween(moment.block, moment.block + 1);
    assertFlash(Files.readAllBytes(flash), done);
    assertSectors(Files.readAllBytes(disk), done);
    assertBothAreRead(flash, disk);
  }

  private static byte[] flashBefore() {
    byte[] flash = new byte[KilledMachine.BLOCKS * BLOCK];
    for (int block = 0; block < KilledMachine.BLOCKS; block++) {
      System.arraycopy(KilledMachine.content(0, block, BLOCK), 0, flash, block * BLOCK, BLOCK);
    }
    return flash;
  }

  /** Runs the process up to a moment, kills it, and returns the number of blocks it reported. */
  private int kill(Path flash, Path disk, Moment moment) throws Exception {
    Path said = directory.resolve("said");
    Process process = start(flash, disk, said);
    try (OutputStream orders = process.getOutputStream()) {
      orders.write(new byte[moment.block + 1]);
      orders.flush();
      await(moment, process, moment.activity == Activity.WRITING ? disk : flash);
      process.destroyForcibly().waitFor();
      return done(Files.readString(said));
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(Path flash, Path disk, Path said) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            KilledMachine.class.getName(),
            flash.toString(),
            disk.toString())
        .redirectOutput(said.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Returns when the word has changed; it stays so, as the process has no orders beyond that. */
  private static void await(Moment moment, Process process, Path image) throws Exception {
    try (Arena arena = Arena.ofConfined();
        FileChannel channel = FileChannel.open(image)) {
      MemorySegment memory = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      while (!isReached(moment, memory)) {
        assertThat(process.isAlive() && !Thread.interrupted())
            .as("%s is reached in time, the process being alive", moment)
            .isTrue();
        Thread.onSpinWait();
      }
    }
  }

  private static boolean isReached(Moment moment, MemorySegment memory) {
    int generation = KilledMachine.generation(moment.block);
    int block = KilledMachine.block(moment.block);
    int start = moment.activity == Activity.WRITING ? 0 : block * BLOCK;
    short word = (short) WORD.getVolatile(memory, (long) start + moment.word * KilledMachine.WORD);
    return switch (moment.activity) {
      case ERASING -> word != KilledMachine.word(generation - 1, block, moment.word);
      case PROGRAMMING, WRITING -> word == KilledMachine.word(generation, block, moment.word);
    };
  }

  private static int done(String said) {
    int done = (int) said.chars().filter(letter -> letter == '\n').count();
    for (int index = 0; index < done; index++) {
      assertThat(said.lines().skip(index).findFirst()).contains(KilledMachine.line(index));
    }
    return done;
  }

  /** All blocks are whole except one that the process did not report. */
  private static void assertFlash(byte[] flash, int done) {
    assertThat(flash).hasSize(KilledMachine.BLOCKS * BLOCK);
    for (int block = 0; block < KilledMachine.BLOCKS; block++) {
      byte[] content = Arrays.copyOfRange(flash, block * BLOCK, (block + 1) * BLOCK);
      State state = state(content, KilledMachine.generation(done), block);
      switch (Integer.compare(block, KilledMachine.block(done))) {
        case -1 -> assertThat(state).as("block %d", block).isEqualTo(State.NEW);
        case 1 -> assertThat(state).as("block %d", block).isEqualTo(State.OLD);
        default -> assertThat(state).as("block %d", block).isNotEqualTo(State.WRONG);
      }
    }
  }

  /** An erased block is torn: it is neither what it was nor what it was to be. */
  private static State state(byte[] content, int generation, int block) {
    byte[] before = KilledMachine.content(generation - 1, block, BLOCK);
    byte[] after = KilledMachine.content(generation, block, BLOCK);
    if (Arrays.equals(content, before)) {
      return State.OLD;
    }
    if (Arrays.equals(content, after)) {
      return State.NEW;
    }
    return isErasedPartOf(content, before) || isErasedPartOf(content, after)
        ? State.TORN
        : State.WRONG;
  }

  private static boolean isErasedPartOf(byte[] content, byte[] whole) {
    for (int at = 0; at < content.length; at += KilledMachine.WORD) {
      boolean erased = content[at] == -1 && content[at + 1] == -1;
      boolean same = content[at] == whole[at] && content[at + 1] == whole[at + 1];
      if (!erased && !same) {
        return false;
      }
    }
    return true;
  }

  private static void assertSectors(byte[] disk, int done) {
    byte[] before = KilledMachine.disk(done - 1);
    byte[] after = KilledMachine.disk(done);
    assertThat(disk).hasSize(KilledMachine.DISK_SIZE);
    for (int at = 0; at < disk.length; at += SECTOR) {
      assertThat(Arrays.copyOfRange(disk, at, at + SECTOR))
          .as("sector at %d", at)
          .isIn(
              Arrays.copyOfRange(before, at, at + SECTOR),
              Arrays.copyOfRange(after, at, at + SECTOR));
    }
  }

  private static void assertBothAreRead(Path flash, Path disk) throws Exception {
    byte[] inFlash = Files.readAllBytes(flash);
    byte[] onDisk = Files.readAllBytes(disk);
    try (Machine machine = KilledMachine.boot(flash, disk)) {
      TaskCalls program = new TaskCalls(machine.init());
      assertThat(program.content(program.read("/dev/mtd0"), inFlash.length)).isEqualTo(inFlash);
      assertThat(program.content(program.read("/dev/vda"), onDisk.length)).isEqualTo(onDisk);
    }
  }
}
