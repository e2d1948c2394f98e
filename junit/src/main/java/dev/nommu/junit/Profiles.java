package dev.nommu.junit;

import dev.nommu.api.Profile;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The profiles of a test class, whose methods are ordinary tests, or of one method, where this
 * replaces {@code @Test}. A parameter of type {@link Profile} receives the current one. Without
 * this annotation the profile is {@link Profile#DOCUMENT}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ClassTemplate
@TestTemplate
@ExtendWith(ProfileTemplates.class)
public @interface Profiles {
  /** Returns the profiles, in the order in which the tests are run; by default both. */
  Profile[] value() default {Profile.DOCUMENT, Profile.LINUX_6_12};
}
