package dev.nommu.mtd;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.mtd.chip.ChipTime;
import dev.nommu.mtd.chip.Locking;
import dev.nommu.mtd.chip.NorBank;
import dev.nommu.mtd.chip.NorPart;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads while the driver waits for an erasure. */
class EraseOperationTest {
  private static final int BLOCK = 0x40000;
  private static final int SUSPEND = 0xb0_00b0;

  private final ChipTime time = new ChipTime(() -> Instant.EPOCH);
  private final MemorySegment cells = MemorySegment.ofArray(new byte[2 * BLOCK]);
  private final List<Thread> readers = new ArrayList<>();
  private ListeningWindow window;
  private Mtd mtd;
  private Runnable whileWaiting = () -> {};

  static Stream<NorPart> parts() {
    return Stream.of(NorPart.STRATAFLASH_J3, NorPart.STRATAFLASH_P30, NorPart.S29GL_N);
  }

  static Stream<NorPart> partsThatCannotSuspend() {
    return parts()
        .map(part ->
            new NorPart(
                part.commandSet(),
                part.manufacturer(),
                part.device(),
                part.bootBlocks(),
                part.bufferLog2(),
                part.timing(),
                part.locking(),
                part.extendedTable(),
                List.of(0x31, 0x31, 0, 0, 0, 0, 0, 0, 0, 0),
                part.endurance()));
  }

  private void connect(NorPart part) throws ErrnoException {
    cells.asSlice(BLOCK).fill((byte) 'd');
    window = new ListeningWindow(new NorBank(part, cells, 4, 2, time));
    mtd = new CfiProbe(window, 0, 4, this::delay).find("nor");
    if (part.locking() == Locking.VOLATILE) {
      mtd.locks().unlock(0, 2 * BLOCK);
    }
    window.forget();
  }

  private void delay(long nanos) {
    Runnable visit = whileWaiting;
    whileWaiting = () -> {};
    visit.run();
    time.delay(nanos);
  }

  private String read(long offset) {
    try {
      return Texts.read(new MtdStore(mtd), offset, 4);
    } catch (ErrnoException e) {
      return e.errno().toString();
    }
  }

  private void readInAThread(long offset, List<String> seen) {
    Thread reader = Thread.ofPlatform().daemon().start(() -> seen.add(read(offset)));
    readers.add(reader);
    while (reader.getState() != Thread.State.BLOCKED
        && reader.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
  }

  private void awaitReaders() throws InterruptedException {
    for (Thread reader : readers) {
      reader.join();
    }
  }

  @ParameterizedTest
  @MethodSource("parts")
  void flash09_readOfAnotherBlock_suspendsTheEraseAndGetsData(NorPart part) throws ErrnoException {
    connect(part);
    List<String> seen = new ArrayList<>();
    whileWaiting = () -> seen.add(read(BLOCK + 6));

    mtd.erase(0, BLOCK);

    assertThat(seen).containsExactly("dddd");
    assertThat(window.stored()).containsOnlyOnce(SUSPEND);
    byte[] erased = new byte[BLOCK];
    Arrays.fill(erased, (byte) 0xff);
    assertThat(cells.asSlice(0, BLOCK).mismatch(MemorySegment.ofArray(erased))).isEqualTo(-1);
    assertThat(read(BLOCK)).isEqualTo("dddd");
  }

  @ParameterizedTest
  @MethodSource("parts")
  void flash09_readOfTheSameBlock_waitsForTheEnd(NorPart part) throws Exception {
    connect(part);
    List<String> seen = new ArrayList<>();
    whileWaiting = () -> readInAThread(0, seen);

    mtd.erase(0, BLOCK);
    awaitReaders();

    assertThat(seen).containsExactly("\377\377\377\377");
    assertThat(window.stored()).doesNotContain(SUSPEND);
  }

  @ParameterizedTest
  @MethodSource("partsThatCannotSuspend")
  void flash09_chipsThatCannotSuspend_letReadersWait(NorPart part) throws Exception {
    connect(part);
    List<String> seen = new ArrayList<>();
    whileWaiting = () -> readInAThread(BLOCK, seen);

    mtd.erase(0, BLOCK);
    awaitReaders();

    assertThat(seen).containsExactly("dddd");
    assertThat(window.stored()).doesNotContain(SUSPEND);
  }

  @ParameterizedTest
  @MethodSource("parts")
  void flash09_suspendedEraseThatFails_failsAllTheSame(NorPart part) throws ErrnoException {
    connect(part.withEndurance(0));
    List<String> seen = new ArrayList<>();
    whileWaiting = () -> seen.add(read(BLOCK));

    assertErrno(Errno.EIO, () -> mtd.erase(0, BLOCK));

    assertThat(seen).containsExactly("dddd");
  }
}
