package dev.nommu.kernel.vfs;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Background;
import dev.nommu.kernel.testing.Halt;
import dev.nommu.kernel.testing.HookedFileSystem;
import dev.nommu.kernel.testing.HookedFileSystem.Operation;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.Rival;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A plugin that takes its time delays those who use its file system, and nobody else. */
@Timeout(60)
final class HangingPluginTest {
  @RegisterExtension final Machines machines = new Machines();

  private final Halt halt = new Halt();
  private final HookedFileSystem slow = new HookedFileSystem("slow");
  private final HookedFileSystem other = new HookedFileSystem("other");
  private final Machine machine =
      machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, slow, other);
  private final Task init = machine.init();
  private final TaskCalls program = new TaskCalls(init);
  private Task victim;

  @BeforeEach
  void mountBoth() throws ErrnoException {
    for (String name : List.of("slow", "other")) {
      init.tree().mkdir("/" + name, 0755);
      init.tree().mount("none", "/" + name, name, 0, "");
    }
    victim = init.spawn("victim");
  }

  @AfterEach
  void goOn() {
    halt.goOn();
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void operationThatTakesItsTime_delaysNobodyElsewhere(Operation operation) throws Exception {
    Background<Void> held = begin(operation);
    halt.awaitArrival();
    Rival others = Rival.start(this::useEverythingElse);
    assertThat(others.isOver()).isTrue();
    assertThat(others.end()).isEmpty();
    halt.goOn();
    held.result();
    assertThat(machine.check()).isEmpty();
  }

  private Background<Void> begin(Operation operation) throws ErrnoException {
    int file = victim.open("/slow/file", OpenFlags.O_RDONLY);
    if (operation == Operation.UNMOUNT) {
      victim.close(file);
    }
    slow.on(operation, halt::stay);
    return Background.of(() -> {
      call(operation, file);
      return null;
    });
  }

  private void call(Operation operation, int file) throws ErrnoException {
    switch (operation) {
      case MOUNT -> victim.tree().mount("none", "/tmp", "slow", 0, "");
      case LOOKUP -> victim.tree().stat("/slow/file");
      case OPEN -> victim.open("/slow/file", OpenFlags.O_RDONLY);
      case READ -> victim.mmap(0, PAGE, PROT_READ, MAP_PRIVATE, file, 0);
      case OFFER -> victim.mmap(0, PAGE, PROT_READ, MAP_PRIVATE, file, 0);
      case IOCTL -> victim.ioctl(file, 0, 0);
      case FSYNC -> victim.descriptors().fsync(file);
      case CLOSE -> victim.exit();
      case UNMOUNT -> victim.tree().umount("/slow");
    }
  }

  private void useEverythingElse() throws ErrnoException {
    for (String text :
        List.of(
            "mounts", "maps", "meminfo", "filesystems", "PID/maps", "PID/mounts", "PID/status")) {
      program.text("/proc/" + text.replace("PID", String.valueOf(victim.pid())));
    }
    machine.check();
    useAnotherFileSystem();
    useAnotherTask();
  }

  private void useAnotherFileSystem() throws ErrnoException {
    init.tree().statfs("/other");
    int file = init.open("/other/file", OpenFlags.O_RDONLY);
    long mapping = init.mmap(0, PAGE, PROT_READ, MAP_PRIVATE, file, 0);
    init.munmap(mapping, PAGE);
    init.read(file, MemorySegment.ofArray(new byte[1]));
    init.close(file);
    init.tree().umount("/other");
    init.tree().mount("none", "/other", "other", 0, "");
    init.tree().mkdir("/new", 0755);
    init.tree().rename("/new", "/newer");
    init.tree().rmdir("/newer");
  }

  private void useAnotherTask() throws ErrnoException {
    Task sibling = init.spawn("sibling");
    new TaskCalls(sibling).anonymous(PAGE);
    sibling.exit();
  }
}
