package dev.nommu.snippets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import com.google.inject.name.Names;
import com.google.inject.util.Modules;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.inject.KernelModule;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.time.SimulatedClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadmeTest {
  private static final int O_CREAT = 0100;

  @ParameterizedTest
  @CsvSource({
    "README.md, src/main/java/dev/nommu/snippets/GreetingDriver.java",
    "README.md, src/test/java/dev/nommu/snippets/GreetingContractTest.java",
    "README.md, greeting.dts",
    "docs/FIRST-DRIVER.md, src/test/java/dev/nommu/snippets/GreetingTest.java"
  })
  void page_showsTheExampleAsItIs(String page, String example) throws Exception {
    assertTrue(Files.readString(Path.of("..", page)).contains(Files.readString(Path.of(example))));
  }

  /** The transcript in the README has each line of the session, with a result behind it. */
  @Test
  void readme_showsTheTranscriptOfTheSession() throws Exception {
    String readme = Files.readString(Path.of("../README.md"));
    for (String call : Files.readAllLines(Path.of("../examples/session.txt"))) {
      assertTrue(readme.contains("\n" + call + " = "), call);
    }
  }

  @Test
  void boardsGuide_replacesPartsOfTheKernelWithGuice() throws Exception {
    Board board = Board.read(Path.of("greeting.dts"));
    Instant start = Instant.parse("2020-01-01T00:00:00Z");
    List<String> said = new CopyOnWriteArrayList<>();
    Kernel kernel =
        Guice.createInjector(
                Modules.override(new KernelModule())
                    .with(binder -> {
                      binder.bind(MachineClock.class).toProvider(() -> new SimulatedClock(start));
                      binder.bind(KernelLog.class).toProvider(() -> new KernelLog(said::add));
                      binder
                          .bind(DeviceDriver.class)
                          .annotatedWith(Names.named("greeting"))
                          .toProvider(() -> new OtherGreetingDriver());
                    }))
            .getInstance(Kernel.class);
    try (Machine machine = kernel.boot(board, Profile.LINUX_6_12)) {
      Task task = machine.init();
      int made = task.open("/tmp/f", O_CREAT, 0644);
      assertEquals(start, task.fstat(made).attributes().modified());
      assertEquals(start, machine.clock().instant());
      assertTrue(said.contains("/greeting@10000000: bound to other"));
    }
  }

  private static final class OtherGreetingDriver implements DeviceDriver {
    @Override
    public String name() {
      return "other";
    }

    @Override
    public Set<String> compatible() {
      return Set.of("example,greeting");
    }
  }
}
