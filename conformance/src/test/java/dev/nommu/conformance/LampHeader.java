package dev.nommu.conformance;

import dev.nommu.api.IoctlArgument.Field;
import dev.nommu.api.IoctlArgument.Structure;
import dev.nommu.api.IoctlCommand;
import dev.nommu.api.UapiHeader;
import java.util.List;
import java.util.Map;

/** The names of what {@link LampDriver} answers. */
public final class LampHeader implements UapiHeader {
  @Override
  public String name() {
    return "lamp.h";
  }

  @Override
  public Map<String, Long> constants() {
    return Map.of("LAMP_DIM", 40L);
  }

  @Override
  public List<IoctlCommand> ioctls() {
    Structure state = Structure.of(8, Field.u32("brightness", 0), Field.x32("colour", 4));
    return List.of(
        IoctlCommand.reading("LAMP_GET", LampDriver.LAMP_GET, state),
        IoctlCommand.named("LAMP_SET", LampDriver.LAMP_SET),
        IoctlCommand.named("LAMP_BROKEN", LampDriver.LAMP_BROKEN));
  }
}
