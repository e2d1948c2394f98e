package org.example.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nommu.junit.Board;
import dev.nommu.junit.Guest;
import dev.nommu.junit.GuestProgram;
import dev.nommu.junit.GuestRun;
import dev.nommu.junit.Profiles;
import org.junit.jupiter.api.Test;

/** The driver as a program in C, compiled for Linux on RISC-V, uses it. */
@Board("board.dts")
@Profiles
class SensorProgramTest {
  @Test
  void program_loadsAndStoresRegisters(@GuestProgram("samples.c") Guest samples) throws Exception {
    GuestRun run = samples.run("/dev/sensor1").exitedWith(0);
    assertEquals("id 5e45\nsample 1\nsample 2\nsample 1 after reset\n", run.output());
    assertTrue(
        run.mappings().stream()
            .anyMatch(
                each -> each.startsWith("10001000-10002000 rw-S") && each.endsWith("/dev/sensor1")),
        () -> String.join("\n", run.mappings()));
  }

  @Test
  void deviceThatIsNotThere_isAnErrorOfTheProgram(@GuestProgram("samples.c") Guest samples)
      throws Exception {
    GuestRun run = samples.run("/dev/sensor2").exitedWith(1);
    assertEquals("/dev/sensor2: error 9\n", run.output());
  }
}
