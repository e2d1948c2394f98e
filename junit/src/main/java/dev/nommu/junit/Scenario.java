package dev.nommu.junit;

import dev.nommu.api.Profile;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that runs a scenario on the machine of its {@link Board} before the method itself, which
 * may be empty. It fails if an answer of the machine differs from the scenario. This replaces
 * {@code @Test}.
 *
 * {@snippet :
 * @Board("board.dts")
 * final class SessionTest {
 *   @Scenario("session.txt")
 *   void session() {}
 * }
 * }
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@TestTemplate
@ExtendWith(ScenarioTemplates.class)
public @interface Scenario {
  /**
   * Returns the name of the scenario, a file or else a resource next to the class; or its text, if
   * it has more than one line.
   */
  String value();

  /** Returns the profiles under which it runs; by default both. */
  Profile[] profiles() default {Profile.DOCUMENT, Profile.LINUX_6_12};
}
