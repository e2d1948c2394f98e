package dev.nommu.kernel.task;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_ANONYMOUS;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.mmap.RegionKind;
import dev.nommu.kernel.testing.HookedFileSystem;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Mappings that live as long as an arena. */
final class ArenaMappingTest {
  private static final int READ_WRITE = PROT_READ | PROT_WRITE;

  @RegisterExtension final Machines machines = new Machines();

  private Machine machine() {
    return machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT);
  }

  private static MemorySegment map(TaskCalls p, int file, int flags, Arena arena)
      throws ErrnoException {
    return p.task().arenas().map(arena, Runnable::run, 2 * PAGE, READ_WRITE, flags, file, 0);
  }

  @Test
  void sharedMapping_isTheFile_untilTheArenaIsClosed() throws Exception {
    Machine machine = machine();
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.gathered("/tmp/a", 2 * PAGE);
    MemorySegment map;
    try (Arena arena = Arena.ofConfined()) {
      map = map(p, file, MAP_SHARED, arena);
      map.set(JAVA_BYTE, PAGE, (byte) 7);
      assertThat(p.content(file, 2 * PAGE)[PAGE]).isEqualTo((byte) 7);
      assertThat(machine.regions()).hasSize(1);
      assertThat(p.regions()).anyMatch(line -> line.endsWith("/tmp/a"));
      assertThat(p.maps()).isEmpty();
      assertThat(machine.check()).isEmpty();
      assertErrno(Errno.ETXTBSY, "TRUNC-06", () -> p.task().ftruncate(file, 0));
    }
    assertThat(machine.regions()).isEmpty();
    assertThatThrownBy(() -> map.get(JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
    p.task().ftruncate(file, 0);
  }

  @Test
  void copy_isKeptAfterItsTask_andCountedByTheMachine() throws Exception {
    Machine machine = machine();
    Task child = machine.init().spawn("child");
    TaskCalls p = new TaskCalls(child);
    int file = p.gathered("/tmp/a", 2 * PAGE);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment map = map(p, file, MAP_PRIVATE, arena);
      child.exit();
      assertThat(machine.regions().getFirst().kind()).isEqualTo(RegionKind.COPY);
      assertThat(machine.mappedCopyPages()).isEqualTo(2);
      assertThat(machine.check()).isEmpty();
      map.fill((byte) 1);
    }
    assertThat(machine.mappedCopyPages()).isZero();
  }

  @Test
  void whatCannotBeMapped_leavesNothing() throws Exception {
    Machine machine = machine();
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.gathered("/tmp/a", 2 * PAGE);
    Arena closed = Arena.ofConfined();
    closed.close();
    assertThatThrownBy(() -> map(p, file, MAP_SHARED, closed))
        .isInstanceOf(IllegalStateException.class);
    try (Arena arena = Arena.ofConfined()) {
      assertErrno(Errno.EBADF, () -> map(p, 99, MAP_SHARED, arena));
      assertErrno(Errno.EINVAL, () -> map(p, file, MAP_PRIVATE | MAP_ANONYMOUS, arena));
      ArenaCalls calls = p.task().arenas();
      assertErrno(
          Errno.EINVAL,
          () -> calls.map(arena, Runnable::run, PAGE, PROT_READ, MAP_SHARED, file, 1));
    }
    assertThat(machine.regions()).isEmpty();
    assertThat(machine.check()).isEmpty();
  }

  @Test
  void closedMachine_hasToldTheFile_andKeepsTheBytes() throws Exception {
    List<String> heard = new ArrayList<>();
    HookedFileSystem hooked = new HookedFileSystem("hooked");
    hooked.on(HookedFileSystem.Operation.CLOSE, () -> heard.add("file"));
    hooked.on(HookedFileSystem.Operation.UNMOUNT, () -> heard.add("file system"));
    Board board = TestBoard.withMebibytes(8).mount("none", "/hooked", "hooked", "").build();
    Machine machine = machines.boot(board, Profile.DOCUMENT, hooked);
    TaskCalls p = new TaskCalls(machine.init());
    Arena arena = Arena.ofShared();
    MemorySegment map = map(p, p.read("/hooked/file"), MAP_PRIVATE, arena);
    map.fill((byte) 3);
    machine.close();
    assertThat(heard).containsExactly("file", "file system");
    assertThat(map.get(JAVA_BYTE, PAGE)).isEqualTo((byte) 3);
    arena.close();
    assertThatThrownBy(() -> map.get(JAVA_BYTE, PAGE)).isInstanceOf(IllegalStateException.class);
  }
}
