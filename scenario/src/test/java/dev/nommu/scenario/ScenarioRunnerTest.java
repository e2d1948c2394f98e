package dev.nommu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.Errno;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ScenarioRunnerTest {
  private final ScriptedKernel kernel = new ScriptedKernel();

  private void answer(String call, Answer answer) {
    kernel.answers.put(call, (_, _) -> answer);
  }

  @Test
  void failedCall_leavesItsNegativeErrorNumber() throws Exception {
    answer("mmap", Answer.failed(Errno.ENOMEM));
    assertThat(kernel.run("a = mmap(0, 1, 0, 0, -1, 0)", "munmap(a+4096, 1)").lines())
        .containsExactly("a = mmap(0, 1, 0, 0, -1, 0) = -1 ENOMEM", "munmap(a+4096, 1) = 0");
    assertThat(kernel.events).endsWith("0: munmap[4084, 1]");
  }

  @Test
  void errorWithoutAName_isWrittenAsANumber() throws Exception {
    answer("sync", new Answer.Returned(-4095));
    assertThat(kernel.run("sync()").lines()).containsExactly("sync() = -1 errno 4095");
  }

  @Test
  void variable_keepsWhatAnAnswerIsWorth() throws Exception {
    answer("read", new Answer.Data(new byte[5]));
    answer("size", new Answer.Size(8192, 16));
    answer("peek", new Answer.Faulted("SIGSEGV"));
    kernel.run("a = read(3, 9)", "b = size(3)", "c = peek(0, 1)", "munmap(a, b)", "close(c)");
    assertThat(kernel.events).endsWith("0: munmap[5, 8192]", "0: close[-14]");
  }

  @Test
  void steps_areMadeInTheirProcess() throws Exception {
    assertThat(kernel.run("proc b", "b: sync()", "b: exit(259)").lines())
        .containsExactly("proc b = 0", "b: sync() = 0", "b: exit(259) = (exited 3)");
    assertThat(kernel.events).containsExactly("spawn 1", "1: sync[]", "1: exit 259");
  }

  @Test
  void startedStep_isWaitedForByJoin() throws Exception {
    answer("futex", new Answer.Returned(7));
    assertThat(
            kernel
                .run("proc b", "b& x = futex(0, FUTEX_WAIT, 0)", "sync()", "b: join", "close(x)")
                .lines())
        .containsExactly(
            "proc b = 0",
            "b& x = futex(0, FUTEX_WAIT, 0) = (started)",
            "sync() = 0",
            "b: join = 7",
            "close(x) = 0");
    assertThat(kernel.events)
        .containsExactly("spawn 1", "1: start", "0: sync[]", "1: futex[0, 0, 0]", "0: close[7]");
  }

  @Test
  void startedMapping_getsItsNameWhenItIsWaitedFor() throws Exception {
    kernel.mapping(4096, 0x80000000L);
    String mmap = "mmap(0, 1, 0, 0, -1, 0)";
    assertThat(kernel.run("proc b", "b& x = " + mmap, "b: join").lines()).endsWith("b: join = x");
  }

  @Test
  void joinThatTakesTooLong_endsTheRun() {
    kernel.finishes = false;
    assertThatThrownBy(() -> kernel.run("proc b", "b& futex(0, FUTEX_WAIT, 0)", "b: join"))
        .isInstanceOf(ScenarioException.class)
        .hasMessage(
            "test.txt:3:1: expected a step that ends within 10 s, found that the step of b is still"
                + " waiting");
    assertThat(kernel.waitedFor).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void heap_isCountedFromItsFirstEndInEachProcess() throws Exception {
    kernel.answers.put(
        "brk",
        (process, arguments) ->
            new Answer.Heap(0x80000010L + 0x10000L * process.number + arguments.number(0)));
    assertThat(kernel.run("brk(0)", "brk(8)", "proc b", "b: brk(0)").lines())
        .containsExactly("brk(0) = brk0", "brk(8) = brk0+0x8", "proc b = 0", "b: brk(0) = brk0");
  }

  @Test
  void pages_areWrittenWithTheirSign() throws Exception {
    answer("mmapcopy", new Answer.Pages(-3));
    assertThat(kernel.run("mmapcopy()").lines()).containsExactly("mmapcopy() = -3 pages");
  }

  @Test
  void fileWithoutLines_isEmpty() throws Exception {
    answer("grep", new Answer.Lines("/proc/maps", List.of()));
    assertThat(kernel.run("grep(\"/proc/maps\", \"x\")").lines())
        .containsExactly("grep(\"/proc/maps\", \"x\") = (empty)");
  }

  @Test
  void progress_isToldEachLineAsSoonAsItIsKnown() throws Exception {
    List<String> told = new ArrayList<>();
    kernel.answers.put("sync", (_, _) -> new Answer.Returned(told.size()));
    Scenario scenario = Scenario.parse("x", "# a\nsync()\nsync()\n");
    Transcript transcript = new ScenarioRunner(scenario, kernel).run(told::add);
    assertThat(told).containsExactly("# a", "sync() = 1", "sync() = 2");
    assertThat(transcript.lines()).isEqualTo(told);
    assertThat(transcript).hasToString("# a\nsync() = 1\nsync() = 2\n");
  }

  @Test
  void stepThatWaitsForEver_isAnErrorAndTheThreadIsNotInterruptedAfterwards() throws Exception {
    kernel.answers.put(
        "futex",
        (_, _) -> {
          while (!Thread.currentThread().isInterrupted()) {
            LockSupport.park();
          }
          return Answer.failed(Errno.EINTR);
        });
    Scenario scenario = Scenario.parse("test.txt", "sync()\nfutex(0, FUTEX_WAIT, 0)\nsync()");
    ScenarioRunner runner = new ScenarioRunner(scenario, kernel, Duration.ofMillis(20));
    assertThatThrownBy(() -> runner.run(_ -> {}))
        .isInstanceOf(ScenarioException.class)
        .hasMessage(
            "test.txt:2:1: expected a step that ends within 10 s, found that it is still waiting");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(kernel.events).hasSize(2);
  }
}
