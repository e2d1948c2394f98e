package dev.nommu.mtd;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.nommu.api.AccessMode;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.BackingStore;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.PointedRange;
import dev.nommu.fixtures.FakeMachine;
import dev.nommu.fixtures.FakeNode;
import org.junit.jupiter.api.Test;

/** The registrations for the devices of a board. */
class MtdDriverTest {
  private static final FirmwareNode ROM =
      Chips.device("rom@22000000", "mtd-rom", 0x2200_0000L, 0x200_0000)
          .with("linux,mtd-name", "rom")
          .with("erase-size", 0x10000L)
          .withChildren(
              Chips.table(
                  Chips.part("rom-romfs", 0, 0x100000),
                  Chips.part("rom-cramfs", 0x100000, 0x100000),
                  Chips.part("rom-raw", 0x200000, 0x100000)));
  private static final FirmwareNode RAM =
      Chips.device("mtdram@87400000", "mtd-ram", 0x8740_0000L, 0x100000)
          .with("linux,mtd-name", "ram")
          .with("erase-size", 0x10000L);

  private static FakeMachine oracle() {
    return new FakeMachine()
        .with("phram.phram", "phram,0x87600000,0x100000")
        .with("mtdram.total_size", "256")
        .with("mtdram.erase_size", "64");
  }

  @Test
  void mtd17_procFileListsNumberSizeEraseSizeAndName() throws ErrnoException {
    FakeMachine machine = oracle().boot(new MtdDriver(), ROM, RAM);

    assertThat(machine.procFiles().get("mtd").get())
        .isEqualTo(
            """
            dev:    size   erasesize  name
            mtd0: 00100000 00010000 "rom-romfs"
            mtd1: 00100000 00010000 "rom-cramfs"
            mtd2: 00100000 00010000 "rom-raw"
            mtd3: 00100000 00001000 "ram"
            mtd4: 00100000 00001000 "phram"
            mtd5: 00040000 00010000 "mtdram test device"
            """);
  }

  @Test
  void mtd17_procFileOfNoMtdIsTheHeader() throws ErrnoException {
    assertThat(new FakeMachine().boot(new MtdDriver()).procFiles().get("mtd").get())
        .isEqualTo("dev:    size   erasesize  name\n");
  }

  @Test
  void procFileOfWear_listsTheBlocksThatWereErasedAndHowOften() throws ErrnoException {
    FakeNode nor = Chips.device("flash@20000000", "cfi-flash", 0x20000000L, 0x200000);
    FakeMachine machine =
        new FakeMachine().boot(new MtdDriver(), nor.with("linux,mtd-name", "nor"));
    MtdFile file = machine.open("mtd0", AccessMode.READ_WRITE, MtdFile.class);
    assertThat(machine.procFiles().get("mtd_wear").get())
        .isEqualTo("offset   size     erasures name\n");
    erase(machine, file, 0x40000);
    erase(machine, file, 0x40000);
    erase(machine, file, 0x1c0000);

    assertThat(machine.procFiles().get("mtd_wear").get())
        .isEqualTo(
            """
            offset   size     erasures name
            00040000 00040000        2 "nor"
            001c0000 00040000        1 "nor"
            """);
  }

  private static void erase(FakeMachine machine, MtdFile file, int offset) throws ErrnoException {
    machine.user().set(JAVA_INT, 0, offset);
    machine.user().set(JAVA_INT, 4, 0x40000);
    file.ioctl(0x40084d02, FakeMachine.USER, machine.userMemory());
  }

  @Test
  void withoutChipsThatWearOutThereIsNoProcFileOfWear() throws ErrnoException {
    assertThat(new FakeMachine().boot(new MtdDriver(), ROM, RAM).procFiles())
        .containsOnlyKeys("mtd");
  }

  @Test
  void mtd02_eachMtdHasTwoCharacterNodesAndABlockNode() throws ErrnoException {
    FakeMachine machine = new FakeMachine().boot(new MtdDriver(), ROM);

    assertThat(machine.characterDevices().keySet())
        .containsExactly("mtd0", "mtd0ro", "mtd1", "mtd1ro", "mtd2", "mtd2ro");
    assertThat(machine.numbers())
        .containsEntry("mtd2", new DeviceNumber(90, 4))
        .containsEntry("mtd2ro", new DeviceNumber(90, 5))
        .containsEntry("mtdblock2", new DeviceNumber(31, 2));
  }

  @Test
  void romfs01_nameNumberAndBlockDeviceLeadToOneStore() throws ErrnoException {
    FakeMachine machine = new FakeMachine().boot(new MtdDriver(), ROM);

    assertThat(machine.stores().get("mtd1"))
        .isSameAs(machine.stores().get("mtd:rom-cramfs"))
        .isSameAs(machine.blockDevices().get("mtdblock1").mountStore());
    assertThat(machine.stores().get("mtd1").kind()).isEqualTo(BackingStore.Kind.MTD);
    assertThat(machine.blockDevices().get("mtdblock1").kind())
        .isEqualTo(BackingStore.Kind.BLOCK_DEVICE);
    assertThat(machine.numbers())
        .containsEntry("store mtd1", new DeviceNumber(31, 1))
        .containsEntry("store mtd:rom-cramfs", new DeviceNumber(31, 1));
  }

  @Test
  void romfs01_ofTwoMtdsOfOneNameTheFirstIsMounted() throws ErrnoException {
    FirmwareNode flash =
        Chips.device("rom@0", "mtd-rom", 0, 0x20000)
            .withChildren(
                Chips.table(Chips.part("boot", 0, 0x10000), Chips.part("boot", 0x10000, 0x10000)));

    FakeMachine machine = new FakeMachine().boot(new MtdDriver(), flash);

    assertThat(machine.stores().get("mtd:boot")).isSameAs(machine.stores().get("mtd0"));
  }

  @Test
  void partitionsOfTheCommandLineGoBeforeThoseOfTheDeviceTree() throws ErrnoException {
    FakeMachine machine =
        new FakeMachine()
            .with("mtdparts", "nor:1M(x);rom:64k(boot),-(rest)")
            .boot(new MtdDriver(), ROM);

    assertThat(machine.procFiles().get("mtd").get())
        .endsWith("mtd0: 00010000 00010000 \"boot\"\nmtd1: 01ff0000 00010000 \"rest\"\n");
  }

  @Test
  void mtd16_mtdpartsThatNamesNoDevice_isIgnoredAsAWhole() throws ErrnoException {
    FakeMachine machine =
        new FakeMachine().with("mtdparts", "nor:1M(x);nand:-(y)").boot(new MtdDriver(), ROM);
    FakeMachine one =
        new FakeMachine().with("mtdparts", "nor:1M(x);rom:-(y)").boot(new MtdDriver(), ROM);

    assertThat(machine.ignoredParameters()).containsExactly("mtdparts=nor:1M(x);nand:-(y)");
    assertThat(one.ignoredParameters()).isEmpty();
  }

  @Test
  void nodeWithoutBankWidth_isEinvalAndNamesTheNode() {
    FirmwareNode node = Chips.device("rom@0", "mtd-rom", 0, 0x1000).with("bank-width", 3L);

    assertErrno(Errno.EINVAL, () -> new FakeMachine().boot(new MtdDriver(), node));
    assertThat(catchThrowable(() -> new FakeMachine().boot(new MtdDriver(), node)))
        .hasMessage("/rom@0: bank-width: expected 1, 2, 4 or 8, found 3 (mtd-physmap.yaml)");
  }

  @Test
  void deviceThatCannotBeRegistered_leavesNoNumberBehind() throws ErrnoException {
    FakeMachine machine = new FakeMachine();
    machine.numbers().put("mtdblock1", DeviceNumber.NONE);
    MtdDriver driver = new MtdDriver();
    assertErrno(Errno.EBUSY, () -> driver.probe(ROM, machine));
    machine.numbers().clear();

    machine.boot(driver, RAM);

    assertThat(machine.procFiles().get("mtd").get()).contains("mtd0: 00100000 00001000 \"ram\"");
  }

  @Test
  void board11_valueThatCannotBeRead_isToldAndLeavesTheOthers() throws ErrnoException {
    FakeMachine machine =
        new FakeMachine()
            .with("phram.phram", "nonsense")
            .with("phram.phram", "p,0x1000,4k")
            .with("mtdram.total_size", "4")
            .with("mtdram.total_size", "much")
            .with("mtdram.erase_size", "0");

    machine.boot(new MtdDriver());
    assertThat(machine.ignoredParameters())
        .containsExactly("phram.phram=nonsense", "mtdram.total_size=much", "mtdram.erase_size=0");
    assertThat(machine.procFiles().get("mtd").get())
        .contains("mtd0: 00001000 00001000 \"p\"\n", "00001000 00020000 \"mtdram test device\"");
  }

  @Test
  void board11_phramWhoseMemoryIsTaken_isIgnoredAndLeavesTheOthers() throws ErrnoException {
    FakeMachine machine =
        new FakeMachine()
            .with("phram.phram", "p,0x1000,8k")
            .with("phram.phram", "q,0x2000,4k")
            .with("phram.phram", "r,0x3000,4k");

    machine.boot(new MtdDriver());
    assertThat(machine.ignoredParameters()).containsExactly("phram.phram=q,0x2000,4k");
    assertThat(machine.procFiles().get("mtd").get())
        .endsWith("mtd0: 00002000 00001000 \"p\"\nmtd1: 00001000 00001000 \"r\"\n");
  }

  @Test
  void oracle_mtdsAreNumberedAsOnTheRecordedMachine() throws ErrnoException {
    FirmwareNode nor =
        Chips.device("flash@20000000", "cfi-flash", 0x2000_0000L, 0x200_0000)
            .with("linux,mtd-name", "nor")
            .withChildren(
                Chips.table(
                    Chips.part("nor-cramfs", 0, 0x100000),
                    Chips.part("nor-romfs", 0x100000, 0x100000),
                    Chips.part("nor-raw", 0x200000, 0x100000)));

    FakeMachine machine = oracle().boot(new MtdDriver(), nor, ROM, RAM);

    assertThat(machine.procFiles().get("mtd").get().lines().skip(1))
        .extracting(line -> line.replaceAll(":.*\"(.*)\"", " $1"))
        .containsExactly(
            "mtd0 nor-cramfs",
            "mtd1 nor-romfs",
            "mtd2 nor-raw",
            "mtd3 rom-romfs",
            "mtd4 rom-cramfs",
            "mtd5 rom-raw",
            "mtd6 ram",
            "mtd7 phram",
            "mtd8 mtdram test device");
    assertThat(machine.procFiles().get("mtd").get())
        .contains("mtd2: 00100000 00040000", "mtd5: 00100000 00010000");
  }

  @Test
  void mtd15_mapRamHasAPageAsEraseSizeUnlessThatDoesNotDivideIt() throws ErrnoException {
    FakeMachine machine =
        new FakeMachine()
            .boot(
                new MtdDriver(),
                Chips.device("a@0", "mtd-ram", 0, 0x3000),
                Chips.device("b@8000", "mtd-ram", 0x8000, 0x1400));

    assertThat(machine.procFiles().get("mtd").get())
        .contains("00003000 00001000 \"0.a\"", "00001400 00000400 \"8000.b\"");
  }

  @Test
  void mtd15_mapRamDoesNotLookAtEraseSize() throws ErrnoException {
    FakeMachine machine =
        new FakeMachine()
            .boot(
                new MtdDriver(),
                Chips.device("a@0", "mtd-ram", 0, 0x20000).with("erase-size", 0x10000L));

    assertThat(machine.procFiles().get("mtd").get()).contains("00020000 00001000 \"0.a\"");
  }

  @Test
  void mtd15_mapRomHasItsSizeAsEraseSize() throws ErrnoException {
    FakeMachine machine =
        new FakeMachine()
            .boot(new MtdDriver(), Chips.device("rom@10000", "mtd-rom", 0x10000, 0x3000));

    assertThat(machine.procFiles().get("mtd").get()).contains("00003000 00003000 \"10000.rom\"");
  }

  @Test
  void mtd15_mtdramBeginsErased() throws ErrnoException {
    FakeMachine machine = new FakeMachine().with("mtdram.total_size", "4").boot(new MtdDriver());

    assertThat(Texts.read(machine.stores().get("mtd0"), 4095, 1)).isEqualTo("\377");
  }

  @Test
  void mtd15_phramKeepsWhatIsInMemory() throws ErrnoException {
    FakeMachine machine =
        new FakeMachine().with("phram.phram", "p,0x1000,4Ki,1k").boot(new MtdDriver());
    machine.memoryAt(0x1010, 5).copyFrom(Texts.bytes("-rom1"));

    assertThat(Texts.read(machine.stores().get("mtd:p"), 0x10, 5)).isEqualTo("-rom1");
  }

  @Test
  void mtdram_isOnlyThereIfItsSizeIsGiven() throws ErrnoException {
    assertThat(new FakeMachine().with("mtdram.erase_size", "64").boot(new MtdDriver()).stores())
        .isEmpty();
  }

  @Test
  void mtdram_ofMoreThanARunOfPages_isEnomem() {
    assertErrno(
        Errno.ENOMEM,
        () -> new FakeMachine().with("mtdram.total_size", "4100").boot(new MtdDriver()));
  }

  @Test
  void mtd13_addressOfAPartitionIsThatOfTheDevicePlusItsOffset() throws ErrnoException {
    FakeMachine machine = new FakeMachine().boot(new MtdDriver(), ROM);

    assertThat(machine.stores().get("mtd2").point(0x1000, 16))
        .map(PointedRange::address)
        .contains(0x2220_1000L);
    assertThat(machine.stores().get("mtd2").backingDeviceInfo()).isEqualTo(BackingDeviceInfo.ROM);
  }

  @Test
  void mtd14_pointPastTheEnd_isEinval() throws ErrnoException {
    FakeMachine machine = new FakeMachine().boot(new MtdDriver(), ROM);

    assertErrno(Errno.EINVAL, () -> machine.stores().get("mtd2").point(0xff000, 0x1001));
  }
}
