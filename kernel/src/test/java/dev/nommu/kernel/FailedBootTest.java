package dev.nommu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import com.google.inject.Module;
import com.google.inject.name.Names;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.MountRequest;
import dev.nommu.api.Profile;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.memory.AllocatorFactory;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.kernel.testing.WatchedMemory;
import dev.nommu.kernel.time.MachineClock;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A machine that cannot boot leaves nothing, and its error names who is to blame. */
final class FailedBootTest {
  private static final Board BOARD =
      TestBoard.withMebibytes(8)
          .node("lying@0 { compatible = \"test,lying\"; reg = <0 0x10000000 0 0x1000>; };")
          .build();

  @RegisterExtension final Machines machines = new Machines();

  private final WatchedMemory memory = new WatchedMemory();

  private static final class OwnError extends Error {
    @Serial private static final long serialVersionUID = 1L;

    OwnError() {
      super("of its own");
    }
  }

  /** The method at which a driver throws something. */
  private enum Where {
    NAME,
    COMPATIBLE,
    PROBE,
    INIT
  }

  private static final class LyingDriver implements DeviceDriver {
    private final Where where;
    private final Supplier<Throwable> what;

    LyingDriver(Where where, Supplier<Throwable> what) {
      this.where = where;
      this.what = what;
    }

    private void at(Where here) {
      if (here == where) {
        throwIt(what.get());
      }
    }

    @Override
    public String name() {
      at(Where.NAME);
      return "lying";
    }

    @Override
    public Set<String> compatible() {
      at(Where.COMPATIBLE);
      return Set.of("test,lying");
    }

    @Override
    public void probe(FirmwareNode node, DeviceContext context) {
      at(Where.PROBE);
    }

    @Override
    public void init(DeviceContext context) {
      at(Where.INIT);
    }
  }

  @SuppressWarnings("unchecked") // the caller's signature says nothing of what is thrown
  private static <T extends Throwable> void throwIt(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private static Stream<Arguments> lies() {
    List<Supplier<Throwable>> thrown =
        List.of(
            () -> new IllegalStateException("no state"),
            () -> new OutOfMemoryError("of its allocation"),
            () -> new InternalError("a fault in mapped memory"),
            () -> new StackOverflowError("too deep"),
            OwnError::new);
    return Stream.of(Where.values())
        .flatMap(where -> thrown.stream().map(each -> Arguments.of(where, each)));
  }

  @ParameterizedTest
  @MethodSource("lies")
  void plugin01_driverThatThrows_isNamedAndLeavesNoMemory(Where where, Supplier<Throwable> what) {
    Kernel kernel = Machines.kernel(memory, new LyingDriver(where, what));
    assertThatThrownBy(() -> kernel.boot(BOARD, Profile.DOCUMENT, Strictness.STRICT))
        .isInstanceOf(BoardException.class)
        .hasMessageContainingAll(LyingDriver.class.getName(), what.get().toString());
    assertThat(memory.made()).isOne();
    assertThat(memory.kept()).isZero();
  }

  @ParameterizedTest
  @MethodSource("lies")
  void plugin01_driverThatThrows_doesNotKeepOthersFromBooting(
      Where where, Supplier<Throwable> what) {
    Kernel kernel = Machines.kernel(memory, new LyingDriver(where, what));
    Machine machine = machines.boot(kernel, BOARD, Profile.DOCUMENT);
    assertThat(machine.log().lines())
        .anyMatch(line ->
            line.contains(LyingDriver.class.getName()) && line.contains(what.get().toString()));
    machine.close();
    assertThat(memory.kept()).isZero();
  }

  private record LyingType(Supplier<Throwable> what) implements FileSystemType {
    @Override
    public String name() {
      return "lying";
    }

    @Override
    public Source source() {
      return Source.NODEV;
    }

    @Override
    public FileSystem mount(MountRequest request) {
      throwIt(what.get());
      throw new AssertionError("thrown before");
    }
  }

  @Test
  void plugin01_mountThatThrowsAnError_isNamedAndLeavesNoMemory() {
    Board board = TestBoard.withMebibytes(8).mount("none", "/m", "lying", "").build();
    Kernel kernel = Machines.kernel(memory, new LyingType(OwnError::new));
    assertThatThrownBy(() -> kernel.boot(board))
        .isInstanceOf(BoardException.class)
        .hasMessageContainingAll("mount of none on /m", LyingType.class.getName(), "of its own");
    assertThat(memory.kept()).isZero();
  }

  /** Takes the place of the type of the root. */
  private static final class Nameless implements FileSystemType {
    @Override
    public String name() {
      throw new IllegalStateException("forgotten");
    }

    @Override
    public Source source() {
      return Source.NODEV;
    }

    @Override
    public FileSystem mount(MountRequest request) throws ErrnoException {
      throw new ErrnoException(Errno.ENODEV, "never asked");
    }
  }

  @Test
  void plugin01_typeThatIsLeftOut_isNamedIfTheRootNeedsIt() {
    Kernel kernel =
        Machines.kernel(binder ->
            binder
                .bind(FileSystemType.class)
                .annotatedWith(Names.named("ramfs"))
                .toProvider(Nameless::new));
    assertThatThrownBy(() -> kernel.boot(TestBoard.withMebibytes(8).build()))
        .hasMessageContaining("no file system type \"ramfs\"")
        .hasMessageContaining(Nameless.class.getName());
  }

  /** Starts a timer that stays until a test lets it go. */
  private record Endless(CountDownLatch stuck, CountDownLatch goesOn) implements DeviceDriver {
    @Override
    public String name() {
      return "endless";
    }

    @Override
    public Set<String> compatible() {
      return Set.of();
    }

    @Override
    public void init(DeviceContext context) {
      context.newTimer("tick", this::stay).startOnce(Duration.ZERO);
    }

    private void stay() {
      stuck.countDown();
      boolean waits = true;
      while (waits) {
        try {
          goesOn.await();
          waits = false;
        } catch (InterruptedException ignored) {
          // a driver that does not mind
        }
      }
    }
  }

  private record WaitingType(CountDownLatch stuck) implements FileSystemType {
    @Override
    public String name() {
      return "waiting";
    }

    @Override
    public Source source() {
      return Source.NODEV;
    }

    @Override
    public FileSystem mount(MountRequest request) throws ErrnoException {
      try {
        stuck.await();
      } catch (InterruptedException impossible) {
        throw new AssertionError(impossible);
      }
      throw new ErrnoException(Errno.EINVAL, "not mounted");
    }
  }

  @Test
  @Timeout(30)
  void wait10_timerThatDoesNotReturn_isNamedByTheBootThatFailsAndHoldsUpNobody() throws Exception {
    Endless driver = new Endless(new CountDownLatch(1), new CountDownLatch(1));
    Kernel kernel = Machines.kernel(memory, driver, new WaitingType(driver.stuck()));
    Board board = TestBoard.withMebibytes(8).mount("none", "/m", "waiting", "").build();
    assertThatThrownBy(() -> kernel.boot(board))
        .isInstanceOf(BoardException.class)
        .hasMessageContainingAll("not mounted", "the timer \"tick\" of the driver endless, is in");
    assertThat(memory.kept()).isOne();
    driver.goesOn().countDown();
    while (memory.kept() > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void bootThatFails_deletesCopiesOfTheHostsFilesAndLetsGoOfImages() throws Exception {
    Path host = Files.createDirectory(Jimfs.newFileSystem(Configuration.unix()).getPath("/host"));
    Path directory = Files.createDirectory(host.resolve("shared"));
    Path image = Files.write(host.resolve("disk.img"), new byte[0x1000]);
    TestBoard board =
        TestBoard.withMebibytes(8)
            .node("a@0 { compatible = \"mmio-sram\"; reg = <0 0x10000000 0 0x1000>; };")
            .persistent("/a@0", image)
            .host("shared", directory)
            .mount("shared", "/shared", "hostfs", "");
    Board whole = board.build();
    Board wrong = board.mount("none", "/m", "lying", "").build();
    Kernel kernel = Machines.kernel(memory, new LyingType(OwnError::new));
    assertThatThrownBy(() -> kernel.boot(wrong)).isInstanceOf(BoardException.class);
    try (Stream<Path> left = Files.list(host)) {
      assertThat(left).containsExactlyInAnyOrder(directory, image);
    }
    assertThat(memory.kept()).isZero();
    machines.boot(kernel, whole, Profile.DOCUMENT); // the image is nobody's
  }

  private static Stream<Module> wrongParts() {
    AllocatorFactory noAllocator =
        (ram, reserved) -> {
          throw new OwnError();
        };
    return Stream.of(
        binder -> binder.bind(AllocatorFactory.class).toInstance(noAllocator),
        binder ->
            binder
                .bind(KernelLog.class)
                .toProvider(() -> {
                  throw new OwnError();
                }),
        binder ->
            binder
                .bind(MachineClock.class)
                .toProvider(() -> {
                  throw new OwnError();
                }));
  }

  @ParameterizedTest
  @MethodSource("wrongParts")
  void partThatCannotBeMade_leavesNoMemory(Module wrong) {
    Kernel kernel =
        Machines.kernel(binder -> {
          binder.install(memory);
          binder.install(wrong);
        });
    assertThatThrownBy(() -> kernel.boot(BOARD))
        .isInstanceOf(BoardException.class)
        .hasMessageContaining("of its own")
        .hasRootCauseInstanceOf(OwnError.class);
    assertThat(memory.kept()).isZero();
  }

  @Test
  void machineThatEnds_givesItsMemoryBackOnce() throws Exception {
    Machine machine = Machines.kernel(memory).boot(BOARD);
    machine.close();
    machine.close();
    assertThat(memory.made()).isOne();
    assertThat(memory.kept()).isZero();
  }
}
