package dev.nommu.kernel.vfs;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.Errnos.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.FakeDevice;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Segments that a caller hands in and that cannot be used: its own fault, never the plugin's. */
final class CallerSegmentTest {
  private static final byte[] CONTENT = TaskCalls.pattern(64);

  @RegisterExtension final Machines machines = new Machines();
  @TempDir Path directory;

  private final FakeDevice device = new FakeDevice();
  private TaskCalls program;

  @BeforeEach
  void boot() throws Exception {
    Path disk = Files.write(directory.resolve("disk"), TaskCalls.pattern(512));
    Path host = Files.createDirectory(directory.resolve("host"));
    Files.write(host.resolve("file"), CONTENT);
    TestBoard board =
        TestBoard.withMebibytes(8)
            .node(
                """
                virtio@10000000 { compatible = "virtio,mmio"; reg = <0 0x10000000 0 0x1000>; };
                """)
            .persistent("/virtio@10000000", disk)
            .host("files", host)
            .mount("files", "/host", "hostfs", "");
    program = new TaskCalls(machines.boot(board.build(), Profile.DOCUMENT, device).init());
    program.file("/tmp/ram", CONTENT);
  }

  private static void assertCallersFault(String why, dev.nommu.kernel.testing.Errnos.Call call) {
    ErrnoException failure = failureOf(call);
    assertThat(failure.errno()).as(failure.getMessage()).isEqualTo(Errno.EFAULT);
    assertThat(failure).hasMessageContaining(why);
    assertThat(failure.getMessage()).doesNotContain("PLUGIN-01");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tmp/ram", "/dev/vda", "/dev/zero", "/dev/ram0", "/dev/fake"})
  void readOrWriteWithASegmentThatCannotBeUsed_isEfault(String path) throws Exception {
    Task task = program.task();
    int file = program.write(path);
    MemorySegment constant = MemorySegment.ofArray(new byte[8]).asReadOnly();
    assertCallersFault("read-only", () -> task.pread(file, constant, 0));
    assertCallersFault("read-only", () -> task.read(file, constant));
    MemorySegment closed = closed();
    assertCallersFault("closed", () -> task.pread(file, closed, 0));
    assertCallersFault("closed", () -> task.pwrite(file, closed, 0));
    try (Arena confined = Arena.ofConfined()) {
      MemorySegment segment = confined.allocate(8);
      AtomicReference<Throwable> failure = new AtomicReference<>();
      Thread other =
          Thread.ofPlatform()
              .uncaughtExceptionHandler((thread, uncaught) -> failure.set(uncaught))
              .start(() -> {
                assertCallersFault("another thread", () -> task.pread(file, segment, 0));
                assertCallersFault("another thread", () -> task.pwrite(file, segment, 0));
              });
      other.join();
      assertThat(failure.get()).isNull();
    }
  }

  private static MemorySegment closed() {
    try (Arena arena = Arena.ofShared()) {
      return arena.allocate(8);
    }
  }

  @Test
  void segmentThatIsClosedWhileItIsReadInto_isEfaultAndNotThePluginsFault() throws Exception {
    int file = program.read("/dev/fake");
    Arena arena = Arena.ofShared();
    MemorySegment segment = arena.allocate(8);
    device.reading =
        (into, position) -> {
          arena.close();
          into.fill((byte) 1);
          return 8;
        };
    assertCallersFault("closed", () -> program.task().pread(file, segment, 0));
  }

  @Test
  void pipe_takesNoBytesFromASegmentThatCannotBeUsed() throws Exception {
    var ends = program.task().unnamedFiles().pipe();
    MemorySegment constant = MemorySegment.ofArray(new byte[4]).asReadOnly();
    program.task().write(ends.write(), constant);
    assertErrno(Errno.EFAULT, () -> program.task().read(ends.read(), constant));
    assertThat(program.task().read(ends.read(), MemorySegment.ofArray(new byte[8]))).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tmp/ram", "/dev/vda", "/host/file", "/dev/ram0"})
  void arrayOfOtherThanBytes_isReadAndWrittenAsItsBytes(String path) throws Exception {
    Task task = program.task();
    int file = program.write(path);
    long[] longs = {0x0102030405060708L, -1};
    assertThat(task.pwrite(file, MemorySegment.ofArray(longs).asReadOnly(), 16)).isEqualTo(16);
    long[] back = new long[2];
    assertThat(task.pread(file, MemorySegment.ofArray(back), 16)).isEqualTo(16);
    assertThat(back).containsExactly(longs);
    assertThat(task.pread(file, MemorySegment.ofArray(back).asSlice(1, 8), 16)).isEqualTo(8);
  }
}
