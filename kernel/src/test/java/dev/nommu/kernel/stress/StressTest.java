package dev.nommu.kernel.stress;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.exec.FlatFile;
import dev.nommu.kernel.ipc.ShmStatus;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.TreeCalls;
import dev.nommu.kernel.testing.HookedFileSystem;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.kernel.testing.WatchedFileSystem;
import dev.nommu.romfs.RomfsOptions;
import dev.nommu.romfs.RomfsWriter;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * 64 tasks make random calls in each other's way and are killed at any moment. {@code
 * -Dnommu.seed=N} makes them choose the same calls again; in which order these meet is up to the
 * host. Nothing may be left of them, be it that they are killed one by one or that the machine is
 * closed while they run.
 */
final class StressTest {
  private static final Duration LENGTH =
      Duration.ofSeconds(Long.getLong("nommu.stress.seconds", 20));

  /** How long one machine lasts: a new one tells which seed it was that broke it. */
  private static final Duration LIFE = Duration.ofSeconds(4);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  /** All of the ramdisk: what was written once keeps its pages. */
  private static final int RAM_DISK = 64 << 10;

  @RegisterExtension final Machines machines = new Machines();

  private final WatchedFileSystem watched = new WatchedFileSystem();
  private final HookedFileSystem hooked = new HookedFileSystem("hooked");

  @ParameterizedTest
  @EnumSource(Profile.class)
  void tasksThatDoWhatTheyLikeAndAreKilled_leaveNothing(Profile profile) throws Exception {
    long seed = Long.getLong("nommu.seed", System.nanoTime());
    Random seeds = new Random(seed);
    long next = seed;
    long calls = 0;
    long end = System.nanoTime() + LENGTH.toNanos();
    while (System.nanoTime() < end) {
      System.out.printf("StressTest, %s: -Dnommu.seed=%d%n", profile, next);
      calls += live(profile, next, Math.min(end, System.nanoTime() + LIFE.toNanos()));
      next = seeds.nextLong();
    }
    System.out.printf("StressTest, %s: %d calls%n", profile, calls);
  }

  /** Returns how many calls there were in the life of one machine, of which nothing is left. */
  private long live(Profile profile, long seed, long end) throws Exception {
    Machine machine = machines.boot(board(), profile, watched, hooked);
    MemorySegment ram = machine.memory().ramAt(TestBoard.RAM, TaskCalls.PAGE);
    install(machine.init());
    long free = machine.freePages();
    mount(machine.init());
    Crowd crowd = new Crowd(machine, seed);
    for (HookedFileSystem.Operation operation : HookedFileSystem.Operation.values()) {
      hooked.on(operation, crowd::amidCall);
    }
    crowd.start();
    watch(crowd, end);
    if (seed % 2 == 0) {
      assertThat(crowd.end()).as("who does not end").isEmpty();
      removeAll(machine);
      assertThat(machine.check()).isEmpty();
      assertThat(machine.freePages()).isEqualTo(free);
    }
    machine.close();
    assertThat(machine.log().lines()).noneMatch(line -> line.contains("close: "));
    assertThat(ram.scope().isAlive()).as("the RAM is there after close").isFalse();
    assertThat(crowd.end()).as("who does not end when the machine does").isEmpty();
    requireNothingWrong(crowd);
    return crowd.calls();
  }

  private void watch(Crowd crowd, long end) throws InterruptedException {
    while (!crowd.failsWithin(BETWEEN_LOOKS) && System.nanoTime() < end) {
      assertThat(crowd.check()).isEmpty();
      watched.clear();
    }
  }

  private void requireNothingWrong(Crowd crowd) {
    crowd.failures().forEach(Throwable::printStackTrace);
    assertThat(crowd.failures()).isEmpty();
    assertThat(watched.broken()).isEmpty();
    assertThat(hooked.openFiles()).as("files that were opened and not closed").isZero();
  }

  private static Board board() throws IOException {
    Path root = Jimfs.newFileSystem(Configuration.unix()).getPath("/work");
    Files.createDirectories(root.resolve("tree"));
    Files.write(root.resolve("tree/program"), executable());
    Files.write(root.resolve("tree/data"), TaskCalls.pattern(6 * TaskCalls.PAGE));
    RomfsWriter.write(root.resolve("tree"), root.resolve("image"), RomfsOptions.DEFAULT);
    return TestBoard.withMebibytes(8)
        .node(
            """
            rom@20000000 {
              compatible = "mtd-rom"; bank-width = <4>;
              reg = <0 0x20000000 0 0x10000>; linux,mtd-name = "rom";
            };
            ram@30000000 {
              compatible = "mtd-ram"; bank-width = <4>;
              reg = <0 0x30000000 0 0x10000>; linux,mtd-name = "ram";
            };
            screen@40000000 {
              compatible = "simple-framebuffer"; reg = <0 0x40000000 0 0x10000>;
              width = <64>; height = <64>; stride = <256>; format = "a8r8g8b8";
            };
            """)
        .content("/rom@20000000", root.resolve("image"))
        .mount("mtd:rom", "/rom", "romfs", "ro")
        .host("files", root.resolve("tree"))
        .mount("files", "/host", "hostfs", "")
        .build();
  }

  private static byte[] executable() {
    return new FlatFile().text(TaskCalls.pattern(3000)).bytes();
  }

  private static void install(Task init) throws ErrnoException {
    init.tree().mkdir("/bin", 0755);
    init.tree().mkdir("/w", 0777);
    install(init, "/bin/program", executable());
    install(init, "/bin/script", "#!/bin/program argument\n".getBytes());
    install(init, "/dev/ram0", new byte[RAM_DISK]);
  }

  private static void install(Task init, String path, byte[] content) throws ErrnoException {
    int file = init.open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0755);
    init.write(file, MemorySegment.ofArray(content));
    init.close(file);
  }

  private static void mount(Task init) throws ErrnoException {
    init.tree().mount("none", "/w", "ramfs", 0, "");
    for (String directory : List.of("a", "a/b", "m0", "m1", "m2", "watched", "hooked")) {
      init.tree().mkdir("/w/" + directory, 0777);
    }
    init.tree().mount("none", "/w/watched", "watched", 0, "");
    init.tree().mount("none", "/w/hooked", "hooked", 0, "");
    install(init, "/w/a/a", executable());
  }

  /** Takes away all that outlives a task: segments of shared memory and mounts. */
  private static void removeAll(Machine machine) throws ErrnoException {
    for (ShmStatus segment : SharedSegments.all(machine.init().ipc())) {
      machine.init().ipc().shmRemove(segment.id());
    }
    umountAll(machine.init().tree(), "/w");
  }

  /** Takes away what is mounted on a directory, and before that what is mounted in it. */
  private static void umountAll(TreeCalls tree, String directory) throws ErrnoException {
    do {
      for (DirectoryEntry entry : tree.list(directory)) {
        if (entry.kind() == FileKind.DIRECTORY) {
          umountAll(tree, directory + "/" + entry.name());
        }
      }
    } while (isUmounted(tree, directory));
  }

  private static boolean isUmounted(TreeCalls tree, String directory) throws ErrnoException {
    try {
      tree.umount(directory);
      return true;
    } catch (ErrnoException notMounted) {
      assertThat(notMounted.errno()).as(notMounted.getMessage()).isEqualTo(Errno.EINVAL);
      return false;
    }
  }
}
