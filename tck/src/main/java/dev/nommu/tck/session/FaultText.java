package dev.nommu.tck.session;

import com.google.gson.JsonObject;
import dev.nommu.api.Errno;
import dev.nommu.tck.fault.Effect;
import dev.nommu.tck.fault.Effect.Damage;
import dev.nommu.tck.fault.Effect.Fail;
import dev.nommu.tck.fault.Effect.PowerLoss;
import dev.nommu.tck.fault.Effect.Shorten;
import dev.nommu.tck.fault.Effect.Tear;
import dev.nommu.tck.fault.Fault;
import dev.nommu.tck.fault.Operation;

/** A fault as a capsule has it. */
final class FaultText {
  private static final String SHORTEN = "shorten";
  private static final String TEAR = "tear";
  private static final String LATE = "late";
  private static final String POWER_LOSS = "power loss";
  private static final String TORN_POWER_LOSS = "torn power loss";

  private FaultText() {}

  static JsonObject write(Fault fault) {
    JsonObject object = new JsonObject();
    object.addProperty("what", fault.what().name());
    object.addProperty("n", fault.n());
    object.addProperty("how", how(fault.how()));
    return object;
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

  static Fault read(JsonObject object) {
    return new Fault(
        Operation.valueOf(Capsule.member(object, "what").getAsString()),
        Capsule.member(object, "n").getAsInt(),
        effect(Capsule.member(object, "how").getAsString()));
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
