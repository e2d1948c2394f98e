package dev.nommu.cli.matrix;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.CharacterDevice;
import dev.nommu.api.Consent;
import dev.nommu.api.ControllableFile;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.MapRequest;
import dev.nommu.api.MappableFile;
import dev.nommu.api.Placement;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.UserMemory;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.Set;

/**
 * Devices that are wrong, each in its own way. They are there only on a board that has a node for
 * them.
 */
public final class WrongDriver implements DeviceDriver {
  /** The node of a board's source that makes the devices appear. */
  public static final String NODE = "wrong { compatible = \"acme,wrong\"; };\n";

  private static final int MAJOR = 240;

  /** Creates the driver. */
  public WrongDriver() {}

  @Override
  public String name() {
    return "wrong";
  }

  @Override
  public Set<String> compatible() {
    return Set.of("acme,wrong");
  }

  @Override
  public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    CharacterDevice busy =
        flags -> {
          throw new ErrnoException(Errno.EBUSY, "somebody has it");
        };
    context.registerCharacterDevice("busy", new DeviceNumber(MAJOR, 0), busy);
    context.registerCharacterDevice("liar", new DeviceNumber(MAJOR, 1), flags -> new Liar());
    context.registerCharacterDevice("mute", new DeviceNumber(MAJOR, 3), flags -> new Mute());
    context.registerCharacterDevice("broken", new DeviceNumber(MAJOR, 2), flags -> new Broken());
  }

  /** Says that its memory is where none is. */
  private static final class Liar implements DirectlyMappableFile {
    @Override
    public Placement getUnmappedArea(MapRequest request) {
      return Placement.at(0x1000);
    }

    @Override
    public Consent mmap(MapRequest request, long address) {
      return Consent.ACCEPTED;
    }
  }

  /** Cannot be read: one of its ways throws, the other says so. */
  private static final class Mute implements ReadableFile, ControllableFile {
    @Override
    public long read(MemorySegment into, long position) {
      throw new IllegalStateException("out of words");
    }

    @Override
    public long ioctl(int command, long argument, UserMemory memory) throws ErrnoException {
      throw new ErrnoException(Errno.EBUSY, "it thinks");
    }
  }

  /** Cannot even say what it offers. */
  private static final class Broken implements MappableFile {
    @Override
    public Optional<BackingDeviceInfo> backingDeviceInfo() {
      throw new IllegalStateException("out of order");
    }
  }
}
