package dev.nommu.kernel.board;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.Profile;
import dev.nommu.cramfs.CramfsOptions;
import dev.nommu.cramfs.CramfsWriter;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.Strictness;
import dev.nommu.kernel.fs.DeviceNode;
import dev.nommu.kernel.fs.MountPoint;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.romfs.RomfsOptions;
import dev.nommu.romfs.RomfsWriter;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The root file system that the command line names. */
final class RootTest {
  private static final int PAGE = 4096;
  private static final String FLASH =
      """
      flash@20000000 {
        compatible = "cfi-flash"; bank-width = <4>; reg = <0x20000000 0x400000>;
        linux,mtd-name = "nor";
      };
      """;

  @RegisterExtension final Machines machines = new Machines();

  private final FileSystem files =
      Jimfs.newFileSystem(
          Configuration.unix().toBuilder().setAttributeViews("basic", "posix").build());
  private final Path tree = files.getPath("/tree");

  @AfterEach
  void close() throws IOException {
    files.close();
  }

  private void write(String name, String text) throws IOException {
    Path file = tree.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void directories(String... names) throws IOException {
    Files.createDirectories(tree);
    for (String name : names) {
      Files.createDirectories(tree.resolve(name));
    }
  }

  private Machine boot(String type, String bootArgs, String more) throws Exception {
    Path image = files.getPath("/image");
    switch (type) {
      case "cramfs" ->
          CramfsWriter.write(tree, image, CramfsOptions.DEFAULT.withInPlace(path -> true));
      default -> RomfsWriter.write(tree, image, RomfsOptions.DEFAULT);
    }
    return machines.booted(
        Machine.boot(board(bootArgs, more), Profile.LINUX_6_12, Strictness.STRICT));
  }

  private Board board(String bootArgs, String more) throws Exception {
    String source =
        """
        /dts-v1/;
        / { #address-cells = <1>; #size-cells = <1>;
          memory@80000000 { device_type = "memory"; reg = <0x80000000 0x800000>; };
          chosen { bootargs = "%s"; };
          %s
          nommu {
            %s
            contents { nor { device = "/flash@20000000"; image = "image"; }; };
          };
        };
        """
            .formatted(bootArgs, FLASH, more);
    Path file = files.getPath("/board.dts");
    Files.writeString(file, source);
    return Board.read(file);
  }

  private static MountPoint mountAt(Machine machine, String path) {
    return machine.mounts().stream()
        .filter(mount -> mount.path().equals(path))
        .reduce((before, last) -> last)
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "cramfs, root=/dev/mtdblock0 rootfstype=cramfs, /dev/root",
    "cramfs, root=mtd:nor rootfstype=cramfs, mtd:nor",
    "cramfs, root=mtd0, mtd0",
    "romfs, root=31:0 rootfstype=cramfs;romfs rootwait, /dev/root",
    "romfs, root=1f00 ro, /dev/root"
  })
  void board09_root_isWhatTheCommandLineNames(String type, String bootArgs, String source)
      throws Exception {
    directories("dev", "proc", "sys");
    write("etc/motd", "native");
    Machine machine = boot(type, bootArgs.replace(';', ','), "");
    TaskCalls p = new TaskCalls(machine.init());
    assertThat(p.text("/etc/motd")).isEqualTo("native");
    assertThat(mountAt(machine, "/").type()).isEqualTo(type);
    assertThat(mountAt(machine, "/").source()).isEqualTo(source);
    assertThat(p.text("/proc/mounts")).contains(source + " / " + type + " ro");
    assertThat(p.text("/proc/mtd")).contains("\"nor\"");
    assertThat(machine.init().tree().stat("/dev/mtd0")).isNotNull();
    assertThat(machine.unheededBootArguments()).isEmpty();
  }

  @Test
  void board09_fileOfARootInFlash_isMappedInPlace() throws Exception {
    directories("dev", "proc", "sys");
    write("data", "x".repeat(2 * PAGE));
    Machine machine = boot("cramfs", "root=/dev/mtdblock0", "");
    TaskCalls p = new TaskCalls(machine.init());
    assertThat(p.map(p.read("/data"), 2 * PAGE, PROT_READ, MAP_PRIVATE))
        .isBetween(0x2000_0000L, 0x2040_0000L);
  }

  @Test
  void board09_rootWithoutDirectories_bootsAndSaysWhatIsNotThere() throws Exception {
    write("alone", "x");
    Machine machine = boot("romfs", "root=mtd0", "");
    assertThat(machine.log().lines())
        .anyMatch(line -> line.contains("devtmpfs: error mounting on /dev: ENOENT"))
        .anyMatch(line -> line.contains("unable to open an initial console"));
    assertThat(machine.check()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"root=/dev/mtdblock7", "root=LABEL=x", "root=mtd:none", "root=/dev/null"})
  void board09_deviceThatIsNotThere_isToldWithThoseThatAre(String bootArgs) throws Exception {
    directories("dev");
    assertThatThrownBy(() -> boot("romfs", bootArgs, ""))
        .isInstanceOf(BoardException.class)
        .hasMessageContaining("/board.dts: " + bootArgs + ": ENODEV")
        .hasMessageContaining("there are [mtd0, mtd:nor, /dev/mtdblock0, /dev/ram0,");
  }

  @Test
  void board09_numberWithoutADriver_isTold() throws Exception {
    directories("dev");
    assertThatThrownBy(() -> boot("romfs", "root=99:1", ""))
        .isInstanceOf(BoardException.class)
        .hasMessageContaining("root=99:1: ENXIO");
  }

  @Test
  void board09_rootThatNoTypeKnows_isToldWithWhatEachSays() throws Exception {
    directories("dev");
    assertThatThrownBy(() -> boot("romfs", "root=mtd0 rootfstype=cramfs", ""))
        .isInstanceOf(BoardException.class)
        .hasMessageContaining("root=mtd0: cramfs: E");
  }

  @Test
  void board09_rootThatIsNotThere_leavesAnEmptyOneUnlessAllMustBeThere() throws Exception {
    Files.createFile(files.getPath("/image"));
    Machine machine = machines.boot(board("root=/dev/mmcblk0p2", ""), Profile.LINUX_6_12);
    assertThat(mountAt(machine, "/").source()).isEqualTo("rootfs");
    assertThat(machine.nodes())
        .filteredOn(node -> node.place().equals("/chosen"))
        .extracting(node -> node.outcome().toString())
        .singleElement()
        .asString()
        .contains("root=/dev/mmcblk0p2: ENODEV", "the root is an empty ramfs");
    assertThat(machine.check()).isEmpty();
  }

  @Test
  void board09_rootThatIsNotThere_namesTheNodesThatMayBeWhy() throws Exception {
    String source =
        """
        /dts-v1/;
        / { #address-cells = <1>; #size-cells = <1>;
          memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
          chosen { bootargs = "root=/dev/mtdblock0"; };
          a { compatible = "acme,a"; };
          b { compatible = "acme,b"; };
          c { compatible = "acme,c"; };
          d { compatible = "acme,d"; };
          flash@20000000 { compatible = "cfi-flsh"; };
        };
        """;
    Machine machine = machines.boot(Board.parse("board", source), Profile.LINUX_6_12);
    assertThat(machine.nodes().getLast().outcome())
        .asString()
        .contains(
            "; the root is an empty ramfs"
                + "; /flash@20000000: no driver for \"cfi-flsh\" (did you mean \"cfi-flash\"?)"
                + "; /a: no driver for \"acme,a\"; /b: no driver for \"acme,b\""
                + "; /c: no driver for \"acme,c\"; and 1 more");
  }

  @Test
  void board10_fstabOfTheRoot_isMounted() throws Exception {
    directories("dev", "proc", "sys", "tmp", "a b", "later");
    write(
        "etc/fstab",
        """
        # source target type options dump pass
        /dev/root / cramfs defaults 0 1
        proc /proc proc defaults 0 0
        tmp\t/tmp  ramfs noexec 0 0
        tmp /a\\040b ramfs
        tmp /later ramfs noauto 0 0
        /dev/mtdblock0 none swap sw 0 0
        nothing /none ramfs defaults 0 0
        wrong
        """);
    Machine machine = boot("cramfs", "root=mtd0", "");
    assertThat(mountAt(machine, "/tmp").type()).isEqualTo("ramfs");
    assertThat(machine.mounts())
        .extracting(MountPoint::path)
        .containsExactly("/", "/", "/dev", "/proc", "/sys", "/tmp", "/a b");
    assertThat(machine.log().lines())
        .anyMatch(line -> line.contains("/etc/fstab:8: mount of nothing on /none: ENOENT"))
        .anyMatch(line -> line.contains("/etc/fstab:9: fstab: expected source, target, type"));
  }

  @Test
  void board10_fstabThatIsAFifo_holdsNobodyUp() throws Exception {
    directories("dev", "etc");
    Files.createFile(tree.resolve("etc/@fstab,p,0,0"));
    assertThat(boot("romfs", "root=mtd0", "").check()).isEmpty();
  }

  @Test
  void board10_fstabOfTheBoard_isMountedOrTheBoardDoesNotBoot() throws Exception {
    directories("dev", "proc", "sys", "tmp");
    Machine machine = boot("cramfs", "root=mtd0", "fstab = \"tmp /tmp ramfs defaults 0 0\";");
    assertThat(mountAt(machine, "/tmp").type()).isEqualTo("ramfs");
    assertThatThrownBy(() -> board("", "fstab = \"tmp /tmp\";"))
        .isInstanceOf(BoardException.class)
        .hasMessageContaining("/board.dts:11:")
        .hasMessageContaining("/nommu: fstab: expected source, target, type, options, 0, 0");
  }

  @Test
  void board11_parameterThatNobodyHeeds_isListed() throws Exception {
    directories("dev");
    Machine machine =
        boot("romfs", "console=ttyS0 mem=4M quiet brd.rd_nr=1 root=mtd0 init=/bin/sh -- x=1", "");
    assertThat(machine.unheededBootArguments()).containsExactly("quiet");
    assertThat(machine.log().lines())
        .contains("Unknown kernel command line parameter, handed to init: quiet");
  }

  @Test
  void board11_consoleWrittenInTwoWays_isOneDevice() throws Exception {
    String line = "console=ttyS0 console=ttyS00,9600 console=ttyS63 console=ttyS64";
    Files.createFile(files.getPath("/image"));
    Machine machine = machines.boot(board(line, ""), Profile.LINUX_6_12);
    assertThat(machine.devices())
        .filteredOn(device -> device.name().startsWith("ttyS"))
        .extracting(device -> device.name() + " " + device.number().minor())
        .containsExactly("ttyS0 64", "ttyS63 127");
    assertThat(machine.unheededBootArguments()).containsExactly("console=ttyS64");
  }

  @Test
  void board11_valueWithoutEffect_isListedWithTheReasonAndNotHandedToInit() throws Exception {
    Files.createFile(files.getPath("/image"));
    String line = "console=ttyUSB0,9600 brd.rd_nr=x brd.rd_nr=2 sysctl.vm.none=1 mtdparts=wrong";
    Machine machine = machines.boot(board(line + " console=tty quiet", ""), Profile.LINUX_6_12);
    assertThat(machine.unheededBootArguments())
        .containsExactly(
            "console=ttyUSB0,9600", "brd.rd_nr=x", "sysctl.vm.none=1", "mtdparts=wrong", "quiet");
    assertThat(machine.nodes())
        .filteredOn(node -> node.outcome() instanceof Probed.Outcome.NotUsed)
        .extracting(node -> node.place() + " " + node.outcome())
        .anyMatch(told ->
            told.matches("/flash@20000000 .*mtdparts=wrong: .*expected <mtd-id>:<partition>, .*"))
        .anyMatch(told -> told.matches("brd .*brd.rd_nr=x: expected a number from 0 to .*"))
        .anyMatch(told -> told.matches("/chosen .*sysctl.vm.none=1: ENOENT .*"))
        .anyMatch(told -> told.matches("console .*ttyUSB0,9600: expected one of .*ttyS.*"))
        .hasSize(4);
    assertThat(machine.log().lines())
        .contains("Unknown kernel command line parameter, handed to init: quiet")
        .noneMatch(told -> told.contains("handed to init: console"));
    assertThat(machine.devices()).extracting(DeviceNode::name).contains("ram1", "tty0");
    assertThat(machine.nodes())
        .filteredOn(node -> node.place().equals("/flash@20000000"))
        .first()
        .extracting(Probed::outcome)
        .isEqualTo(new Probed.Outcome.Bound("mtd"));
  }
}
