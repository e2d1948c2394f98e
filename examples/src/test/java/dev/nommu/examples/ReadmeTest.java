package dev.nommu.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.util.Modules;
import dev.nommu.api.Profile;
import dev.nommu.kernel.KernelModule;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "src/main/java/dev/nommu/examples/GreetingDriver.java",
        "src/test/java/dev/nommu/examples/GreetingContractTest.java",
        "greeting.dts"
      })
  void readme_showsTheExampleAsItIs(String example) throws Exception {
    assertTrue(
        Files.readString(Path.of("../README.md")).contains(Files.readString(Path.of(example))));
  }

  /** The transcript in the README has each line of the session, with a result behind it. */
  @Test
  void readme_showsTheTranscriptOfTheSession() throws Exception {
    String readme = Files.readString(Path.of("../README.md"));
    for (String call : Files.readAllLines(Path.of("session.txt"))) {
      assertTrue(readme.contains("\n" + call + " = "), call);
    }
  }

  @Test
  void readme_replacesTheClockWithGuice() throws Exception {
    Board board = Board.read(Path.of("greeting.dts"));
    InstantSource clock = InstantSource.fixed(Instant.EPOCH);
    Injector injector =
        Guice.createInjector(
            Modules.override(new KernelModule(board, Profile.LINUX_6_12))
                .with(binder -> binder.bind(InstantSource.class).toInstance(clock)));
    try (Machine machine = injector.getInstance(Machine.class)) {
      int made = machine.init().open("/tmp/f", 0100, 0644);
      assertTrue(machine.init().fstat(made).attributes().modified().equals(Instant.EPOCH));
    }
  }
}
