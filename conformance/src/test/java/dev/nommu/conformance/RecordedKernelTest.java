package dev.nommu.conformance;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.nommu.api.Profile;
import dev.nommu.kernel.board.Board;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Every recorded scenario, call for call. */
@TestInstance(Lifecycle.PER_CLASS)
final class RecordedKernelTest {
  /** Answers of a kernel whose defect was repaired: they hold for the other profile. */
  static final String REPAIRED = "57-sysv-shm-fixed";

  /** Scenarios that cannot be equal under linux-6.12, each with its reason. */
  private static final Map<String, String> NOT_EQUAL =
      Map.of(REPAIRED, "recorded with shmat repaired: holds for the profile document");

  private Board board;

  @BeforeAll
  void readBoard() throws Exception {
    board = RecordedScenario.board();
  }

  @TestFactory
  Stream<DynamicTest> scenario_onLinux612_isAnsweredAsRecorded() {
    return RecordedScenario.in("scenarios").stream().map(this::test);
  }

  @TestFactory
  Stream<DynamicTest> generatedScenario_onLinux612_isAnsweredAsRecorded() {
    return RecordedScenario.in("random").stream().map(this::test);
  }

  private DynamicTest test(RecordedScenario scenario) {
    return dynamicTest(
        scenario.name(),
        () -> {
          if (NOT_EQUAL.containsKey(scenario.name())) {
            abort(NOT_EQUAL.get(scenario.name()));
          }
          scenario.assertEqual(board, Profile.LINUX_6_12);
        });
  }

  @Test
  void repairedSharedMemory_onDocument_isAnsweredAsRecorded() throws Exception {
    RecordedScenario repaired =
        RecordedScenario.in("scenarios").stream()
            .filter(scenario -> scenario.name().equals(REPAIRED))
            .findFirst()
            .orElseThrow();
    repaired.assertEqual(board, Profile.DOCUMENT);
  }
}
