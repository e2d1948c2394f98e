package dev.nommu.conformance;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_ANONYMOUS;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.cramfs.CramfsOptions;
import dev.nommu.cramfs.CramfsWriter;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.Strictness;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.board.BootLoader;
import dev.nommu.kernel.board.Probed;
import dev.nommu.kernel.task.Task;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The boards that come with nommu: each boots, and is what its comment says. */
final class BoardsTest {
  private static final int PAGE = 4096;
  private static final int MIB = 1 << 20;
  private static final String MTD_HEADER = "dev:    size   erasesize  name\n";

  private static Path folder() {
    return RecordedScenario.projectRoot().resolve("boards");
  }

  private static List<Path> boards() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.filter(file -> file.toString().endsWith(".dts")).sorted().toList();
    }
  }

  private static Board board(Path file) throws BoardException {
    boolean isFilledIn = !file.endsWith("boot-loader.dts");
    List<BootLoader.Memory> memory =
        isFilledIn ? List.of() : List.of(BootLoader.Memory.parse("16M"));
    return Board.read(file, new BootLoader(memory, Optional.empty()));
  }

  private static Machine boot(String name, Strictness strictness) throws BoardException {
    return Machine.boot(board(folder().resolve(name)), Profile.LINUX_6_12, strictness);
  }

  private static Machine boot(String name) throws BoardException {
    return boot(name, Strictness.STRICT);
  }

  private static String text(Task task, String path) throws ErrnoException {
    int file = task.open(path, OpenFlags.O_RDONLY);
    MemorySegment into = MemorySegment.ofArray(new byte[PAGE]);
    long count = task.read(file, into);
    byte[] bytes = into.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static long anonymous(Task task, long length) throws ErrnoException {
    return task.mmap(0, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  }

  private static void assertEnomem(Task task, long length) {
    assertThatThrownBy(() -> anonymous(task, length))
        .isInstanceOfSatisfying(
            ErrnoException.class, failure -> assertThat(failure.errno()).isEqualTo(Errno.ENOMEM));
  }

  @Test
  void thereAreADozen() throws Exception {
    assertThat(boards()).hasSizeGreaterThanOrEqualTo(12);
  }

  @ParameterizedTest
  @MethodSource("boards")
  void eachBootsUnderBothProfiles_andItsBooksAreRight(Path file) throws Exception {
    for (Profile profile : Profile.values()) {
      try (Machine machine = Machine.boot(board(file), profile)) {
        assertThat(machine.nodes())
            .extracting(Probed::outcome)
            .noneMatch(Probed.Outcome.Failed.class::isInstance)
            .noneMatch(Probed.Outcome.NotUsed.class::isInstance);
        assertThat(machine.check()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("boards")
  void eachSaysWhereItsAddressesComeFrom(Path file) throws Exception {
    String source = Files.readString(file);
    assertThat(source.substring(0, source.indexOf("/ {")))
        .containsIgnoringCase("address")
        .contains("little-endian riscv64");
  }

  @Test
  void smallest_hasARootInRam() throws Exception {
    try (Machine machine = boot("smallest.dts")) {
      assertThat(text(machine.init(), "/proc/mounts")).startsWith("rootfs / rootfs rw");
    }
  }

  @Test
  void oneMegabyte_isOneMegabyte() throws Exception {
    try (Machine machine = boot("one-megabyte.dts")) {
      anonymous(machine.init(), MIB);
      assertEnomem(machine.init(), MIB);
    }
  }

  @Test
  void eightMegabytes_areThoseThatTheKernelLeaves() throws Exception {
    try (Machine machine = boot("eight-megabytes.dts")) {
      assertThat(machine.freePages() * PAGE).isEqualTo(0x80_0000 - 0x28_0000);
      anonymous(machine.init(), 4 * MIB);
      assertEnomem(machine.init(), 2 * MIB);
    }
  }

  @Test
  void k210_hasAllOfItsRam() throws Exception {
    try (Machine machine = boot("k210.dts", Strictness.LENIENT)) {
      anonymous(machine.init(), 4 * MIB);
      anonymous(machine.init(), 4 * MIB - PAGE);
      assertThat(machine.unheededBootArguments()).isEmpty();
    }
  }

  @Test
  void qemuVirt_hasItsFlash() throws Exception {
    try (Machine machine = boot("qemu-virt.dts", Strictness.LENIENT)) {
      assertThat(text(machine.init(), "/proc/mtd"))
          .isEqualTo(MTD_HEADER + "mtd0: 04000000 00040000 \"20000000.flash\"\n");
    }
  }

  @Test
  void uclinux_bootsIntoItsFlash() throws Exception {
    try (Machine machine = boot("uclinux.dts")) {
      Task init = machine.init();
      int file = init.open("/etc/motd", OpenFlags.O_RDONLY);
      assertThat(init.mmap(0, PAGE, PROT_READ, MAP_PRIVATE, file, 0))
          .isBetween(0x2020_0000L, 0x203c_0000L);
      assertThat(text(init, "/proc/mounts"))
          .contains("mtd:rootfs / cramfs ro", "tmpfs /tmp tmpfs rw");
      assertThat(text(init, "/proc/mtd")).contains("mtd2: 00040000 00020000 \"settings\"");
    }
  }

  @Test
  void uclinux_imageIsMadeOfItsFolder(@TempDir Path scratch) throws Exception {
    CramfsOptions options = CramfsOptions.DEFAULT.withVolume("uclinux").withInPlace(path -> true);
    Path image = scratch.resolve("image");
    CramfsWriter.write(folder().resolve("uclinux/rootfs"), image, options);
    try (Machine made = Machine.boot(withRoot(image));
        Machine there = boot("uclinux.dts")) {
      for (String file : List.of("/etc/motd", "/etc/fstab")) {
        assertThat(text(there.init(), file)).isEqualTo(text(made.init(), file));
      }
      assertThat(there.init().tree().list("/")).isEqualTo(made.init().tree().list("/"));
    }
  }

  private static Board withRoot(Path image) throws Exception {
    String source =
        Files.readString(folder().resolve("uclinux.dts"))
            .replace("uclinux/rootfs.cramfs", image.toString());
    return Board.parse("made", source);
  }

  @Test
  void romAndScreen_showsWhatIsStored() throws Exception {
    try (Machine machine = boot("rom-and-screen.dts")) {
      Task init = machine.init();
      int screen = init.open("/dev/fb0", OpenFlags.O_RDWR);
      assertThat(init.mmap(0, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, screen, 0))
          .isEqualTo(0xa0f0_0000L);
    }
  }

  @Test
  void twoBanks_areBothHandedOut() throws Exception {
    try (Machine machine = boot("two-banks.dts")) {
      for (int i = 0; i < 3; i++) {
        anonymous(machine.init(), 4 * MIB - (i == 0 ? PAGE : 0));
      }
      assertEnomem(machine.init(), MIB);
    }
  }

  @Test
  void twoChips_areOneMtdWithPartitions() throws Exception {
    try (Machine machine = boot("two-chips.dts")) {
      Task init = machine.init();
      assertThat(text(init, "/proc/mtd").lines())
          .containsExactly(
              "dev:    size   erasesize  name",
              "mtd0: 00040000 00020000 \"boot\"",
              "mtd1: 00300000 00020000 \"system\"",
              "mtd2: 004c0000 00020000 \"data\"");
      int data = init.open("/dev/mtd2", OpenFlags.O_RDWR);
      init.write(data, MemorySegment.ofArray("across".getBytes(StandardCharsets.UTF_8)));
      assertThat(text(init, "/dev/mtd2")).startsWith("across");
    }
  }

  @Test
  void ramDisk_liesInReservedMemory() throws Exception {
    try (Machine machine = boot("ram-disk.dts")) {
      Task init = machine.init();
      init.write(
          init.open("/dev/mtd0", OpenFlags.O_RDWR),
          MemorySegment.ofArray("log".getBytes(StandardCharsets.UTF_8)));
      MemorySegment there = MemorySegment.ofArray(new byte[3]);
      init.load(0x80f0_0000L, there);
      assertThat(there.toArray(ValueLayout.JAVA_BYTE)).asString().isEqualTo("log");
    }
  }

  @Test
  void everyDriver_hasADevice() throws Exception {
    try (Machine machine = boot("every-driver.dts")) {
      Stream<String> ofNodes =
          machine.nodes().stream()
              .filter(node -> node.outcome() instanceof Probed.Outcome.Bound)
              .map(node -> ((Probed.Outcome.Bound) node.outcome()).driver());
      Stream<String> ofDevices = machine.devices().stream().map(device -> device.driver());
      assertThat(Stream.concat(ofNodes, ofDevices))
          .contains("mtd", "virtio_blk", "fb", "sram", "brd", "mem", "console");
      assertThat(text(machine.init(), "/proc/mtd").lines()).hasSize(6);
      assertThat(text(machine.init(), "/proc/fb").lines()).hasSize(2);
    }
  }
}
