package dev.nommu.junit;

import dev.nommu.api.Profile;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Says under which profile a test runs.
 *
 * @param profile the profile
 */
record GivenProfile(Profile profile) implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(GivenProfile.class);

  /** Says under which profile the tests of a context run. */
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
