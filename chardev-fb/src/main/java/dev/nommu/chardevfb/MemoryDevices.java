package dev.nommu.chardevfb;

import dev.nommu.api.CharacterDevice;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DeviceRegion;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import java.util.Set;

/**
 * The memory devices of major number 1, as in Linux's {@code drivers/char/mem.c}: {@code mem}
 * (1:1), {@code null} (1:3), {@code zero} (1:5), {@code full} (1:7), {@code random} (1:8) and
 * {@code urandom} (1:9). No node describes them; every machine has them.
 *
 * <p>{@code random} and {@code urandom} are <em>not</em> random: a machine gives the same results
 * in every run, so both return one fixed sequence (see {@link FixedSequence}). Never derive secrets
 * from it.
 *
 * <p>Rules CHR-01 to CHR-07 and CHR-09; {@code /dev/kmem} (CHR-08) was removed before Linux 6.12
 * and does not exist here.
 */
public final class MemoryDevices implements DeviceDriver {
  /** A device that all users may read and write. */
  private record Shared(CharacterDevice device) implements CharacterDevice {
    @Override
    public OpenFile open(OpenFlags flags) throws ErrnoException {
      return device.open(flags);
    }

    @Override
    public int permissions() {
      return 0666;
    }
  }

  private static final int MAJOR = 1;
  private static final int MINORS = 256;

  /** Called by the kernel, once for each machine. */
  public MemoryDevices() {}

  /** Returns {@code "mem"}. */
  @Override
  public String name() {
    return "mem";
  }

  /** Returns an empty set: no node describes these devices. */
  @Override
  public Set<String> compatible() {
    return Set.of();
  }

  /**
   * Registers the six devices.
   *
   * @throws ErrnoException EBUSY if a name or number is taken
   */
  @Override
  public void init(DeviceContext context) throws ErrnoException {
    context.registerRegion(
        new DeviceRegion(
            DeviceFile.Kind.CHARACTER, name(), new DeviceNumber(MAJOR, 0), MINORS, Errno.ENXIO));
    FixedSequence sequence = new FixedSequence();
    PhysicalMemoryFile memory =
        new PhysicalMemoryFile(context.physicalMemory(), context.endOfRam());
    register(context, "mem", 1, flags -> memory);
    register(context, "null", 3, new Shared(flags -> new NullFile()));
    register(context, "zero", 5, new Shared(flags -> new ZeroFile()));
    register(context, "full", 7, new Shared(flags -> new FullFile()));
    register(context, "random", 8, new Shared(flags -> new RandomFile(sequence)));
    register(context, "urandom", 9, new Shared(flags -> new RandomFile(sequence)));
  }

  private static void register(
      DeviceContext context, String name, int minor, CharacterDevice device) throws ErrnoException {
    context.registerCharacterDevice(name, new DeviceNumber(MAJOR, minor), device);
  }
}
