package dev.nommu.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A step may state its result: a transcript is a scenario. */
class StatedResultsTest {
  private final ScriptedKernel kernel = new ScriptedKernel();

  private List<String> differences(String... lines) throws Exception {
    return kernel.run(lines).differences().stream()
        .map(d ->
            "%d: %s, not %s"
                .formatted(d.expected().number(), d.expected().text(), d.actual().text()))
        .toList();
  }

  @Test
  void resultAsStated_isNoDifference() throws Exception {
    kernel.answers.put("read", (_, _) -> new Answer.Data(new byte[] {'a', '#', 'b'}));
    assertThat(
            differences(
                "close(3) = 0  # the file",
                "x = close(3) = 0",
                "read(3, 9) = \"a#b\"   # with a sign in it",
                "proc b = 0",
                "b& sync() = (started)",
                "b: join = 0",
                "b: exit(3) = (exited 3)",
                "proc b = 0",
                "b: exit = (exited 0)"))
        .isEmpty();
  }

  @Test
  void otherResult_isTold() throws Exception {
    kernel.answers.put("close", (_, _) -> Answer.failed(Errno.EBADF));
    assertThat(differences("sync() = 0", "", "close(3) = 0", "sync() = 1"))
        .containsExactly(
            "3: close(3) = 0, not close(3) = -1 EBADF", "4: sync() = 1, not sync() = 0");
  }

  @Test
  void transcript_hasTheResultsThatThereWere() throws Exception {
    assertThat(kernel.run("sync() = 7", "x = sync() = x").lines())
        .containsExactly("sync() = 0", "x = sync() = 0");
  }

  @Test
  void linesOfAFile_areStatedBelowTheStep() throws Exception {
    kernel.answers.put(
        "cat", (_, arguments) -> new Answer.Lines(arguments.path(0), List.of("one", "", "two")));
    String[] scenario = {"cat(\"/f\") =", "    one", "", "    two", "", "sync() = 0"};
    assertThat(differences(scenario)).isEmpty();
    scenario[3] = "    three";
    assertThat(differences(scenario)).hasSize(1).first().asString().startsWith("1: cat(");
    assertThat(kernel.run(scenario).lines())
        .containsExactly("cat(\"/f\") =", "    one", "", "    two", "", "sync() = 0");
  }

  @Test
  void whatIsNotCompared_mayDiffer() throws Exception {
    kernel.answers.put("size", (_, _) -> new Answer.Size(10, 8));
    assertThat(differences("size(3) = 10 (16 blocks)")).isEmpty();
    assertThat(differences("size(3) = 11 (8 blocks)")).hasSize(1);
  }

  @Test
  void longText_isCompared() throws Exception {
    kernel.answers.put("read", (_, _) -> new Answer.Data(new byte[100_000]));
    assertThat(differences("read(3, 100000) = \"" + "\\0".repeat(100_000) + "\"")).isEmpty();
    assertThat(differences("read(3, 100000) = \"" + "\\0".repeat(99_999) + "\"")).hasSize(1);
  }

  @Test
  void startedAndBytes_areComparedByWhatTheyMean() throws Exception {
    kernel.answers.put("read", (_, _) -> new Answer.Data(new byte[] {8, 'x'}));
    assertThat(differences("proc b", "b& sync() = ...", "b: join", "read(3, 2) = \"\\010x\""))
        .isEmpty();
  }
}
