package dev.nommu.snippets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.ipc.FutexScope;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.UnnamedFileCalls.PipeDescriptors;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TwoProgramsTest {
  private static final long CLONE_VM = 0x100;

  @Test
  void oneProgramWritesIntoAPipe_anotherReadsAndWakesIt() throws Exception {
    try (Machine machine = Machine.boot(Board.read(Path.of("greeting.dts")))) {
      Task parent = machine.init().spawn("parent", TwoProgramsTest::run);
      assertEquals(new WaitStatus.Exited(42), parent.join());
    }
  }

  private static int run(Task task) throws Exception {
    PipeDescriptors pipe = task.unnamedFiles().pipe();
    int access = MmapArguments.PROT_READ | MmapArguments.PROT_WRITE;
    int flags = MmapArguments.MAP_PRIVATE | MmapArguments.MAP_ANONYMOUS;
    long word = task.mmap(0, 4096, access, flags, -1, 0);
    Task child =
        task.processes()
            .clone(
                CLONE_VM,
                own -> {
                  byte[] answer = new byte[1];
                  own.read(pipe.read(), MemorySegment.ofArray(answer));
                  own.memory(word, 4).set(ValueLayout.JAVA_INT, 0, 1);
                  own.ipc().futexWake(word, FutexScope.PRIVATE, 1);
                  return answer[0];
                });
    task.write(pipe.write(), MemorySegment.ofArray(new byte[] {42}));
    while (task.memory(word, 4).get(ValueLayout.JAVA_INT, 0) == 0) {
      try {
        task.ipc().futexWait(word, FutexScope.PRIVATE, 0, Optional.empty());
      } catch (ErrnoException wokenBefore) {
        assertEquals(Errno.EAGAIN, wokenBefore.errno());
      }
    }
    return task.processes().waitpid(child.pid()).raw() >>> 8;
  }
}
