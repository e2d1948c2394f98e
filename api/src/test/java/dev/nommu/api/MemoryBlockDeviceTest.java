package dev.nommu.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.foreign.MemorySegment;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** An array as a block device. */
final class MemoryBlockDeviceTest {
  private static final long ADDRESS = 0x1_0000_0000L;

  private final byte[] bytes = {1, 2, 3, 4, 5};
  private final BlockDevice disk = BlockDevice.of(MemorySegment.ofArray(bytes), ADDRESS);

  private static void assertErrno(Errno expected, ThrowingCallable call) {
    assertThatExceptionOfType(ErrnoException.class)
        .isThrownBy(call)
        .matches(failure -> failure.errno() == expected, expected.toString());
  }

  private static MemorySegment buffer(byte... content) {
    return MemorySegment.ofArray(content);
  }

  @Test
  void bytesAreThoseOfTheArray() throws Exception {
    byte[] read = new byte[2];
    disk.read(MemorySegment.ofArray(read), 3);
    assertThat(read).containsExactly(4, 5);
    disk.write(buffer((byte) 9), 4);
    assertThat(bytes).containsExactly(1, 2, 3, 4, 9);
    assertThat(disk.size()).isEqualTo(5);
    assertThat(disk.kind()).isEqualTo(BackingStore.Kind.BLOCK_DEVICE);
  }

  @Test
  void everyRangeIsPointedAndMayBeMappedAsMemory() throws Exception {
    assertThat(disk.point(2, 3)).map(PointedRange::address).contains(ADDRESS + 2);
    assertThat(disk.backingDeviceInfo()).isEqualTo(BackingDeviceInfo.MEMORY);
  }

  @Test
  void rangeOutsideTheArray_isEioOrForPointEinval() {
    assertErrno(Errno.EIO, () -> disk.read(buffer(new byte[2]), 4));
    assertErrno(Errno.EIO, () -> disk.read(buffer(new byte[1]), -1));
    assertErrno(Errno.EIO, () -> disk.write(buffer(new byte[6]), 0));
    assertErrno(Errno.EINVAL, () -> disk.point(0, 6));
    assertErrno(Errno.EINVAL, () -> disk.point(Long.MAX_VALUE, 1));
  }

  @Test
  void readOnlyMemory_isAReadOnlyDevice() {
    BlockDevice rom = BlockDevice.of(MemorySegment.ofArray(bytes).asReadOnly(), ADDRESS);
    assertThat(rom.isReadOnly()).isTrue();
    assertThat(rom.backingDeviceInfo()).isEqualTo(BackingDeviceInfo.ROM);
    assertErrno(Errno.EROFS, () -> rom.write(buffer((byte) 1), 0));
  }
}
