package dev.nommu.romfs;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static dev.nommu.romfs.ImageBuilder.REGULAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.BackingStore;
import dev.nommu.api.Consent;
import dev.nommu.api.Errno;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import dev.nommu.api.Protection;
import dev.nommu.api.Sharing;
import dev.nommu.fixtures.FakeStore;
import dev.nommu.fixtures.Mounts;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RomfsMappingTest {
  private static final long PAGE = 4096;

  @Test
  void romfs01_fileHasTheCapabilitiesOfItsStore() throws Exception {
    byte[] image = OracleImage.store();
    assertThat(open(FakeStore.ram(image), "prog").backingDeviceInfo())
        .contains(BackingDeviceInfo.MEMORY);
    assertThat(open(FakeStore.rom(image), "prog").backingDeviceInfo())
        .contains(BackingDeviceInfo.ROM);
    assertThat(open(FakeStore.flash(image), "prog").backingDeviceInfo())
        .contains(BackingDeviceInfo.COPY);
  }

  @Test
  void romfs01_storeThatCannotBeAddressed_declinesBeforeAnyCheck() throws Exception {
    byte[] image = OracleImage.store();
    assertThat(place(FakeStore.disk(image), "page.bin", 0, PAGE)).isEqualTo(Placement.DECLINED);
    assertThat(place(FakeStore.flash(image), "page.bin", 8 * PAGE, PAGE))
        .isEqualTo(Placement.DECLINED);
  }

  /** The addresses are those of the recorded scenarios 35 and 38, from the start of the store. */
  @ParameterizedTest
  @CsvSource({
    "page.bin, 0, 1, 0xeb40",
    "big.bin, 0, 3, 0xfb60",
    "big.bin, 2, 1, 0x11b60",
    "prog, 0, 2, 0xcb20",
    "small.txt, 0, 1, 0x6890"
  })
  void romfs04_addressesOfTheRecordings(String name, long page, long pages, String address)
      throws Exception {
    Placement placed = place(FakeStore.rom(OracleImage.store()), name, page * PAGE, pages * PAGE);
    assertThat(address(placed)).isEqualTo(FakeStore.BASE + Long.decode(address));
  }

  @ParameterizedTest
  @CsvSource({"0, 4, placed", "0, 5, refused", "3, 1, placed", "3, 2, refused", "4, 1, refused"})
  void romfs03_rangeMustLieInThePagesOfTheFile(long page, long pages, String outcome)
      throws Exception {
    FakeStore store = FakeStore.ram(OracleImage.store());
    if (outcome.equals("placed")) {
      assertThat(address(place(store, "big.bin", page * PAGE, pages * PAGE)))
          .isEqualTo(FakeStore.BASE + 0xfb60 + page * PAGE);
    } else {
      assertErrno(Errno.EINVAL, () -> place(store, "big.bin", page * PAGE, pages * PAGE))
          .withMessageContaining("its 4 pages");
    }
  }

  @Test
  void romfs03_emptyFile_isEinval() throws Exception {
    FakeStore store = FakeStore.ram(OracleImage.store());
    assertErrno(Errno.EINVAL, () -> place(store, "empty", 0, PAGE));
  }

  @Test
  void romfs03_lengthBeyondTheStore_isEinval() throws Exception {
    FakeStore store = FakeStore.ram(new ImageBuilder().node(0x60, REGULAR, 0, 4, "f").bytes());
    assertThat(store.size()).isEqualTo(1024);
    assertErrno(Errno.EINVAL, () -> place(store, "f", 0, PAGE));
  }

  @Test
  void romfs03_dataBeyondTheStore_isEinval() throws Exception {
    FakeStore store = FakeStore.ram(lyingImage(0x400000));
    assertThat(address(place(store, "f", 0, PAGE))).isEqualTo(FakeStore.BASE + 0x80);
    assertErrno(Errno.EINVAL, () -> place(store, "f", 2 * PAGE, PAGE));
    assertErrno(Errno.EINVAL, () -> place(store, "f", 0x10000, PAGE));
  }

  @Test
  void romfs03_dataThatMissesAWholePage_isEinval() throws Exception {
    FakeStore store = FakeStore.ram(lyingImage(0x400000));
    assertErrno(Errno.EINVAL, () -> place(store, "f", PAGE, 2 * PAGE))
        .withMessageContaining("0x2000");
  }

  @Test
  void romfs03_dataThatMissesExactlyAPage_isEinval() throws Exception {
    ImageBuilder builder = new ImageBuilder().size(0x2000).node(0x60, 0xfe0 | REGULAR, 0, 0, "e");
    FakeStore store = FakeStore.ram(builder.node(0xfe0, REGULAR, 0, 0x2000, "f").bytes());
    assertThat(address(place(store, "f", 0, PAGE))).isEqualTo(FakeStore.BASE + 0x1000);
    assertErrno(Errno.EINVAL, () -> place(store, "f", 0, 2 * PAGE));
  }

  @Test
  void romfs03_tailPastTheEndOfTheStore_isClipped() throws Exception {
    FakeStore store = FakeStore.ram(Arrays.copyOf(OracleImage.bytes(), 0x12c00));
    assertThat(address(place(store, "big.bin", 0, 4 * PAGE))).isEqualTo(FakeStore.BASE + 0xfb60);
    assertThat(store.pointed()).containsExactly(0xfb60 + "+" + (0x12c00 - 0xfb60));
  }

  @Test
  void romfs05_placeIsPointedUntilItIsGivenBack() throws Exception {
    FakeStore store = FakeStore.ram(OracleImage.store());
    Placement placed = place(store, "prog", PAGE, PAGE);
    assertThat(store.pointed()).containsExactly(0xdb20 + "+4096");
    ((Placement.Pointed) placed).range().close();
    assertThat(store.pointed()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Sharing.class)
  void romfs05_whatCanBeShared_isAccepted(Sharing sharing) throws Exception {
    FakeStore store = FakeStore.ram(OracleImage.store());
    assertThat(consent(store, sharing, Protection.READ)).isEqualTo(Consent.ACCEPTED);
  }

  @Test
  void romfs05_privateAndWritable_isDeclined() throws Exception {
    FakeStore store = FakeStore.ram(OracleImage.store());
    assertThat(consent(store, Sharing.PRIVATE, Protection.WRITE)).isEqualTo(Consent.DECLINED);
  }

  /** An image of 0x2000 bytes, with a file at 0x80 that claims more. */
  private static byte[] lyingImage(int size) {
    return new ImageBuilder().size(0x2000).node(0x60, REGULAR, 0, size, "f").bytes();
  }

  private static RomfsOpenFile open(BackingStore store, String name) throws Exception {
    return (RomfsOpenFile) Mounts.open(Mounts.mount(new RomfsType(), store), name);
  }

  private static Placement place(BackingStore store, String name, long offset, long length)
      throws Exception {
    return open(store, name).getUnmappedArea(request(offset, length));
  }

  private static long address(Placement placed) {
    return ((Placement.Pointed) placed).range().address();
  }

  private static Consent consent(FakeStore store, Sharing sharing, Protection protection)
      throws Exception {
    MapRequest request = MapRequest.of(0, PAGE, Set.of(protection), sharing);
    return open(store, "prog").mmap(request, FakeStore.BASE);
  }

  private static MapRequest request(long offset, long length) {
    return MapRequest.of(offset, length, Set.of(Protection.READ), Sharing.PRIVATE);
  }
}
