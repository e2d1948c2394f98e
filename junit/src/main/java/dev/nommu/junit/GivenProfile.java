package dev.nommu.junit;

import dev.nommu.api.Profile;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The profile of a test.
 *
 * @param profile the profile
 */
record GivenProfile(Profile profile) implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(GivenProfile.class);

  /** Sets the profile of the tests of a context. */
  static void put(Profile profile, ExtensionContext context) {
    context.getStore(NAMESPACE).put(Profile.class, profile);
  }

  /** Returns the profile of a test. */
  static Profile of(ExtensionContext context) {
    return context.getStore(NAMESPACE).getOrDefault(Profile.class, Profile.class, Profile.DOCUMENT);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Profile.class;
  }

  @Override
  public Profile resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return profile;
  }
}
