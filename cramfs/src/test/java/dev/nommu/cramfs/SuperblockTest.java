package dev.nommu.cramfs;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.fixtures.FakeStore;
import dev.nommu.fixtures.Mounts;
import dev.nommu.image.ByteSource;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules CRAMFS-10, CRAMFS-11, CRAMFS-12 and CRAMFS-21. */
class SuperblockTest {
  @ParameterizedTest
  @CsvSource({"big.img,0,0x103", "little.img,0,0x3", "boot.img,512,0x103"})
  void cramfs10_fieldsAreThoseOfMkfsCramfs(String name, long offset, String flags)
      throws Exception {
    CramfsSuperblock superblock = superblock(Resources.bytes(name));
    assertThat(superblock.offset()).isEqualTo(offset);
    assertThat(superblock.flags()).isEqualTo(Integer.decode(flags));
    assertThat(superblock.size()).isEqualTo(Resources.bytes(name).length);
    assertThat(superblock.signature()).isEqualTo("Compressed ROMFS");
    assertThat(superblock.name()).isEqualTo("sample");
    assertThat(superblock.fsid().edition()).isEqualTo(7);
    assertThat(superblock.fsid().files()).isEqualTo(18);
    assertThat(superblock.root().mode()).isEqualTo(0040700);
  }

  @Test
  void cramfs10_checksumIsThatOfMkfsCramfs() throws Exception {
    assertThat(superblock(Resources.bytes("little.img")).fsid().crc()).isEqualTo(0x668100e7L);
  }

  @Test
  void cramfs11_bothByteOrdersAreRead() throws Exception {
    assertThat(superblock(Resources.bytes("big.img")).byteOrder()).isEqualTo(BIG_ENDIAN);
    assertThat(superblock(Resources.bytes("little.img")).byteOrder()).isEqualTo(LITTLE_ENDIAN);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void cramfs11_mountOfTheOtherByteOrder_isEinval(Profile profile) {
    assertErrno(
        Errno.EINVAL,
        () -> Mounts.mount(new CramfsType(), FakeStore.disk(Resources.bytes("big.img")), profile),
        "endianness",
        "expected little-endian",
        "found big-endian");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x1000, 0x10000, 0x8000_0000})
  void cramfs12_unknownFlag_isEinval(int flag) {
    TestImage image = new TestImage(LITTLE_ENDIAN, 4096).flags(3 | flag);
    assertErrno(Errno.EINVAL, image::open, "flags at 0x8", "0x%x".formatted(3 | flag));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x0, 0x80, 0xff, 0x100, 0x200, 0x400, 0x800, 0xfff})
  void cramfs12_knownFlagsAndAnyOfTheLowByte_areAccepted(int flags) throws Exception {
    try (CramfsImage image = new TestImage(LITTLE_ENDIAN, 4096).flags(flags).open()) {
      assertThat(image.superblock().flags()).isEqualTo(flags);
    }
  }

  @Test
  void cramfs21_noMagic_isEinvalAndSaysWhatIsThere() {
    TestImage image = new TestImage(LITTLE_ENDIAN, 4096).word(0, 0xcafe);
    assertErrno(
        Errno.EINVAL,
        image::open,
        "expected magic 0x28cd3d45 at 0x0 or 0x200",
        "0x0000cafe at 0x0");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 75, 512, 587})
  void cramfs21_storeTooSmallForASuperblock_isEinval(int size) {
    byte[] bytes = new byte[size];
    assertErrno(
        Errno.EINVAL,
        () -> Mounts.mount(new CramfsType(), FakeStore.disk(bytes)),
        "expected magic");
  }

  @Test
  void cramfs21_magicAt0IsPreferredTo512() throws Exception {
    byte[] bytes = Resources.bytes("boot.img");
    System.arraycopy(new TestImage(LITTLE_ENDIAN, 512).array(), 0, bytes, 0, 512);
    assertThat(superblock(bytes).offset()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0100755, 0120777, 0})
  void cramfs21_rootThatIsNoDirectory_isEinval(int mode) {
    TestImage image = new TestImage(LITTLE_ENDIAN, 4096).node(TestImage.ROOT, mode, 0, 0, 0, 0, 76);
    assertErrno(Errno.EINVAL, image::open, "root at 0x40", "expected a directory");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 76, 588})
  void cramfs21_rootOffset0_76And588_areAccepted(int offset) throws Exception {
    rootAt(offset).open().close();
  }

  @Test
  void cramfs21_anotherRootOffset_isEinval() {
    assertErrno(Errno.EINVAL, rootAt(80)::open, "SHIFTED_ROOT_OFFSET", "found 0x50");
  }

  @Test
  void cramfs21_anotherRootOffset_isAcceptedWithItsFlag() throws Exception {
    rootAt(80).flags(3 | CramfsFlag.SHIFTED_ROOT_OFFSET.bit()).open().close();
  }

  @Test
  void cramfs21_checksAreMadeInOrder() {
    TestImage image = rootAt(80).node(TestImage.ROOT, 0, 0, 0, 0, 0, 80).flags(0x1000);
    assertErrno(Errno.EINVAL, () -> Mounts.mount(new CramfsType(), image.disk()), "flags");
    image.flags(3);
    assertErrno(Errno.EINVAL, () -> Mounts.mount(new CramfsType(), image.disk()), "a directory");
    image.node(TestImage.ROOT, 0040755, 0, 0, 0, 0, 80);
    assertErrno(
        Errno.EINVAL, () -> Mounts.mount(new CramfsType(), image.disk()), "SHIFTED_ROOT_OFFSET");
  }

  @Test
  void cramfs21_endiannessIsCheckedBeforeFlags() {
    TestImage image = new TestImage(BIG_ENDIAN, 4096).flags(0x1000);
    assertErrno(Errno.EINVAL, () -> Mounts.mount(new CramfsType(), image.disk()), "endianness");
  }

  @Test
  void cramfs21_crcSizeAndSignatureAreNotChecked() throws Exception {
    TestImage image = TestImage.withFile(4, 200).word(4, 0).word(32, 0xbad).text(16, "COMPRESSED");
    Mounts.mount(new CramfsType(), image.disk()).close();
  }

  @Test
  void cramfs21_withoutFsidVersion2_sizeIs256MiBAndCountsAre0() throws Exception {
    CramfsSuperblock superblock =
        superblock(new TestImage(LITTLE_ENDIAN, 4096).flags(0).word(40, 9).array());
    assertThat(superblock.size()).isEqualTo(1L << 28);
    assertThat(superblock.fsid()).isEqualTo(new CramfsSuperblock.Fsid(0, 0, 0, 0));
  }

  @Test
  void cramfs21_unreadableStore_isEio() {
    FakeStore store = FakeStore.disk(new byte[4096]);
    ByteSource broken =
        new ByteSource() {
          @Override
          public long size() {
            return store.size();
          }

          @Override
          public void read(java.lang.foreign.MemorySegment into, long offset)
              throws ErrnoException {
            throw new ErrnoException(Errno.EIO, "broken");
          }
        };
    assertErrno(Errno.EIO, () -> CramfsImage.open(broken, 4096), "broken");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -4096, 512, 4095, 6000, 131072})
  void blockSizeThatIsNoPageSize_isEinval(int blockSize) {
    ByteSource source = ByteSource.of(new TestImage(LITTLE_ENDIAN, 4096).disk());
    assertErrno(Errno.EINVAL, () -> CramfsImage.open(source, blockSize), "found " + blockSize);
  }

  @Test
  void encodedSuperblockIsTheOneRead() throws Exception {
    for (String name : new String[] {"big.img", "little.img"}) {
      byte[] bytes = Resources.bytes(name);
      assertThat(superblock(bytes).encode().array()).isEqualTo(Arrays.copyOf(bytes, 76));
    }
  }

  private static TestImage rootAt(int offset) {
    ByteOrder order = LITTLE_ENDIAN;
    return new TestImage(order, 4096).node(TestImage.ROOT, 0040755, 0, 0, 0, 0, offset);
  }

  private static CramfsSuperblock superblock(byte[] bytes) throws Exception {
    return CramfsSuperblock.read(ByteSource.of(FakeStore.disk(bytes)));
  }
}
