package dev.nommu.blockdev;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.BackingStore;
import dev.nommu.api.BlockDevice;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PointedRange;
import dev.nommu.api.Profile;
import dev.nommu.fixtures.FakeMachine;
import dev.nommu.fixtures.FakeNode;
import dev.nommu.fixtures.FakePages;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VirtioBlockDriverTest {
  private final FakeMachine machine = new FakeMachine(Profile.DOCUMENT, new FakePages(32));
  private final VirtioBlockDriver driver = new VirtioBlockDriver();

  /** An addressable store in memory that counts its flushes. */
  private static final class Store implements BackingStore {
    private final byte[] bytes = new byte[1024];
    private int flushes;

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public void read(MemorySegment into, long offset) {
      into.copyFrom(MemorySegment.ofArray(bytes).asSlice(offset, into.byteSize()));
    }

    @Override
    public void write(MemorySegment from, long offset) {
      MemorySegment.ofArray(bytes).asSlice(offset, from.byteSize()).copyFrom(from);
    }

    @Override
    public void flush() {
      flushes++;
    }

    @Override
    public BackingDeviceInfo backingDeviceInfo() {
      return BackingDeviceInfo.MEMORY;
    }

    @Override
    public Optional<PointedRange> point(long offset, long length) {
      return Optional.of(PointedRange.at(0x1000));
    }
  }

  private void probe(String path) throws ErrnoException {
    driver.probe(FakeNode.at(path), machine);
  }

  private BlockDevice attach(BackingStore store) throws ErrnoException {
    machine.attach("/soc/virtio_mmio@1", store);
    probe("/soc/virtio_mmio@1");
    return machine.blockDevices().get("vda");
  }

  @Test
  void driver_isForVirtioMmio() {
    assertThat(driver.compatible()).containsExactly("virtio,mmio");
  }

  @Test
  void transports_getDisksInTheOrderOfProbing_emptyOnesNone() throws ErrnoException {
    machine.attach("/soc/virtio_mmio@3", new Store());
    machine.attach("/soc/virtio_mmio@1", new Store());
    probe("/soc/virtio_mmio@3");
    probe("/soc/virtio_mmio@2");
    probe("/soc/virtio_mmio@1");
    assertThat(machine.blockDevices()).containsOnlyKeys("vda", "vdb");
    assertThat(machine.numbers())
        .containsEntry("vda", new DeviceNumber(254, 0))
        .containsEntry("vdb", new DeviceNumber(254, 16));
  }

  @Test
  void disk_readsAndWritesItsStore() throws ErrnoException {
    Store store = new Store();
    BlockDevice disk = attach(store);
    Blocks.write(disk, "hello", 100);
    assertThat(store.bytes).containsSequence('h', 'e', 'l', 'l', 'o');
    assertThat(Blocks.read(disk, 5, 100)).isEqualTo("hello");
    assertThat(disk.size()).isEqualTo(1024);
    assertThat(disk.isReadOnly()).isFalse();
  }

  @Test
  void disk_isFlushedWhenToldAndWhenItsLastFileIsClosed() throws ErrnoException {
    Store store = new Store();
    BlockDevice disk = attach(store);
    disk.flush();
    disk.released();
    assertThat(store.flushes).isEqualTo(2);
  }

  @Test
  void blk01_disk_isNeverMappedShared_evenIfItsStoreCouldBe() throws ErrnoException {
    BlockDevice disk = attach(new Store());
    assertThat(disk.backingDeviceInfo()).isEqualTo(BackingDeviceInfo.COPY);
    assertThat(disk.point(0, 512)).isEmpty();
  }

  @Test
  void readOnlyStore_isAReadOnlyDiskAndErofs() throws ErrnoException {
    BlockDevice disk =
        attach(
            new BackingStore() {
              @Override
              public long size() {
                return 512;
              }

              @Override
              public boolean isReadOnly() {
                return true;
              }

              @Override
              public void read(MemorySegment into, long offset) {
                into.fill((byte) 0);
              }
            });
    assertThat(disk.isReadOnly()).isTrue();
    assertErrno(Errno.EROFS, () -> Blocks.write(disk, "x", 0));
  }

  @ParameterizedTest
  @CsvSource({"0,vda", "25,vdz", "26,vdaa", "51,vdaz", "52,vdba", "701,vdzz", "702,vdaaa"})
  void disks_areNamedWithLettersAsOnLinux(int index, String name) {
    assertThat(VirtioBlockDriver.diskName(index)).isEqualTo(name);
  }
}
