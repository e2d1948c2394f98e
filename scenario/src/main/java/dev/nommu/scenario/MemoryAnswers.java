package dev.nommu.scenario;

import static dev.nommu.scenario.FileAnswers.done;
import static dev.nommu.scenario.FileAnswers.returned;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.task.AbsentCall;
import dev.nommu.kernel.task.Task;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The calls that name an address. */
final class MemoryAnswers {
  /** Bytes that are looked at in one go. */
  private static final int CHUNK = 1 << 16;

  private final MachinePort machine;
  private final Task task;

  MemoryAnswers(MachinePort machine, Task task) {
    this.machine = machine;
    this.task = task;
  }

  Answer answer(Call call, Arguments of) throws ErrnoException, MemoryFault {
    return switch (call) {
      case MMAP -> returned(mmap(of));
      case MREMAP ->
          returned(
              task.mremap(
                  of.number(0),
                  of.number(1),
                  of.number(2),
                  (int) of.number(3, 0),
                  of.number(4, 0)));
      case MUNMAP -> done(() -> task.munmap(of.number(0), of.number(1)));
      case MPROTECT -> returned(task.call(AbsentCall.MPROTECT));
      case MSYNC -> returned(task.call(AbsentCall.MSYNC));
      case MADVISE -> returned(task.call(AbsentCall.MADVISE));
      case MINCORE -> returned(task.call(AbsentCall.MINCORE));
      case MLOCK -> returned(task.call(AbsentCall.MLOCK));
      case MUNLOCK -> returned(task.call(AbsentCall.MUNLOCK));
      case MLOCKALL -> returned(task.call(AbsentCall.MLOCKALL));
      case REMAP_FILE_PAGES -> returned(task.call(AbsentCall.REMAP_FILE_PAGES));
      case BRK -> returned(task.brk(of.number(0)));
      case PEEK -> peek(of.number(0), of.number(1));
      case POKE -> store(of.number(0), of.bytes(1));
      case FILL -> fill(of.number(0), (byte) of.number(1), of.number(2));
      case NONZERO -> nonzero(of.number(0), of.number(1));
      case MMAPCOPY -> new Answer.Pages(machine.mappedCopyGrowth());
      default -> throw new IllegalArgumentException("not a call of memory: " + call);
    };
  }

  private long mmap(Arguments of) throws ErrnoException {
    return task.mmap(
        of.number(0),
        of.number(1),
        (int) of.number(2),
        (int) of.number(3),
        (int) of.number(4),
        of.number(5),
        machine.nextTrail());
  }

  private Answer peek(long address, long count) throws ErrnoException, MemoryFault {
    byte[] bytes = new byte[FileAnswers.shown(count)];
    task.load(address, MemorySegment.ofArray(bytes));
    return new Answer.Data(bytes);
  }

  private Answer store(long address, byte[] bytes) throws MemoryFault {
    task.store(address, MemorySegment.ofArray(bytes));
    return returned(0);
  }

  private Answer fill(long address, byte value, long count) throws MemoryFault {
    byte[] bytes = new byte[CHUNK];
    Arrays.fill(bytes, value);
    for (long done = 0; done < count; done += CHUNK) {
      long step = Math.min(CHUNK, count - done);
      task.store(address + done, MemorySegment.ofArray(bytes).asSlice(0, step));
    }
    return returned(0);
  }

  private Answer nonzero(long address, long count) throws MemoryFault {
    byte[] bytes = new byte[CHUNK];
    long found = 0;
    for (long done = 0; done < count; done += CHUNK) {
      int step = (int) Math.min(CHUNK, count - done);
      task.load(address + done, MemorySegment.ofArray(bytes).asSlice(0, step));
      for (int i = 0; i < step; i++) {
        found += bytes[i] != 0 ? 1 : 0;
      }
    }
    return returned(found);
  }
}
