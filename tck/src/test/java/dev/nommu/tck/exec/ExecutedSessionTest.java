package dev.nommu.tck.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.BinaryFormat;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.ExecRequest;
import dev.nommu.api.Executable;
import dev.nommu.api.LoadedImage;
import dev.nommu.api.ProcessMemory;
import dev.nommu.api.Profile;
import dev.nommu.api.Protection;
import dev.nommu.api.Recognition;
import dev.nommu.kernel.board.Board;
import dev.nommu.tck.Subject;
import dev.nommu.tck.fault.Effect;
import dev.nommu.tck.fault.Fault;
import dev.nommu.tck.fault.FaultMenu;
import dev.nommu.tck.fault.FaultMenu.Dish;
import dev.nommu.tck.fault.Operation;
import dev.nommu.tck.fault.SweepReport;
import dev.nommu.tck.fault.Swept;
import dev.nommu.tck.fault.Tally;
import dev.nommu.tck.session.FaultedSession;
import dev.nommu.tck.session.Session;
import dev.nommu.tck.session.Tried;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two processes execute a file, and what the kernel lends to its format goes wrong. */
final class ExecutedSessionTest {
  private static final Dish NO_MEMORY =
      new Dish(Operation.ALLOCATION, new Effect.Fail(Errno.ENOMEM));
  private static final Dish UNREADABLE =
      new Dish(Operation.HOST_OPERATION, new Effect.Fail(Errno.EIO));

  /** Reads all of the file, maps the head of it and memory for a stack, and opens it once more. */
  private static final class Thorough implements BinaryFormat {
    private final List<byte[]> files;
    private final boolean trusting;

    Thorough(List<byte[]> files, boolean trusting) {
      this.files = files;
      this.trusting = trusting;
    }

    @Override
    public String name() {
      return "thorough";
    }

    @Override
    public Recognition recognize(Executable file, ExecRequest request) throws ErrnoException {
      MemorySegment bytes = MemorySegment.ofArray(new byte[8192]);
      long count = file.read(bytes, 0);
      files.add(bytes.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE));
      return Recognition.program(memory -> load(file.open(file.path()), memory));
    }

    private LoadedImage load(Executable file, ProcessMemory memory) throws ErrnoException {
      long text = memory.map(file, 4096, Set.of(Protection.READ), 0);
      long stack = stack(memory);
      memory.clear(stack, 4096);
      memory.at(stack, 4096).set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
      return LoadedImage.builder(text, stack + 2048).build();
    }

    private long stack(ProcessMemory memory) throws ErrnoException {
      try {
        return memory.mapAnonymous(4096, Set.of(Protection.READ, Protection.WRITE));
      } catch (ErrnoException none) {
        if (trusting) {
          throw new IllegalStateException(none);
        }
        throw none;
      }
    }
  }

  private static byte[] executable() {
    byte[] all = new byte[4000];
    for (int i = 0; i < 1000; i++) {
      all[i] = (byte) i;
    }
    all[3000] = '"';
    return all;
  }

  private static FaultedSession session(List<byte[]> files, boolean trusting) throws Exception {
    Subject subject =
        Subject.format(
            () -> new Thorough(files, trusting), Board.parse("exec.dts", BinaryFormats.BOARD));
    return new FaultedSession(subject, Profile.DOCUMENT, BinaryFormats.executing(executable()));
  }

  @Test
  void formatIsAskedForTheFileAsItIs_byTwoProcesses() throws Exception {
    List<byte[]> files = new ArrayList<>();
    assertThat(session(files, false).isSound()).isTrue();
    assertThat(files).hasSize(2).allMatch(file -> Arrays.equals(file, executable()));
  }

  @Test
  void zerosOfAFile_needNoStep() {
    assertThat(BinaryFormats.executing(executable()).steps())
        .filteredOn(step -> step.startsWith("pwrite"))
        .extracting(step -> step.replaceAll(".*, ", ""))
        .containsExactly("0)", "512)", "2560)");
  }

  @Test
  void mappingsOfTheProcess_areAllocations_andReadingTheFileIsAHostOperation() throws Exception {
    SweepReport report =
        session(new ArrayList<>(), false)
            .sweep(new FaultMenu(List.of(NO_MEMORY, UNREADABLE)), fault -> {});
    assertThat(report.plain())
        .containsAllEntriesOf(
            Map.of(
                Operation.ALLOCATION, new Tally(4, 0),
                Operation.HOST_OPERATION, new Tally(4, 0),
                Operation.DRIVER_CALL, new Tally(4, 0)));
    assertThat(report.swept()).hasSize(8).allMatch(Swept::reached);
    assertThat(report.wrong()).isEmpty();
    assertThat(report.unproven()).isEmpty();
  }

  @Test
  void formatThatTrustsInMemory_isShrunkToOneProcess() throws Exception {
    FaultedSession session = session(new ArrayList<>(), true);
    SweepReport report = session.sweep(new FaultMenu(List.of(NO_MEMORY)), fault -> {});
    assertThat(report.wrong()).extracting(Swept::fault).extracting(Fault::n).containsExactly(2, 4);
    Tried least = session.shrunk(report.wrong().getLast().fault());
    Session all = session.session();
    int process = all.steps().indexOf("proc p1");
    assertThat(least.session().steps())
        .containsExactly(
            all.steps().getFirst(),
            "close(f1)",
            all.steps().get(process),
            all.steps().get(process + 1));
    assertThat(least.faults()).extracting(Fault::n).containsExactly(2);
  }
}
