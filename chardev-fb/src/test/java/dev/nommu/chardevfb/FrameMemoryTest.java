package dev.nommu.chardevfb;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Consent;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import dev.nommu.api.Protection;
import dev.nommu.api.Sharing;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FrameMemoryTest {
  private static final long START = 0x8780_0000L;
  private static final int SIZE = 10_000; // three pages, the last one not full

  private final MemorySegment bytes = Arena.ofAuto().allocate(SIZE);
  private final FrameMemory memory = new FrameMemory(new AddressRange(START, SIZE), bytes);

  @Test
  void fb06_place_takesTheOffsetAsBytes() throws ErrnoException {
    assertThat(memory.place(request(0x2000, 0x1000))).isEqualTo(Placement.at(START + 0x2000));
  }

  @Test
  void fb06_place_reachesToTheEndOfTheLastPageAndNoFurther() throws ErrnoException {
    assertThat(memory.place(request(0, 0x3000))).isEqualTo(Placement.at(START));
    assertErrno(Errno.EINVAL, () -> memory.place(request(0, 0x4000)));
    assertErrno(Errno.EINVAL, () -> memory.place(request(0x1000, 0x3000)));
    assertErrno(Errno.EINVAL, () -> memory.place(request(0x3000, 0x1000)));
    assertErrno(Errno.EINVAL, () -> memory.place(request(0x7fff_ffff_ffff_f000L, 0x1000)));
  }

  @Test
  void fb02_placeByPageNumber_takesThePageNumberAsBytes() throws ErrnoException {
    assertThat(memory.placeByPageNumber(request(0x1000, 0x1000)))
        .isEqualTo(Placement.at(START + 1));
    assertThat(memory.placeByPageNumber(request(0x3000, 0x2000)))
        .isEqualTo(Placement.at(START + 3));
  }

  @Test
  void fb02_placeByPageNumber_refusesWhatDoesNotFitInBytes() {
    assertErrno(Errno.EINVAL, () -> memory.placeByPageNumber(request(0, 0x4000)));
    assertErrno(Errno.EINVAL, () -> memory.placeByPageNumber(request(0x1000, 0x3000)));
    assertErrno(Errno.EINVAL, () -> memory.placeByPageNumber(request(0x3001L << 12, 0x1000)));
  }

  @Test
  void fb05_mmap_consentsOnlyWhereTheOffsetIs() throws ErrnoException {
    assertThat(memory.consent(request(0, 0x3000), START)).isEqualTo(Consent.ACCEPTED);
    assertThat(memory.consent(request(0x1000, 0x1000), START + 0x1000)).isEqualTo(Consent.ACCEPTED);
    assertErrno(Errno.EINVAL, () -> memory.consent(request(0x1000, 0x1000), START + 1));
    assertErrno(Errno.EINVAL, () -> memory.consent(request(0, 0x1000), START + 0x1000));
    assertErrno(Errno.EINVAL, () -> memory.consent(request(0x3000, 0x1000), START + 0x3000));
  }

  @Test
  void fb05_memoryThatBeginsInsideAPage_isNotMapped() {
    FrameMemory inside = new FrameMemory(new AddressRange(START + 0x36, SIZE), bytes);
    assertErrno(Errno.EINVAL, () -> inside.consent(request(0, 0x1000), START + 0x36));
  }

  @Test
  void fb07_read_isClippedAtTheEnd() {
    bytes.fill((byte) 7);
    MemorySegment into = MemorySegment.ofArray(new byte[100]);
    assertThat(memory.read(into, SIZE - 40)).isEqualTo(40);
    assertThat(into.toArray(JAVA_BYTE)).startsWith(new byte[] {7}).endsWith(new byte[60]);
  }

  @Test
  void fb07_read_atAndAfterTheEnd_isZero() {
    MemorySegment into = MemorySegment.ofArray(new byte[1]);
    assertThat(memory.read(into, SIZE)).isZero();
    assertThat(memory.read(into, Long.MAX_VALUE)).isZero();
  }

  @Test
  void fb07_write_crossingTheEnd_isPartial() throws ErrnoException {
    MemorySegment from = MemorySegment.ofArray(new byte[100]).fill((byte) 9);
    assertThat(memory.write(from, SIZE - 40)).isEqualTo(40);
    assertThat(bytes.asSlice(SIZE - 41, 41).toArray(JAVA_BYTE)).startsWith(0, 9).endsWith(9);
  }

  @Test
  void fb07_write_atTheEnd_isEnospc() {
    MemorySegment from = MemorySegment.ofArray(new byte[1]);
    assertErrno(Errno.ENOSPC, () -> memory.write(from, SIZE));
  }

  @Test
  void fb07_write_pastTheEnd_isEfbig() {
    MemorySegment from = MemorySegment.ofArray(new byte[1]);
    assertErrno(Errno.EFBIG, () -> memory.write(from, SIZE + 1));
    assertErrno(Errno.EFBIG, () -> memory.write(from, Long.MAX_VALUE));
  }

  @Test
  void fb07_write_ofMoreThanAll_isEfbigOnlyIfNothingIsWritten() throws ErrnoException {
    MemorySegment from = MemorySegment.ofArray(new byte[SIZE + 1]);
    assertThat(memory.write(from, 0)).isEqualTo(SIZE);
    assertThat(memory.write(from, 1)).isEqualTo(SIZE - 1);
    assertErrno(Errno.EFBIG, () -> memory.write(from, SIZE));
  }

  private static MapRequest request(long offset, long length) {
    return MapRequest.of(offset, length, Set.of(Protection.READ), Sharing.SHARED);
  }
}
