package dev.nommu.junit;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import dev.nommu.api.Profile;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Contract;
import dev.nommu.tck.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * A contract as a test class: each rule is a separate test under each profile, named by its number
 * and sentence. A rule that does not apply to the plugin is skipped, with the reason.
 */
public abstract class PluginContract {
  /** Called by the contracts. */
  PluginContract() {}

  /**
   * Returns the contracts to test, such as one for each device.
   *
   * @throws BoardException if the machine lacks something that its board asks for
   */
  abstract List<Contract> contracts() throws BoardException;

  /**
   * Returns the board of {@link dev.nommu.junit.Board}, or else one generated for the plugin.
   *
   * @throws BoardException if it cannot be read or does not describe a machine
   */
  Board board(String made) throws BoardException {
    Optional<dev.nommu.junit.Board> given = findAnnotation(getClass(), dev.nommu.junit.Board.class);
    return given.isPresent()
        ? BoardSource.read(given.get().value(), getClass())
        : Board.parse(getClass().getSimpleName() + ".dts", made);
  }

  /** Returns the rules as tests. */
  @TestFactory
  final Stream<DynamicNode> contract() throws BoardException {
    List<Contract> contracts = contracts();
    return Stream.of(Profile.values())
        .map(profile ->
            DynamicContainer.dynamicContainer(
                profile.id(), contracts.stream().map(each -> tests(each, profile))));
  }

  private static DynamicNode tests(Contract contract, Profile profile) {
    return DynamicContainer.dynamicContainer(
        contract.title(),
        Stream.concat(
            Stream.of(
                DynamicTest.dynamicTest(
                    "boots with everything its board asks for", () -> boots(contract, profile))),
            contract.clauses().stream()
                .map(clause ->
                    DynamicTest.dynamicTest(
                        clause.name(), () -> holds(contract, clause, profile)))));
  }

  private static void boots(Contract contract, Profile profile) {
    List<String> failures = contract.whatDoesNotBoot(profile);
    if (!failures.isEmpty()) {
      throw new AssertionFailedError(String.join(System.lineSeparator(), failures));
    }
  }

  private static void holds(Contract contract, Clause clause, Profile profile) {
    switch (contract.judge(clause, profile)) {
      case Verdict.Held held -> {}
      case Verdict.Skipped(String reason) -> throw new TestAbortedException(reason);
      case Verdict.Broken broken -> throw new AssertionFailedError(broken.describe(clause));
    }
  }
}
