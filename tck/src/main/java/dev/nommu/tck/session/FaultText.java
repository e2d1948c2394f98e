package dev.nommu.tck.session;

import dev.nommu.api.Errno;
import dev.nommu.tck.fault.Effect;
import dev.nommu.tck.fault.Effect.Damage;
import dev.nommu.tck.fault.Effect.Fail;
import dev.nommu.tck.fault.Effect.PowerLoss;
import dev.nommu.tck.fault.Effect.Shorten;
import dev.nommu.tck.fault.Effect.Tear;
import dev.nommu.tck.fault.Fault;
import dev.nommu.tck.fault.Operation;

/** The text of a fault in a capsule: {@code WRITE 3 ENOSPC}, {@code STORE 1 torn power loss}. */
final class FaultText {
  private static final String SHORTEN = "shorten";
  private static final String TEAR = "tear";
  private static final String LATE = "late";
  private static final String POWER_LOSS = "power loss";
  private static final String TORN_POWER_LOSS = "torn power loss";

  private FaultText() {}

  static String write(Fault fault) {
    return "%s %d %s".formatted(fault.what().name(), fault.n(), how(fault.how()));
  }

  private static String how(Effect effect) {
    return switch (effect) {
      case Fail(Errno errno) -> errno.name();
      case Shorten shorten -> SHORTEN;
      case Tear tear -> TEAR;
      case Effect.Late late -> LATE;
      case PowerLoss(Damage damage) -> damage == Damage.CLEAN ? POWER_LOSS : TORN_POWER_LOSS;
      case Effect.Delay delay ->
          throw new IllegalArgumentException("a call that a test holds cannot be in a capsule");
    };
  }

  /**
   * Parses this format.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  static Fault read(String text) {
    String[] parts = text.split(" ", 3);
    try {
      return new Fault(Operation.valueOf(parts[0]), Integer.parseInt(parts[1]), effect(parts[2]));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException wrong) {
      throw new IllegalArgumentException(
          "expected a fault such as WRITE 3 ENOSPC, found '%s'".formatted(text), wrong);
    }
  }

  private static Effect effect(String how) {
    return switch (how) {
      case SHORTEN -> new Shorten();
      case TEAR -> new Tear();
      case LATE -> new Effect.Late();
      case POWER_LOSS -> new PowerLoss(Damage.CLEAN);
      case TORN_POWER_LOSS -> new PowerLoss(Damage.TORN);
      default -> new Fail(Errno.valueOf(how));
    };
  }
}
