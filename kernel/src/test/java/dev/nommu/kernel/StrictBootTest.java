package dev.nommu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.AddressRange;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.Profile;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.path.PluginPath;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TestBoard;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a board asks for and the machine does not have: told, or no machine at all. */
final class StrictBootTest {
  private static final String FLASH =
      "flash@20000000 { compatible = \"%s\"; bank-width = <4>; reg = <0 0x20000000 0 0x100000>; };";

  @RegisterExtension final Machines machines = new Machines();

  private static Machine bootStrictly(Board board) throws BoardException {
    return Machine.boot(board, Profile.DOCUMENT, Strictness.STRICT);
  }

  @Test
  void boardThatIsWhole_boots() throws Exception {
    Machine machine =
        machines.booted(
            bootStrictly(
                TestBoard.withMebibytes(8)
                    .node(FLASH.formatted("cfi-flash"))
                    .node("off@0 { compatible = \"acme,off\"; status = \"disabled\"; };")
                    .build()));
    assertThat(machine.devices()).anyMatch(device -> device.name().equals("mtd0"));
  }

  @Test
  void nodeWithoutADriver_isNamedWithTheDriverThatWasMeant() {
    Board board = TestBoard.withMebibytes(8).node(FLASH.formatted("cfi-flsh")).build();
    assertThatThrownBy(() -> bootStrictly(board))
        .isInstanceOf(BoardException.class)
        .hasMessage(
            """
            test board: boot: not all that the board asks for is there:
              /flash@20000000: no driver for "cfi-flsh" (did you mean "cfi-flash"?)\
            """);
  }

  @Test
  void nodeThatNobodyKnows_isNamedWithoutAGuess() {
    Board board =
        TestBoard.withMebibytes(8)
            .node("a@0 { compatible = \"acme,rocket\", \"acme,engine\"; };")
            .build();
    assertThatThrownBy(() -> bootStrictly(board))
        .hasMessageEndingWith("/a@0: no driver for \"acme,rocket\", \"acme,engine\"");
  }

  private static final class FailingDriver implements DeviceDriver {
    @Override
    public String name() {
      return "sensor";
    }

    @Override
    public Set<String> compatible() {
      return Set.of("acme,sensor");
    }

    @Override
    public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
      throw new ErrnoException(Errno.EINVAL, "reg: expected 2 ranges, found 1");
    }
  }

  @Test
  void driverThatFails_isNamedWithItsReason() {
    Board board = TestBoard.withMebibytes(8).node("a@0 { compatible = \"acme,sensor\"; };").build();
    Kernel kernel = Machines.kernel(binder -> {}, new FailingDriver());
    assertThatThrownBy(() -> kernel.boot(board, Profile.DOCUMENT, Strictness.STRICT))
        .hasMessageEndingWith(
            "\n  /a@0: sensor failed: EINVAL (Invalid argument): reg: expected 2 ranges, found 1");
  }

  private record GreedyDriver(String name) implements DeviceDriver {
    @Override
    public Set<String> compatible() {
      return Set.of();
    }

    @Override
    public void init(DeviceContext context) throws ErrnoException {
      context.claimMemory(new AddressRange(0x1000_0000L, 0x1000));
    }
  }

  @Test
  void driverWithoutANode_isNamedOnceWithItsReasonAndWhoHasWhatItWants() {
    Kernel kernel = Machines.kernel(binder -> {}, new GreedyDriver("a"), new GreedyDriver("b"));
    String line =
        "b failed: EBUSY (Device or resource busy): claim of 0x10000000-0x10001000 for b:"
            + " already used by a at 0x10000000-0x10001000";
    assertThatThrownBy(() ->
            kernel.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, Strictness.STRICT))
        .hasMessageEndingWith("\n  " + line);
    assertThat(
            machines
                .boot(kernel, TestBoard.withMebibytes(8).build(), Profile.DOCUMENT)
                .log()
                .lines())
        .contains(line);
  }

  @Test
  void partOfTheBoardThatIsNotUsed_isNamed() {
    Board board =
        TestBoard.withMebibytes(8)
            .node("memory@90000000 { device_type = \"memory\"; reg = <0 0x90000000 0 0x1800>; };")
            .build();
    assertThatThrownBy(() -> bootStrictly(board))
        .hasMessageEndingWith(
            "\n  /memory@90000000: not used: RAM outside of whole pages of 0x90000000+0x1800");
  }

  @Test
  void mountThatOnlyFollows_saysWhyAndWhatCouldBeMounted() {
    Board board =
        TestBoard.withMebibytes(8)
            .node(FLASH.formatted("cfi-flsh"))
            .mount("mtd:rootfs", "/m", "romfs", "ro")
            .build();
    assertThatThrownBy(() -> machines.boot(board, Profile.DOCUMENT))
        .cause()
        .isInstanceOf(BoardException.class)
        .message()
        .matches("(?s)test board:[0-9]+:[0-9]+: /nommu/mounts/[^:]+: mount of mtd:rootfs on /m: .*")
        .contains("ENOENT (")
        .endsWith(
            """
            ; there are [/dev/ram0]
              /flash@20000000: no driver for "cfi-flsh" (did you mean "cfi-flash"?)\
            """);
  }

  @Test
  void mountOfAnotherStore_saysWhichThereAre() {
    Board board =
        TestBoard.withMebibytes(8)
            .node(FLASH.formatted("cfi-flash"))
            .mount("mtd:rotfs", "/m", "romfs", "ro")
            .build();
    assertThatThrownBy(() -> machines.boot(board, Profile.DOCUMENT))
        .cause()
        .hasMessageEndingWith("; there are [mtd0, mtd:20000000.flash, /dev/mtdblock0, /dev/ram0]");
  }

  /** Sees the kernel's classes and none of the plugins on the class path. */
  private static Kernel kernelWithServices(Path folder, String... lines) throws Exception {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    for (String line : lines) {
      String[] entry = line.split(": ");
      Files.writeString(services.resolve("dev.nommu.api." + entry[0]), entry[1]);
    }
    return Kernel.of(PluginPath.of(new OnlyServices(folder)));
  }

  private static final class OnlyServices extends URLClassLoader {
    OnlyServices(Path folder) throws Exception {
      super(new URL[] {folder.toUri().toURL()}, StrictBootTest.class.getClassLoader());
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return findResources(name);
    }
  }

  @Test
  void pluginsThatAreNotThere_areNamedByTheirArtifacts(@TempDir Path folder) throws Exception {
    Board board = TestBoard.withMebibytes(8).node(FLASH.formatted("cfi-flash")).build();
    Kernel kernel = kernelWithServices(folder);
    assertThatThrownBy(() -> kernel.boot(board))
        .hasMessage(
            "test board: boot: ENODEV (No such device): mount: no file system type \"ramfs\""
                + " (add nommu-ramfs); there are []");
    assertThatThrownBy(() -> kernel.boot(board, Profile.DOCUMENT, Strictness.STRICT))
        .hasMessageEndingWith("/flash@20000000: no driver for \"cfi-flash\" (add nommu-mtd)");
  }

  @Test
  void mountOfATypeThatIsNotThere_namesItsArtifact(@TempDir Path folder) throws Exception {
    Board board = TestBoard.withMebibytes(8).mount("mtd0", "/m", "cramfs", "").build();
    Kernel kernel = kernelWithServices(folder, "FileSystemType: dev.nommu.ramfs.RamfsType");
    assertThatThrownBy(() -> kernel.boot(board))
        .hasMessageContaining("no file system type \"cramfs\" (add nommu-cramfs)");
  }

  /** A provider that cannot be made. */
  public static final class BrokenDriver implements DeviceDriver {
    /** Throws. */
    public BrokenDriver() {
      throw new IllegalStateException("no licence");
    }

    @Override
    public String name() {
      return "broken";
    }

    @Override
    public Set<String> compatible() {
      return Set.of();
    }
  }

  @Test
  void providersThatCannotBeMade_areNamedAndOthersGoOn(@TempDir Path folder) throws Exception {
    Kernel kernel =
        kernelWithServices(
            folder,
            "DeviceDriver: acme.Missing\n%s\nacme.Gone\ndev.nommu.mtd.MtdDriver"
                .formatted(BrokenDriver.class.getName()),
            "FileSystemType: dev.nommu.ramfs.RamfsType");
    Board board = TestBoard.withMebibytes(8).node(FLASH.formatted("cfi-flash")).build();
    Machine machine = machines.boot(kernel, board, Profile.DOCUMENT);
    List<String> broken =
        machine.log().lines().stream().filter(line -> line.startsWith("plugin ")).toList();
    assertThat(broken)
        .hasSize(3)
        .anyMatch(line -> line.contains("acme.Missing"))
        .anyMatch(line -> line.contains("acme.Gone"))
        .contains(
            "plugin %s cannot be used: java.lang.IllegalStateException: no licence"
                .formatted(BrokenDriver.class.getName()));
    assertThat(machine.devices()).anyMatch(device -> device.name().equals("mtd0"));
    assertThatThrownBy(() -> kernel.boot(board, Profile.DOCUMENT, Strictness.STRICT))
        .hasMessageContainingAll("acme.Missing", "acme.Gone", BrokenDriver.class.getName());
  }
}
