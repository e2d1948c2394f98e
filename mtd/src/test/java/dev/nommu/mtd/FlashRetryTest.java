package dev.nommu.mtd;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.DeviceWindow;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.mtd.chip.ChipTime;
import dev.nommu.mtd.chip.NorBank;
import dev.nommu.mtd.chip.NorPart;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The flash drivers on chips that are worn out, stuck or in an unexpected state. */
class FlashRetryTest {
  private static final int BLOCK = 0x20000;

  private final ChipTime time = new ChipTime(() -> Instant.EPOCH);
  private final MemorySegment cells = MemorySegment.ofArray(new byte[2 * BLOCK]);

  private ListeningWindow bank(NorPart part) {
    return new ListeningWindow(new NorBank(part, cells, 2, 2, time));
  }

  private Mtd mtd(DeviceWindow window) throws ErrnoException {
    return new CfiProbe(window, 0, 2, time::delay).find("nor");
  }

  @Test
  void flash07_intelEraseErrorIsRetriedThreeTimesAndThenEio() throws ErrnoException {
    ListeningWindow window = bank(NorPart.STRATAFLASH_J3.withEndurance(0));
    Mtd mtd = mtd(window);
    window.forget();

    assertErrno(Errno.EIO, () -> mtd.erase(0, BLOCK));
    assertThat(window.stored()).filteredOn(code -> code == 0xd0).hasSize(4);
  }

  @Test
  void flash07_amdEraseErrorIsRetriedThreeTimesAndThenEio() throws ErrnoException {
    ListeningWindow window = bank(NorPart.S29GL_N.withEndurance(0));
    Mtd mtd = mtd(window);
    window.forget();

    assertErrno(Errno.EIO, () -> mtd.erase(0, BLOCK));
    assertThat(window.stored()).filteredOn(code -> code == 0x30).hasSize(4);
  }

  @Test
  void flash05_amdProgramErrorIsRetriedThreeTimesAndThenEio() throws ErrnoException {
    ListeningWindow window = bank(NorPart.S29GL_N);
    Mtd mtd = mtd(window);
    window.forget();

    assertErrno(Errno.EIO, () -> mtd.write(Texts.bytes("a"), 0));
    assertThat(window.stored()).filteredOn(code -> code == 0x29).hasSize(4);
  }

  @Test
  void flash05_amdSkipsWhatHoldsItsDatumAlready() throws ErrnoException {
    ListeningWindow window = bank(NorPart.S29GL_N);
    Mtd mtd = mtd(window);
    window.forget();

    mtd.write(Texts.bytes("\0\0\0"), 1);

    assertThat(window.stored()).doesNotContain(0x29);
  }

  @Test
  void flash07_intelTimeoutIsEtime() throws ErrnoException {
    ListeningWindow window = bank(NorPart.STRATAFLASH_J3);
    Mtd stuck = new CfiProbe(window, 0, 2, nanos -> {}).find("nor");

    assertErrno(Errno.ETIME, () -> stuck.erase(0, BLOCK));
  }

  @Test
  void flash07_intelLowVoltageIsEio() throws ErrnoException {
    LowVoltage window = new LowVoltage(bank(NorPart.STRATAFLASH_J3));
    Mtd mtd = mtd(window);
    window.status = 0x08;

    assertErrno(Errno.EIO, () -> mtd.write(Texts.bytes("a"), 0));
    assertErrno(Errno.EIO, () -> mtd.erase(0, BLOCK));
  }

  /** Chips whose programming voltage is low once they have been found. */
  private static final class LowVoltage implements DeviceWindow {
    private final DeviceWindow chips;
    private long status;

    LowVoltage(DeviceWindow chips) {
      this.chips = chips;
    }

    @Override
    public long size() {
      return chips.size();
    }

    @Override
    public Optional<MemorySegment> memory() {
      return chips.memory();
    }

    @Override
    public long load(long offset, int width) {
      return chips.load(offset, width) | status;
    }

    @Override
    public void store(long offset, int width, long value) {
      chips.store(offset, width, value);
    }
  }

  @Test
  void flash07_amdTimeoutIsEio() throws ErrnoException {
    ListeningWindow window = bank(NorPart.S29GL_N);
    Mtd stuck = new CfiProbe(window, 0, 2, nanos -> {}).find("nor");

    assertErrno(Errno.EIO, () -> stuck.erase(0, BLOCK));
  }

  @Test
  void flash07_errorsOfOneRequestAreClearedBeforeTheNext() throws ErrnoException {
    ListeningWindow window = bank(NorPart.STRATAFLASH_J3);
    Mtd mtd = mtd(window);
    window.store(0, 2, 0x20);
    window.store(0, 2, 0);

    mtd.erase(0, BLOCK);
    window.store(0, 2, 0x20);
    window.store(0, 2, 0);
    mtd.write(Texts.bytes("a"), 0);

    assertThat(Texts.read(new MtdStore(mtd), 0, 1)).isEqualTo("a");
  }

  @Test
  void flash02_allChipsMustBeReady() throws ErrnoException {
    NorBank pair = new NorBank(NorPart.STRATAFLASH_J3, cells, 4, 2, time);
    Mtd mtd = new CfiProbe(pair, 0, 4, time::delay).find("nor");
    pair.store(2, 2, 0x20);
    pair.store(2, 2, 0xd0);
    time.delay(900_000_000);

    mtd.erase(0, 2 * BLOCK);
    mtd.write(Texts.bytes("abcd"), 0);

    assertThat(Texts.read(new MtdStore(mtd), 0, 4)).isEqualTo("abcd");
  }
}
