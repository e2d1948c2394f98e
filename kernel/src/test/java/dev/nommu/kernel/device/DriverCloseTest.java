package dev.nommu.kernel.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.AddressRange;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.OpenFile;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When a driver is notified that the machine ends. */
final class DriverCloseTest {
  private static final long PART = 0x3000_0000L;

  @RegisterExtension final Machines machines = new Machines();

  private final List<String> calls = new CopyOnWriteArrayList<>();

  /** Records its calls, and behaves as set by a test. */
  private final class Recording implements DeviceDriver {
    private final String name;
    private Optional<MemorySegment> memory = Optional.empty();
    private Optional<RuntimeException> atProbe = Optional.empty();
    private Optional<RuntimeException> atClose = Optional.empty();

    Recording(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Set<String> compatible() {
      return Set.of("test," + name);
    }

    @Override
    public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
      calls.add("probe " + name);
      memory = Optional.of(context.claimMemory(node.reg().getFirst()));
      atProbe.ifPresent(Recording::raise);
    }

    @Override
    public void init(DeviceContext context) throws ErrnoException {
      calls.add("init " + name);
      DeviceNumber number = new DeviceNumber(240, name.charAt(0));
      context.registerCharacterDevice(name, number, mode -> new Opened());
    }

    @Override
    public void close() throws ErrnoException {
      calls.add("close " + name);
      memory.ifPresent(kept -> kept.set(ValueLayout.JAVA_BYTE, 0, (byte) 'z'));
      atClose.ifPresent(Recording::raise);
    }

    private static void raise(RuntimeException what) {
      throw what;
    }

    private final class Opened implements OpenFile {
      @Override
      public void close() {
        calls.add("closed file of " + name);
      }
    }
  }

  private static TestBoard board() {
    return TestBoard.withMebibytes(8)
        .node("a@30000000 { compatible = \"test,a\"; reg = <0 0x30000000 0 0x1000>; };");
  }

  @Test
  void driversAreClosedOnceInReverseOrderOfInit_afterTheFiles() throws Exception {
    Machine machine =
        machines.boot(board().build(), Profile.DOCUMENT, new Recording("b"), new Recording("a"));
    new TaskCalls(machine.init()).read("/dev/a");
    machine.close();
    machine.close();
    assertThat(calls)
        .containsExactly("probe a", "init a", "init b", "closed file of a", "close b", "close a");
  }

  @Test
  void driverWhoseProbeFailed_isClosedAtTheEnd() throws Exception {
    Recording driver = new Recording("a");
    driver.atProbe = Optional.of(new IllegalStateException("half way"));
    Machine machine = machines.boot(board().build(), Profile.DOCUMENT, driver);
    assertThat(machine.memory().banks())
        .noneMatch(bank -> bank.range().equals(new AddressRange(PART, 0x1000)));
    machine.close();
    assertThat(calls).containsExactly("probe a", "init a", "close a");
  }

  @Test
  void failedBoot_closesTheDrivers() {
    Board board = board().mount("nowhere", "/mnt", "romfs", "ro").build();
    assertThatThrownBy(() -> machines.boot(board, Profile.DOCUMENT, new Recording("a")))
        .hasMessageContaining("nowhere");
    assertThat(calls).containsExactly("probe a", "init a", "close a");
  }

  @Test
  void plugin01_closeThatThrows_isLoggedWithTheDriversClassAndTheOthersAreClosed()
      throws Exception {
    Recording last = new Recording("b");
    last.atClose = Optional.of(new IllegalStateException("stuck"));
    Machine machine = machines.boot(board().build(), Profile.DOCUMENT, new Recording("a"), last);
    machine.close();
    assertThat(calls).endsWith("close b", "close a");
    assertThat(machine.log().lines())
        .anyMatch(line -> line.contains(Recording.class.getName()) && line.contains("close threw"));
  }

  @Test
  void whatADriverStoresWhileItCloses_isKept() throws Exception {
    Path image = Jimfs.newFileSystem(Configuration.unix()).getPath("/work/image");
    Files.createDirectories(image.getParent());
    Files.write(image, new byte[0x1000]);
    Board board = board().persistent("/a@30000000", image).build();
    machines.boot(board, Profile.DOCUMENT, new Recording("a")).close();
    assertThat(Files.readAllBytes(image)).startsWith('z');
  }
}
