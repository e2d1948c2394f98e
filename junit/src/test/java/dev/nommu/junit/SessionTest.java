package dev.nommu.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;

/** A scenario with results in it is a test. */
@Board("plain.dts")
final class SessionTest {
  @Scenario("session.txt")
  void session_ofAResource(Machine machine, Profile profile) {
    assertEquals(profile, machine.profile());
  }

  @Scenario(
      """
      fd = open("/f", O_RDWR|O_CREAT, 0644) = 3
      mmap(NULL, 0, PROT_READ, MAP_SHARED, fd, 0) = -1 EINVAL
      """)
  void session_ofATextBlock() {}
}
