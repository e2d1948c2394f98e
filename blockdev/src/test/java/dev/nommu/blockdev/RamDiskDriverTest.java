package dev.nommu.blockdev;

import static dev.nommu.blockdev.Blocks.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RamDiskDriverTest {
  private final FakeMachine machine = new FakeMachine(2048);

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
    assertThat(machine.devices).hasSize(16).containsKeys("ram0", "ram15");
    assertThat(machine.devices.get("ram15").size()).isEqualTo(4 << 20);
    assertThat(machine.numbers.get("ram15")).isEqualTo(new DeviceNumber(1, 15));
    assertThat(machine.pages.inUse()).isZero();
  }

  @Test
  void parameters_setNumberAndSize_theLastValueHolding() throws ErrnoException {
    machine.parameters.put("brd.rd_nr", List.of("5", "2"));
    machine.parameters.put("brd.rd_size", List.of("0x10"));
    init();
    assertThat(machine.devices).containsOnlyKeys("ram0", "ram1");
    assertThat(machine.devices.get("ram0").size()).isEqualTo(16 << 10);
  }

  @Test
  void zeroDisks_areNone() throws ErrnoException {
    machine.parameters.put("brd.rd_nr", List.of("0"));
    init();
    assertThat(machine.devices).isEmpty();
  }

  @Test
  void contiguous_takesARunForEachDiskAtOnce() throws ErrnoException {
    machine.parameters.put("brd.contiguous", List.of("1"));
    machine.parameters.put("brd.rd_nr", List.of("2"));
    init();
    assertThat(machine.pages.inUse()).isEqualTo(2048);
    assertThat(machine.devices.get("ram0").backingDeviceInfo()).isEqualTo(BackingDeviceInfo.MEMORY);
  }

  @Test
  void contiguous_thatDoesNotFit_isReported() {
    machine.parameters.put("brd.contiguous", List.of("1"));
    assertErrno(Errno.ENOMEM, this::init);
    machine.parameters.put("brd.rd_size", List.of("4097"));
    assertErrno(Errno.EFBIG, this::init);
  }

  @Test
  void contiguous_off_isPlain() throws ErrnoException {
    machine.parameters.put("brd.contiguous", List.of("0"));
    init();
    assertThat(machine.devices.get("ram0")).isInstanceOf(RamDisk.class);
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
  void malformedParameter_isEinvalAndNamed(String name, String value) {
    machine.parameters.put(name, List.of(value));
    assertErrno(Errno.EINVAL, this::init);
    assertThatThrownBy(this::init).hasMessageContaining(name + "=" + value);
  }
}
