package dev.nommu.junit;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import dev.nommu.api.Errno;
import dev.nommu.tck.fault.Effect;
import dev.nommu.tck.fault.Effect.Damage;
import dev.nommu.tck.fault.Fault;
import dev.nommu.tck.fault.FaultMenu;
import dev.nommu.tck.fault.FaultMenu.Dish;
import dev.nommu.tck.fault.Injection;
import dev.nommu.tck.fault.Operation;
import dev.nommu.tck.fault.SweepReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.opentest4j.AssertionFailedError;

/** Runs a method once without a fault and then once for each. */
public final class FaultTemplates implements TestTemplateInvocationContextProvider {
  /** Called by JUnit. */
  public FaultTemplates() {}

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return findAnnotation(context.getRequiredTestMethod(), EveryFault.class).isPresent();
  }

  /** The faults are known after the first run, and their outcome at the end. */
  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    Sweep sweep =
        new Sweep(findAnnotation(context.getRequiredTestMethod(), EveryFault.class).orElseThrow());
    return Stream.<Supplier<Stream<Run>>>of(
            () -> Stream.of(sweep.counting()), sweep::faulty, sweep::proof)
        .flatMap(Supplier::get)
        .map(TestTemplateInvocationContext.class::cast);
  }

  /** One run of a method. */
  private record Run(GivenFault given) implements TestTemplateInvocationContext {
    @Override
    public String getDisplayName(int invocationIndex) {
      return given.fault().map(Fault::toString).orElse("no fault");
    }

    @Override
    public void prepareInvocation(ExtensionContext context) {
      given.put(context);
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(given);
    }
  }

  /** The runs of one method. */
  private static final class Sweep {
    private final EveryFault wanted;
    private final Injection plain = new Injection();
    private final List<GivenFault> runs = new ArrayList<>();

    Sweep(EveryFault wanted) {
      this.wanted = wanted;
    }

    Run counting() {
      return new Run(new GivenFault(wanted.plugin(), Optional.empty(), plain));
    }

    Stream<Run> faulty() {
      for (Operation what : wanted.value()) {
        if (plain.tally(what).calls() == 0) {
          throw new AssertionFailedError(
              "@EveryFault: expected the test to lead to a call of the kind \"%s\" of %s, found none"
                  .formatted(what, wanted.plugin().getName()));
        }
      }
      return menu().faults(what -> plain.tally(what).calls()).stream().map(this::run);
    }

    private Run run(Fault fault) {
      GivenFault given = new GivenFault(wanted.plugin(), Optional.of(fault), new Injection(fault));
      runs.add(given);
      return new Run(given);
    }

    Stream<Run> proof() {
      List<String> unproven =
          new SweepReport(plain.tallies(), runs.stream().map(GivenFault::swept).toList())
              .unproven();
      if (!unproven.isEmpty()) {
        throw new AssertionFailedError(String.join(System.lineSeparator(), unproven));
      }
      return Stream.empty();
    }

    private FaultMenu menu() {
      return new FaultMenu(
          Arrays.stream(wanted.value())
              .flatMap(what -> effects().map(how -> new Dish(what, how)))
              .toList());
    }

    private Stream<Effect> effects() {
      return Arrays.stream(wanted.ways()).flatMap(way -> effects(way, wanted.errno()));
    }

    private static Stream<Effect> effects(EveryFault.Way way, Errno... errnos) {
      return switch (way) {
        case FAIL -> Arrays.stream(errnos).map(Effect.Fail::new);
        case SHORTEN -> Stream.of(new Effect.Shorten());
        case TEAR -> Stream.of(new Effect.Tear());
        case DELAY -> Stream.of(new Effect.Late());
        case POWER_LOSS -> Stream.of(new Effect.PowerLoss(Damage.CLEAN));
        case TORN_POWER_LOSS -> Stream.of(new Effect.PowerLoss(Damage.TORN));
      };
    }
  }
}
