package dev.nommu.blockdev;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.fixtures.FakeMachine;
import dev.nommu.fixtures.FakePages;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RamDiskDriverTest {
  private final FakeMachine machine = new FakeMachine(Profile.DOCUMENT, new FakePages(2048));

  private void init() throws ErrnoException {
    new RamDiskDriver().init(machine);
  }

  @Test
  void bothDrivers_areFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(DeviceDriver.class))
        .extracting(DeviceDriver::name)
        .containsExactlyInAnyOrder("brd", "virtio_blk");
  }

  @Test
  void withoutParameters_thereAreSixteenOfFourMegabytes() throws ErrnoException {
    init();
    assertThat(machine.blockDevices()).hasSize(16).containsKeys("ram0", "ram15");
    assertThat(machine.blockDevices().get("ram15").size()).isEqualTo(4 << 20);
    assertThat(machine.numbers().get("ram15")).isEqualTo(new DeviceNumber(1, 15));
    assertThat(machine.pages().inUse()).isZero();
  }

  @Test
  void parameters_setNumberAndSize_theLastValueHolding() throws ErrnoException {
    machine.with("brd.rd_nr", "5").with("brd.rd_nr", "2");
    machine.with("brd.rd_size", "0x10");
    init();
    assertThat(machine.blockDevices()).containsOnlyKeys("ram0", "ram1");
    assertThat(machine.blockDevices().get("ram0").size()).isEqualTo(16 << 10);
  }

  @Test
  void zeroDisks_areNone() throws ErrnoException {
    machine.with("brd.rd_nr", "0");
    init();
    assertThat(machine.blockDevices()).isEmpty();
  }

  @Test
  void contiguous_takesARunForEachDiskAtOnce() throws ErrnoException {
    machine.with("brd.contiguous", "1");
    machine.with("brd.rd_nr", "2");
    init();
    assertThat(machine.pages().inUse()).isEqualTo(2048);
    assertThat(machine.blockDevices().get("ram0").backingDeviceInfo())
        .isEqualTo(BackingDeviceInfo.MEMORY);
  }

  @Test
  void contiguous_thatDoesNotFit_isReported() {
    machine.with("brd.contiguous", "1");
    assertErrno(Errno.ENOMEM, this::init);
    machine.with("brd.rd_size", "4097");
    assertErrno(Errno.EFBIG, this::init);
  }

  @Test
  void contiguous_off_isPlain() throws ErrnoException {
    machine.with("brd.contiguous", "0");
    init();
    assertThat(machine.blockDevices().get("ram0")).isInstanceOf(RamDisk.class);
  }

  @ParameterizedTest
  @CsvSource({
    "brd.rd_nr,-1",
    "brd.rd_nr,1048577",
    "brd.rd_nr,many",
    "brd.rd_size,0",
    "brd.rd_size,9007199254740992",
    "brd.rd_size,99999999999999999999",
    "brd.rd_size,4M",
    "brd.contiguous,maybe"
  })
  void board11_valueThatCannotBe_isToldAndTheOneBeforeHolds(String name, String value)
      throws ErrnoException {
    machine.with("brd.rd_nr", "2").with("brd.rd_size", "16").with(name, value);
    init();
    assertThat(machine.ignoredParameters()).containsExactly(name + "=" + value);
    assertThat(machine.blockDevices()).containsOnlyKeys("ram0", "ram1");
    assertThat(machine.blockDevices().get("ram1").size()).isEqualTo(16 << 10);
  }
}
