package dev.nommu.chardevfb;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.Consent;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapCapability;
import dev.nommu.api.MapRequest;
import dev.nommu.api.MappableFile;
import dev.nommu.api.OpenFile;
import dev.nommu.api.Placement;
import dev.nommu.api.Protection;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.Sharing;
import dev.nommu.api.WritableFile;
import dev.nommu.fixtures.FakeMachine;
import dev.nommu.fixtures.FakePages;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryDevicesTest {
  private final FakeMachine machine = new FakeMachine();

  @BeforeEach
  void boot() throws ErrnoException {
    new MemoryDevices().init(machine);
  }

  @Test
  void driver_isFoundAsService() {
    assertThat(ServiceLoader.load(DeviceDriver.class).stream().map(ServiceLoader.Provider::type))
        .contains(MemoryDevices.class);
  }

  @Test
  void devices_haveTheirNumbersOfLinux() {
    assertThat(machine.numbers())
        .containsOnly(
            entry("mem", 1),
            entry("null", 3),
            entry("zero", 5),
            entry("full", 7),
            entry("random", 8),
            entry("urandom", 9));
  }

  @Test
  void chr10_nodes_areForEverybodyButTheMemory() {
    assertThat(machine.characterDevices().keySet().stream().filter(this::isForEverybody))
        .containsExactlyInAnyOrder("null", "zero", "full", "random", "urandom");
  }

  private boolean isForEverybody(String name) {
    return machine.characterDevices().get(name).permissions() == 0666;
  }

  @Test
  void null_isAtItsEndAndSwallowsWrites() throws ErrnoException {
    assertThat(machine.open("null", ReadableFile.class).read(bytes(9), 0)).isZero();
    assertThat(machine.open("null", WritableFile.class).write(bytes(9), 0)).isEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "full", "random", "urandom"})
  void chr05_device_hasNoMmapSlot(String name) throws ErrnoException {
    assertThat(machine.open(name, OpenFile.class)).isNotInstanceOf(MappableFile.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zero", "full"})
  void device_readsAsZeros(String name) throws ErrnoException {
    MemorySegment into = bytes(9).fill((byte) 1);
    assertThat(machine.open(name, ReadableFile.class).read(into, 12345)).isEqualTo(9);
    assertThat(into.mismatch(bytes(9))).isEqualTo(-1);
  }

  @Test
  void full_write_isEnospc() throws ErrnoException {
    WritableFile full = machine.open("full", WritableFile.class);
    assertErrno(Errno.ENOSPC, () -> full.write(bytes(1), 0));
  }

  @Test
  void chr06_zero_canBeCopiedButNotMappedInPlace() throws ErrnoException {
    MappableFile zero = machine.open("zero", MappableFile.class);
    assertThat(zero).isInstanceOf(ReadableFile.class).isNotInstanceOf(DirectlyMappableFile.class);
    assertThat(zero.backingDeviceInfo()).contains(BackingDeviceInfo.COPY);
  }

  @Test
  void bdi07_mem_isDirectWithEveryProtectionAndNeverCopied() throws ErrnoException {
    assertThat(machine.open("mem", OpenFile.class).backingDeviceInfo().orElseThrow().capabilities())
        .containsExactlyInAnyOrder(
            MapCapability.MAP_DIRECT,
            MapCapability.READ_MAP,
            MapCapability.WRITE_MAP,
            MapCapability.EXEC_MAP);
  }

  @Test
  void chr07_mem_mapsTheOffsetAsPhysicalAddress() throws ErrnoException {
    DirectlyMappableFile mem = machine.open("mem", DirectlyMappableFile.class);
    MapRequest request = request(0x2000_1000L, Sharing.SHARED, Protection.READ, Protection.WRITE);
    assertThat(mem.getUnmappedArea(request)).isEqualTo(Placement.at(0x2000_1000L));
    assertThat(mem.mmap(request, 0x2000_1000L)).isEqualTo(Consent.ACCEPTED);
  }

  @Test
  void chr07_mem_wrapOfPhysicalAddresses_isEinvalBeforeSharingIsLookedAt() throws ErrnoException {
    DirectlyMappableFile mem = machine.open("mem", DirectlyMappableFile.class);
    MapRequest wraps = MapRequest.of(-4096, 8192, Set.of(Protection.WRITE), Sharing.PRIVATE);
    assertErrno(Errno.EINVAL, () -> mem.getUnmappedArea(wraps));
    assertErrno(Errno.EINVAL, () -> mem.mmap(wraps, -4096));
  }

  @Test
  void chr07_mem_privateMapping_isDeclinedOnlyIfItIsWritten() throws ErrnoException {
    DirectlyMappableFile mem = machine.open("mem", DirectlyMappableFile.class);
    assertThat(mem.mmap(request(0, Sharing.PRIVATE, Protection.WRITE), 0))
        .isEqualTo(Consent.DECLINED);
    assertThat(mem.mmap(request(0, Sharing.PRIVATE, Protection.READ), 0))
        .isEqualTo(Consent.ACCEPTED);
  }

  @Test
  void chr09_mem_mapsWhereThereIsNothing() throws ErrnoException {
    DirectlyMappableFile mem = machine.open("mem", DirectlyMappableFile.class);
    MapRequest request = request(0x7fff_0000_0000L, Sharing.SHARED, Protection.READ);
    assertThat(mem.getUnmappedArea(request)).isEqualTo(Placement.at(0x7fff_0000_0000L));
  }

  @Test
  void chr11_mem_isReadAndWrittenBelowTheEndOfRamAlone() throws ErrnoException {
    ReadableFile mem = machine.open("mem", ReadableFile.class);
    WritableFile written = machine.open("mem", WritableFile.class);
    long end = machine.endOfRam();
    assertThat(mem.read(bytes(4), end - 4)).isEqualTo(4);
    assertErrno(Errno.EFAULT, () -> mem.read(bytes(4), end - 3));
    assertErrno(Errno.EFAULT, () -> written.write(bytes(4), end));
    assertThat(
            machine
                .open("mem", DirectlyMappableFile.class)
                .getUnmappedArea(request(end, Sharing.SHARED, Protection.READ)))
        .isEqualTo(Placement.at(end));
  }

  @Test
  void mem_readsAndWritesPhysicalMemory() throws ErrnoException {
    long address = FakePages.BASE + 100;
    MemorySegment text = MemorySegment.ofArray("text".getBytes(StandardCharsets.US_ASCII));
    assertThat(machine.open("mem", WritableFile.class).write(text, address)).isEqualTo(4);
    assertThat(machine.pages().memory(address, 4).mismatch(text)).isEqualTo(-1);
    MemorySegment back = bytes(4);
    assertThat(machine.open("mem", ReadableFile.class).read(back, address)).isEqualTo(4);
    assertThat(back.mismatch(text)).isEqualTo(-1);
  }

  @Test
  void mem_whereThereIsNoMemory_isEfault() throws ErrnoException {
    ReadableFile mem = machine.open("mem", ReadableFile.class);
    assertErrno(Errno.EFAULT, () -> mem.read(bytes(8), FakePages.BASE - 4));
    WritableFile sameMem = machine.open("mem", WritableFile.class);
    assertErrno(Errno.EFAULT, () -> sameMem.write(bytes(8), 0));
  }

  @Test
  void random_givesTheSameBytesOnEveryMachine() throws ErrnoException {
    FakeMachine other = new FakeMachine();
    new MemoryDevices().init(other);
    byte[] first = random(machine, "random", 10_000);
    assertThat(first).isEqualTo(random(other, "random", 10_000));
    assertThat(Arrays.copyOfRange(first, 0, 4096))
        .isNotEqualTo(Arrays.copyOfRange(first, 4096, 8192));
  }

  @Test
  void random_isTheSequenceOfTheDocumentedSeed() throws ErrnoException {
    byte[] expected = new byte[32];
    new Random(2631).nextBytes(expected);
    assertThat(random(machine, "random", 32)).isEqualTo(expected);
  }

  @Test
  void random_neverRepeatsWhatWasReadBefore() throws ErrnoException {
    byte[] first = random(machine, "urandom", 64);
    assertThat(random(machine, "urandom", 64)).isNotEqualTo(first);
    assertThat(random(machine, "random", 64)).isNotEqualTo(first);
  }

  @Test
  void random_fillsTheWholeBuffer() throws ErrnoException {
    byte[] bytes = random(machine, "random", 9000);
    assertThat(Arrays.copyOfRange(bytes, 8950, 9000)).isNotEqualTo(new byte[50]);
  }

  @Test
  void random_acceptsWrites() throws ErrnoException {
    assertThat(machine.open("random", WritableFile.class).write(bytes(7), 0)).isEqualTo(7);
  }

  private static byte[] random(FakeMachine machine, String name, int count) throws ErrnoException {
    byte[] bytes = new byte[count];
    long read = machine.open(name, ReadableFile.class).read(MemorySegment.ofArray(bytes), 0);
    assertThat(read).isEqualTo(count);
    return bytes;
  }

  private static Map.Entry<String, DeviceNumber> entry(String name, int minor) {
    return Map.entry(name, new DeviceNumber(1, minor));
  }

  private static MemorySegment bytes(int count) {
    return MemorySegment.ofArray(new byte[count]);
  }

  private static MapRequest request(long offset, Sharing sharing, Protection... protection) {
    return MapRequest.of(offset, 4096, Set.of(protection), sharing);
  }
}
