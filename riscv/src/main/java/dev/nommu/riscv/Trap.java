package dev.nommu.riscv;

import dev.nommu.api.Access;
import dev.nommu.api.AccessFault;
import dev.nommu.api.Stop;
import java.io.Serial;

/** An instruction that cannot retire. Has no stack trace, since programs may cause many. */
final class Trap extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Stop stop;

  Trap(Stop stop) {
    super(stop.toString(), null, false, false);
    this.stop = stop;
  }

  static Trap of(Access access, AccessFault fault) {
    return new Trap(new Stop.Fault(access, fault));
  }

  Stop stop() {
    return stop;
  }
}
