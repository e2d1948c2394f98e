package dev.nommu.junit;

import dev.nommu.scenario.MachinePort;
import dev.nommu.scenario.ScenarioException;
import dev.nommu.scenario.ScenarioRunner;
import dev.nommu.scenario.Transcript;
import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;

/**
 * Runs a scenario on the machine of a test.
 *
 * @param given the annotation
 */
record ScenarioRun(String given) implements BeforeTestExecutionCallback {
  @Override
  public void beforeTestExecution(ExtensionContext context)
      throws IOException, ScenarioException, InterruptedException {
    TextSource source = TextSource.of(given, "@Scenario", context.getRequiredTestClass());
    var scenario = dev.nommu.scenario.Scenario.parse(source.name(), source.text());
    MachinePort machine = new MachinePort(MachineExtension.machineOf(context));
    Transcript transcript = new ScenarioRunner(scenario, machine).run(line -> {});
    if (!transcript.differences().isEmpty()) {
      throw new AssertionFailedError(
          transcript.differences().stream()
              .map(difference -> source.name() + ": " + difference)
              .collect(Collectors.joining(System.lineSeparator())),
          source.text(),
          transcript.toString());
    }
  }
}
