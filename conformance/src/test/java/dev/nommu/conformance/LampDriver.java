package dev.nommu.conformance;

import dev.nommu.api.ControllableFile;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.UserMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A plugin of somebody else's: {@code /dev/lamp} is controlled by ioctls of its own. */
public final class LampDriver implements DeviceDriver {
  static final int LAMP_GET = 0x80084c01;
  static final int LAMP_SET = 0x4c02;
  static final int LAMP_BROKEN = 0x4c03;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  @Override
  public String name() {
    return "lamp";
  }

  @Override
  public Set<String> compatible() {
    return Set.of("test,lamp");
  }

  @Override
  public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    Lamp lamp = new Lamp(new AtomicInteger());
    context.registerCharacterDevice("lamp", new DeviceNumber(241, 0), flags -> lamp);
  }

  private record Lamp(AtomicInteger brightness) implements ControllableFile, ReadableFile {
    @Override
    public long read(MemorySegment into, long position) {
      throw new IllegalStateException("it is dark");
    }

    @Override
    public long ioctl(int command, long argument, UserMemory memory) throws ErrnoException {
      return switch (command) {
        case LAMP_GET -> state(memory.at(argument, 2L * Integer.BYTES));
        case LAMP_SET -> brightness.getAndSet((int) argument);
        case LAMP_BROKEN -> throw new IllegalStateException("the lamp is broken");
        default -> throw new ErrnoException(Errno.ENOTTY, "lamp: unknown ioctl " + command);
      };
    }

    private long state(MemorySegment into) {
      into.set(INT, 0, brightness.get());
      into.set(INT, Integer.BYTES, brightness.get() == 0 ? 0 : 0xff);
      return 0;
    }
  }
}
