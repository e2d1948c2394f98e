package dev.nommu.junit;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import dev.nommu.api.Profile;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a scenario once for each profile. */
public final class ScenarioTemplates implements TestTemplateInvocationContextProvider {
  /** Called by JUnit. */
  public ScenarioTemplates() {}

  private record Run(Scenario scenario, Profile profile) implements TestTemplateInvocationContext {
    @Override
    public String getDisplayName(int invocationIndex) {
      return "%s, %s".formatted(TextSource.title(scenario.value()), profile.id());
    }

    @Override
    public void prepareInvocation(ExtensionContext context) {
      GivenProfile.put(profile, context);
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(new GivenProfile(profile), new ScenarioRun(scenario.value()));
    }
  }

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return findAnnotation(context.getRequiredTestMethod(), Scenario.class).isPresent();
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    Scenario scenario =
        findAnnotation(context.getRequiredTestMethod(), Scenario.class).orElseThrow();
    return Arrays.stream(scenario.profiles()).map(profile -> new Run(scenario, profile));
  }
}
