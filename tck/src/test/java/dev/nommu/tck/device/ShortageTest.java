package dev.nommu.tck.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.Profile;
import dev.nommu.tck.Contract;
import dev.nommu.tck.Subject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Only a driver that fails with ENOMEM lacks memory on a small machine. */
final class ShortageTest {
  private static final long PAGES_OF_A_SMALL_MACHINE = 256;

  /** Needs more pages than a small machine has. */
  private record Needing(Errno errno, String message) implements DeviceDriver {
    @Override
    public String name() {
      return "memory";
    }

    @Override
    public Set<String> compatible() {
      return Set.of("test,memory");
    }

    @Override
    public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
      try {
        context.pages().allocateRun(2 * PAGES_OF_A_SMALL_MACHINE);
      } catch (ErrnoException refused) {
        throw new ErrnoException(errno, message);
      }
    }
  }

  private static List<String> whatDoesNotBoot(Errno errno, String message) {
    Subject subject = Subject.driver(() -> new Needing(errno, message), MemoryDevice.board());
    return new Contract("test", subject, List.of()).whatDoesNotBoot(Profile.DOCUMENT);
  }

  @Test
  void enomemOfADriver_isNoFaultOnASmallMachine() {
    assertThat(whatDoesNotBoot(Errno.ENOMEM, "no room")).isEmpty();
  }

  @Test
  void otherError_isAFault_whateverItsMessageSays() {
    assertThat(whatDoesNotBoot(Errno.EIO, "not ENOMEM")).hasSize(4);
  }
}
