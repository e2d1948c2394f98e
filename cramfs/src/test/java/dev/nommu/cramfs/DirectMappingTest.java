package dev.nommu.cramfs;

import static dev.nommu.cramfs.TestImage.DIRECT;
import static dev.nommu.cramfs.TestImage.EXT_BLOCK_POINTERS;
import static dev.nommu.cramfs.TestImage.UNCOMPRESSED;
import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.Consent;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.Errno;
import dev.nommu.api.FileSystem;
import dev.nommu.api.MapRequest;
import dev.nommu.api.OpenFile;
import dev.nommu.api.Placement;
import dev.nommu.api.Profile;
import dev.nommu.api.Protection;
import dev.nommu.api.Sharing;
import dev.nommu.fixtures.FakeStore;
import dev.nommu.fixtures.Mounts;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules CRAMFS-01 to CRAMFS-05: mapping in place. */
class DirectMappingTest {
  private static final int BOTH = UNCOMPRESSED | DIRECT;

  @Test
  void cramfs01_extendedImageOnAnAddressableStore_hasTheCapabilitiesOfARom() throws Exception {
    OpenFile file = open(extended(8192, BOTH | 0x400, BOTH | 0x800).chip());
    assertThat(file.backingDeviceInfo()).contains(BackingDeviceInfo.ROM);
    assertThat(file).isInstanceOf(DirectlyMappableFile.class);
  }

  @Test
  void cramfs01_imageWithoutTheFlag_isOnlyCopied() throws Exception {
    OpenFile file = open(TestImage.withFile(8192, BOTH | 0x400, BOTH | 0x800).chip());
    assertThat(file).isNotInstanceOf(DirectlyMappableFile.class);
    assertThat(file.backingDeviceInfo()).isEmpty();
  }

  @Test
  void cramfs01_storeThatCannotBeAddressed_isOnlyCopied() throws Exception {
    OpenFile file = open(extended(8192, BOTH | 0x400, BOTH | 0x800).disk());
    assertThat(file).isNotInstanceOf(DirectlyMappableFile.class);
  }

  @ParameterizedTest
  @CsvSource({"8192,4096", "0,12288", "4096,8192", "0,0x7ffff000"})
  void cramfs02_rangeBeyondThePagesOfTheFile_isEinval(long offset, String length) throws Exception {
    DirectlyMappableFile file = direct(extended(8192, BOTH | 0x400, BOTH | 0x800));
    assertErrno(
        Errno.EINVAL,
        () -> file.getUnmappedArea(request(offset, Long.decode(length))),
        "pages below 2");
  }

  @Test
  void cramfs02_emptyFile_isEinval() throws Exception {
    DirectlyMappableFile file = direct(extended(0));
    assertErrno(Errno.EINVAL, () -> file.getUnmappedArea(request(0, 4096)), "pages below 0");
  }

  @Test
  void cramfs02_compressedBlock_isDeclined() throws Exception {
    DirectlyMappableFile file = direct(extended(8192, BOTH | 0x400, DIRECT | 0x800));
    assertThat(file.getUnmappedArea(request(4096, 4096))).isEqualTo(Placement.DECLINED);
    assertThat(file.getUnmappedArea(request(0, 8192))).isEqualTo(Placement.DECLINED);
    assertThat(file.getUnmappedArea(request(0, 4096))).isInstanceOf(Placement.At.class);
  }

  @Test
  void cramfs02_plainUncompressedBlock_isDeclined() throws Exception {
    DirectlyMappableFile file = direct(extended(4096, UNCOMPRESSED | 0x2000));
    assertThat(file.getUnmappedArea(request(0, 4096))).isEqualTo(Placement.DECLINED);
  }

  @Test
  void cramfs02_blocksThatAreNotAdjacent_areDeclined() throws Exception {
    DirectlyMappableFile file = direct(extended(8192, BOTH | 0x400, BOTH | 0x801));
    assertThat(file.getUnmappedArea(request(0, 8192))).isEqualTo(Placement.DECLINED);
    assertThat(file.getUnmappedArea(request(0, 4096)))
        .isEqualTo(Placement.at(FakeStore.BASE + 0x1000));
    assertThat(file.getUnmappedArea(request(4096, 4096)))
        .isEqualTo(Placement.at(FakeStore.BASE + 0x2004));
  }

  @Test
  void cramfs02_firstPointer0_isDeclined() throws Exception {
    DirectlyMappableFile file = direct(extended(4096, BOTH));
    assertThat(file.getUnmappedArea(request(0, 4096))).isEqualTo(Placement.DECLINED);
  }

  @Test
  void cramfs03_addressIsThatOfTheImageAndFourTimesThePointer() throws Exception {
    DirectlyMappableFile file = direct(extended(8192, BOTH | 0x2449, BOTH | 0x2849));
    assertThat(file.getUnmappedArea(request(0, 8192)))
        .isEqualTo(Placement.at(FakeStore.BASE + 0x9124));
  }

  @Test
  void cramfs03_tailShorterThanAPage_mayLieBeyondTheImage() throws Exception {
    DirectlyMappableFile file = direct(extended(100, BOTH | (65536 - 100) / 4));
    assertThat(file.getUnmappedArea(request(0, 4096)))
        .isEqualTo(Placement.at(FakeStore.BASE + 65436));
  }

  @Test
  void cramfs03_blockBeyondTheImage_isEio() throws Exception {
    DirectlyMappableFile file = direct(extended(100, BOTH | (65536 - 96) / 4));
    assertErrno(Errno.EIO, () -> file.getUnmappedArea(request(0, 4096)), "0xffa0", "0x10000");
  }

  @Test
  void cramfs04_shareableMappingIsConsentedTo() throws Exception {
    DirectlyMappableFile file = direct(extended(4096, BOTH | 0x400));
    MapRequest shared = Mounts.readOnly(0, 4096, Sharing.SHARED);
    MapRequest overlay = Mounts.readOnly(0, 4096, Sharing.PRIVATE);
    assertThat(file.mmap(shared, FakeStore.BASE)).isEqualTo(Consent.ACCEPTED);
    assertThat(file.mmap(overlay, FakeStore.BASE)).isEqualTo(Consent.ACCEPTED);
  }

  @Test
  void cramfs04_privateWritableMappingIsDeclined() throws Exception {
    DirectlyMappableFile file = direct(extended(4096, BOTH | 0x400));
    MapRequest writable = MapRequest.of(0, 4096, Set.of(Protection.WRITE), Sharing.PRIVATE);
    assertThat(file.mmap(writable, FakeStore.BASE)).isEqualTo(Consent.DECLINED);
  }

  @Test
  void cramfs05_pageThenImageIsPointed_untilUnmounted() throws Exception {
    FakeStore store = extended(0).chip();
    FileSystem mounted = Mounts.mount(new CramfsType(), store);
    assertThat(store.calls()).containsExactly("point 0+4096", "unpoint 0+4096", "point 0+65536");
    mounted.close();
    assertThat(store.calls().subList(3, store.calls().size())).containsExactly("unpoint 0+65536");
  }

  @Test
  void cramfs05_failedMount_leavesNothingPointed() {
    FakeStore store = extended(0).flags(0x1000).chip();
    assertErrno(Errno.EINVAL, () -> Mounts.mount(new CramfsType(), store));
    assertThat(store.calls()).containsExactly("point 0+4096", "unpoint 0+4096");
  }

  @Test
  void cramfs05_imageLargerThanTheStore_isReadInstead() throws Exception {
    OpenFile file =
        open(extended(8, UNCOMPRESSED | 104).put(96, TestImage.pattern(8)).word(4, 65540).chip());
    assertThat(file).isNotInstanceOf(DirectlyMappableFile.class);
    assertThat(Mounts.read(file, 0, 8)).isEqualTo(TestImage.pattern(8));
  }

  @Test
  void cramfs05_storeThatCannotBeAddressed_isNeverUnpointed() throws Exception {
    FakeStore store = extended(0).disk();
    Mounts.mount(new CramfsType(), store).close();
    assertThat(store.calls()).noneMatch(call -> call.startsWith("unpoint"));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void cramfs19_lastBlockIsMappedInPlaceInBothProfiles(Profile profile) throws Exception {
    FakeStore store = extended(4096, BOTH | 0x400).chip();
    try (FileSystem mounted = Mounts.mount(new CramfsType(), store, profile)) {
      DirectlyMappableFile file = (DirectlyMappableFile) Mounts.open(mounted, "file");
      assertThat(file.getUnmappedArea(request(0, 4096)))
          .isEqualTo(Placement.at(FakeStore.BASE + 0x1000));
    }
  }

  private static TestImage extended(int size, int... pointers) {
    return TestImage.withFile(size, pointers).flags(3 | EXT_BLOCK_POINTERS);
  }

  private static DirectlyMappableFile direct(TestImage image) throws Exception {
    return (DirectlyMappableFile) open(image.chip());
  }

  private static OpenFile open(FakeStore store) throws Exception {
    return Mounts.open(Mounts.mount(new CramfsType(), store), "file");
  }

  private static MapRequest request(long offset, long length) {
    return Mounts.readOnly(offset, length, Sharing.PRIVATE);
  }
}
