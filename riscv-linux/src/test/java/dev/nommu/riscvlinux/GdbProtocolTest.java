package dev.nommu.riscvlinux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.LoadedImage;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Task;
import dev.nommu.riscvlinux.gdb.GdbServer;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.net.BindException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** gdb's commands and the replies, as specified in "GDB Remote Serial Protocol" of gdb's manual. */
@Timeout(60)
final class GdbProtocolTest {
  private static final String PC = "p20";

  @RegisterExtension final GuestMachine machine = new GuestMachine();

  private GdbServer server;

  @BeforeEach
  void listen() throws IOException {
    server = GdbServer.listen(machine.machine(), 0);
  }

  @AfterEach
  void end() {
    server.close();
  }

  private static String littleEndian(long value) {
    return HexFormat.of().toHexDigits(Long.reverseBytes(value));
  }

  private static LoadedImage imageOf(Task program) {
    return program.memoryMap().image().orElseThrow();
  }

  @Test
  void program_stopsBeforeItsFirstInstruction() throws Exception {
    Task program = machine.start("hello");
    try (GdbClient gdb = new GdbClient(server)) {
      assertThat(gdb.ask("?")).isEqualTo("T05thread:%x;".formatted(program.tid()));
      assertThat(gdb.ask(PC)).isEqualTo(littleEndian(imageOf(program).entry()));
      assertThat(gdb.ask("p2")).isEqualTo(littleEndian(imageOf(program).stackPointer()));
      assertThat(gdb.ask("qfThreadInfo")).isEqualTo("m%x".formatted(program.tid()));
      assertThat(machine.output()).isEmpty();
      assertThat(gdb.ask("vCont;c")).isEqualTo("W2a");
    }
    assertThat(program.join()).isEqualTo(new WaitStatus.Exited(42));
  }

  @Test
  void gdbThatIsThereFirst_waitsForTheProgram() throws Exception {
    try (GdbClient gdb = new GdbClient(server)) {
      gdb.send("?");
      Task program = machine.start("hello");
      assertThat(gdb.answer()).isEqualTo("T05thread:%x;".formatted(program.tid()));
      assertThat(gdb.ask("D")).isEqualTo("OK");
      assertThat(program.join()).isEqualTo(new WaitStatus.Exited(42));
    }
  }

  @Test
  void breakpoint_changesNoMemory_andAStepGoesOneInstruction() throws Exception {
    Task program = machine.start("hello");
    try (GdbClient gdb = new GdbClient(server)) {
      gdb.ask("?");
      long entry = imageOf(program).entry();
      String code = gdb.ask("m%x,8".formatted(entry));
      assertThat(gdb.ask("Z0,%x,4".formatted(entry))).isEqualTo("OK");
      assertThat(gdb.ask("m%x,8".formatted(entry))).isEqualTo(code);
      byte[] stored = machine.machine().memory().at(entry, 8).toArray(ValueLayout.JAVA_BYTE);
      assertThat(HexFormat.of().formatHex(stored)).isEqualTo(code);
      assertThat(gdb.ask("vCont;c")).as("a breakpoint at the pc is hit").startsWith("T05");
      assertThat(gdb.ask(PC)).isEqualTo(littleEndian(entry));
      assertThat(gdb.ask("z0,%x,4".formatted(entry))).isEqualTo("OK");
      assertThat(gdb.ask("vCont;s:%x".formatted(program.tid()))).startsWith("T05");
      assertThat(gdb.ask(PC)).isEqualTo(littleEndian(entry + 4));
      assertThat(gdb.ask("vCont;c")).isEqualTo("W2a");
    }
  }

  @Test
  void endlessLoop_isInterrupted_andKilled() throws Exception {
    Task program = machine.start("spin");
    try (GdbClient gdb = new GdbClient(server)) {
      gdb.ask("?");
      gdb.send("vCont;c");
      gdb.raw("\003");
      assertThat(gdb.answer()).isEqualTo("T02thread:%x;".formatted(program.tid()));
      assertThat(gdb.ask("vKill;2")).isEqualTo("OK");
    }
    assertThat(program.join()).isEqualTo(new WaitStatus.Signaled(Signal.SIGKILL));
  }

  @RepeatedTest(10)
  void programThatGdbKills_executesNothingMore() throws Exception {
    Task program = machine.start("hello");
    try (GdbClient gdb = new GdbClient(server)) {
      gdb.ask("?");
      gdb.send("k");
      assertThat(program.join()).isEqualTo(new WaitStatus.Signaled(Signal.SIGKILL));
    }
    assertThat(machine.output()).isEmpty();
  }

  @Test
  void stoppedProgram_isKilledFromOutside() throws Exception {
    Task program = machine.start("spin");
    try (GdbClient gdb = new GdbClient(server)) {
      gdb.ask("?");
      machine.machine().init().processes().kill(program.pid(), Signal.SIGKILL);
      assertThat(program.join()).isEqualTo(new WaitStatus.Signaled(Signal.SIGKILL));
      assertThat(gdb.ask("?")).isEqualTo("X09");
    }
  }

  @Test
  void childrenAndThreads_runAsWithoutADebugger() throws Exception {
    Task program = machine.start("processes");
    try (GdbClient gdb = new GdbClient(server)) {
      gdb.ask("?");
      assertThat(gdb.ask("vCont;c")).isEqualTo("W00");
    }
    program.join();
    assertThat(machine.output()).contains("shared memory = 77", "counted = 80000");
  }

  @Test
  void fault_isToldBeforeItsHandlerRuns() throws Exception {
    Task program = machine.start("signals");
    try (GdbClient gdb = new GdbClient(server)) {
      gdb.ask("?");
      assertThat(gdb.ask("vCont;c")).as("a store to nowhere").startsWith("T0b");
      assertThat(machine.output()).doesNotContain("address = 16");
      assertThat(gdb.ask("vCont;C0b:%x;c".formatted(program.tid())))
          .as("a load from nowhere")
          .startsWith("T0b");
      assertThat(machine.output()).contains("address = 16", "store to nowhere: signal 11");
    }
  }

  @Test
  void secondGdb_isSentAway() throws Exception {
    machine.start("spin");
    try (GdbClient first = new GdbClient(server)) {
      first.ask("?");
      try (GdbClient second = new GdbClient(server)) {
        assertThat(second.next()).isNegative();
      }
      assertThat(first.ask("?")).startsWith("T05");
    }
  }

  @Test
  void gdbThatGoesWithoutDetaching_leavesTheProgramForAnother() throws Exception {
    Task program = machine.start("hello");
    try (GdbClient first = new GdbClient(server)) {
      first.ask("?");
      first.ask("vCont;s:%x".formatted(program.tid()));
    }
    assertThat(askAgain(PC)).isEqualTo(littleEndian(imageOf(program).entry() + 4));
    assertThat(program.status()).isEmpty();
  }

  /** The server may not have noticed yet that the first one has disconnected. */
  private String askAgain(String what) throws IOException {
    while (true) {
      try (GdbClient second = new GdbClient(server)) {
        return second.ask(what);
      } catch (IOException sentAway) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void gdbThatComesWhileTheProgramRuns_stopsIt() throws Exception {
    Task program = machine.start("spin");
    try (GdbClient first = new GdbClient(server)) {
      first.ask("?");
      first.send("vCont;c");
    }
    assertThat(askAgain("?")).isEqualTo("T02thread:%x;".formatted(program.tid()));
  }

  @Test
  void brokenPacket_isAskedForAgain() throws Exception {
    machine.start("spin");
    try (GdbClient gdb = new GdbClient(server)) {
      gdb.raw("noise$?#00");
      assertThat(gdb.next()).isEqualTo('-');
      assertThat(gdb.ask("?")).startsWith("T05");
      gdb.raw("-");
      assertThat(gdb.answer()).as("sent again").startsWith("T05");
      assertThat(gdb.ask("QStartNoAckMode")).isEqualTo("OK");
      gdb.send("qAttached");
      assertThat(gdb.next()).as("no + before it").isEqualTo('$');
    }
  }

  @Test
  void whatCannotBeDone_isAnErrorOfItsKind() throws Exception {
    Task program = machine.start("spin");
    long entry = 0;
    try (GdbClient gdb = new GdbClient(server)) {
      gdb.ask("?");
      entry = imageOf(program).entry();
      for (String malformed :
          List.of("m10", "mzz,4", "p41", "pffff", "M%x,4:00", "G00", "vCont;x")) {
        assertThat(gdb.ask(malformed.formatted(entry))).as(malformed).isEqualTo("E16");
      }
      assertThat(gdb.ask("m10,4")).as("no memory").isEqualTo("E0e");
      assertThat(gdb.ask("M10,1:00")).as("no memory").isEqualTo("E0e");
      assertThat(gdb.ask("T7f")).as("no thread").isEqualTo("E03");
      assertThat(gdb.ask("Hg7f")).as("no thread").isEqualTo("E03");
      assertThat(gdb.ask("vUnknown")).as("not known").isEmpty();
      assertThat(gdb.ask("Z4,%x,4".formatted(entry))).as("not known").isEmpty();
    }
  }

  @Test
  void registersAndMemory_areWritten() throws Exception {
    Task program = machine.start("spin");
    try (GdbClient gdb = new GdbClient(server)) {
      gdb.ask("?");
      String all = gdb.ask("g");
      assertThat(all).hasSize(2 * (33 * 8 + 32 * 8 + 3 * 4));
      assertThat(gdb.ask("P5=" + littleEndian(0x1234))).isEqualTo("OK");
      String changed = gdb.ask("g");
      assertThat(changed.substring(2 * 8 * 5, 2 * 8 * 6)).isEqualTo(littleEndian(0x1234));
      assertThat(gdb.ask("G" + all)).isEqualTo("OK");
      assertThat(gdb.ask("g")).isEqualTo(all);
      long stack = imageOf(program).stackPointer() - 16;
      assertThat(gdb.ask("M%x,3:010203".formatted(stack))).isEqualTo("OK");
      assertThat(gdb.ask("X%x,2:}\003}]".formatted(stack + 3))).isEqualTo("OK");
      assertThat(gdb.ask("m%x,5".formatted(stack))).isEqualTo("010203237d");
    }
  }

  @Test
  void takenPort_isRefused() {
    assertThatThrownBy(() -> GdbServer.listen(machine.machine(), server.port()))
        .isInstanceOf(BindException.class);
  }
}
