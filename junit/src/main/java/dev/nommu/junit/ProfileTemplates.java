package dev.nommu.junit;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import dev.nommu.api.Profile;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a class or a method once for each profile. */
public final class ProfileTemplates
    implements ClassTemplateInvocationContextProvider, TestTemplateInvocationContextProvider {
  /** Called by JUnit. */
  public ProfileTemplates() {}

  /** One run of a class. */
  private record ClassRun(Profile profile) implements ClassTemplateInvocationContext {
    @Override
    public String getDisplayName(int invocationIndex) {
      return profile.id();
    }

    @Override
    public void prepareInvocation(ExtensionContext context) {
      GivenProfile.put(profile, context);
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(new GivenProfile(profile));
    }
  }

  /** One run of a method. */
  private record MethodRun(Profile profile) implements TestTemplateInvocationContext {
    @Override
    public String getDisplayName(int invocationIndex) {
      return profile.id();
    }

    @Override
    public void prepareInvocation(ExtensionContext context) {
      GivenProfile.put(profile, context);
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(new GivenProfile(profile));
    }
  }

  private static Stream<Profile> profiles(AnnotatedElement annotated) {
    return findAnnotation(annotated, Profiles.class).stream()
        .flatMap(profiles -> Arrays.stream(profiles.value()));
  }

  @Override
  public boolean supportsClassTemplate(ExtensionContext context) {
    return findAnnotation(context.getRequiredTestClass(), Profiles.class).isPresent();
  }

  @Override
  public Stream<? extends ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(
      ExtensionContext context) {
    return profiles(context.getRequiredTestClass()).map(ClassRun::new);
  }

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return findAnnotation(context.getRequiredTestMethod(), Profiles.class).isPresent();
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    return profiles(context.getRequiredTestMethod()).map(MethodRun::new);
  }
}
