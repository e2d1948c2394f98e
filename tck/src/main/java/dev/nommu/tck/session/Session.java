package dev.nommu.tck.session;

import dev.nommu.scenario.Scenario;
import dev.nommu.scenario.ScenarioException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A list of calls, in the notation of scenarios. Immutable.
 *
 * @param steps one call each, without results, except those that a model knows
 */
public record Session(List<String> steps) {
  /** Makes the first draws of consecutive seeds differ. */
  private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

  private static final Pattern NAME = Pattern.compile("\\b[fmp]\\d+\\b");
  private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");
  private static final Pattern DEFINITION = Pattern.compile("([fm]\\d+) = .*|proc (p\\d+)");

  /** Takes an immutable copy. */
  public Session {
    steps = List.copyOf(steps);
  }

  /**
   * Returns the session with these steps.
   *
   * @param name its name in errors
   * @throws IllegalArgumentException if they are not a valid scenario
   */
  static Session parse(String name, List<String> steps) {
    Session session = new Session(steps);
    session.scenario(name);
    return session;
  }

  /**
   * Returns the session as a scenario.
   *
   * @throws IllegalArgumentException if it is not one
   */
  Scenario scenario() {
    return scenario("session");
  }

  private Scenario scenario(String name) {
    try {
      return Scenario.parse(name, toString());
    } catch (ScenarioException malformed) {
      throw new IllegalArgumentException(malformed.getMessage(), malformed);
    }
  }

  /**
   * Generates a session from a seed: a subset of all kinds of calls is enabled, and steps are drawn
   * from it by weight. The same arguments give the same session.
   *
   * @param targets the targets it uses
   * @param length the number of steps
   * @throws IllegalArgumentException without a file to open
   */
  public static Session generate(long seed, Targets targets, int length) {
    if (targets.opened().isEmpty()) {
      throw new IllegalArgumentException("session: expected files that it can open, found none");
    }
    Random random = new Random(seed * SPREAD);
    List<CallKind> menu = menu(random);
    Draft draft = new Draft(random, targets);
    List<String> steps = new ArrayList<>(directories(targets));
    CallKind.OPEN.maker().apply(draft).ifPresent(steps::add);
    while (steps.size() < length) {
      menu.get(random.nextInt(menu.size())).maker().apply(draft).ifPresent(steps::add);
    }
    return new Session(steps);
  }

  private static List<String> directories(Targets targets) {
    return targets.trees().stream()
        .flatMap(tree -> tree.made().stream())
        .map("mkdir(\"%s\", 0755)"::formatted)
        .toList();
  }

  /** Each kind repeated by its weight; all sessions open files. */
  private static List<CallKind> menu(Random random) {
    List<CallKind> menu =
        new ArrayList<>(Collections.nCopies(CallKind.OPEN.weight(), CallKind.OPEN));
    for (CallKind kind : CallKind.OTHERS) {
      if (random.nextBoolean()) {
        menu.addAll(Collections.nCopies(kind.weight(), kind));
      }
    }
    return menu;
  }

  /** Returns the session without some steps, and without those that need one of them. */
  Session without(int from, int to) {
    List<String> left = new ArrayList<>(steps.subList(0, from));
    left.addAll(steps.subList(to, steps.size()));
    Set<String> known = new HashSet<>();
    List<String> sound = new ArrayList<>();
    for (String step : left) {
      Optional<String> defined = definedBy(step);
      Set<String> used = names(step);
      defined.ifPresent(used::remove);
      if (known.containsAll(used)) {
        sound.add(step);
        defined.ifPresent(known::add);
      }
    }
    return new Session(sound);
  }

  private static Optional<String> definedBy(String step) {
    Matcher definition = DEFINITION.matcher(step);
    return definition.matches()
        ? Optional.ofNullable(definition.group(1)).or(() -> Optional.of(definition.group(2)))
        : Optional.empty();
  }

  private static Set<String> names(String step) {
    Set<String> names = new HashSet<>();
    NAME.matcher(TEXT.matcher(step).replaceAll(""))
        .results()
        .forEach(each -> names.add(each.group()));
    return names;
  }

  /** Returns the steps as the text of a scenario. */
  @Override
  public String toString() {
    return String.join("\n", steps) + "\n";
  }
}
