package dev.nommu.tck.device;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Subject;
import java.util.Set;

/**
 * A driver of {@code /dev/mtd0}, whose flash a test makes.
 *
 * @param maker makes it
 */
record MtdDevice(Maker maker) implements DeviceDriver {
  private static final String BOARD =
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        flash { compatible = "test,flash"; };
      };
      """;

  /** Makes the flash. */
  interface Maker {
    MemoryFlash make();
  }

  /** Returns a subject whose flash is what the maker makes. */
  static Subject subject(Maker maker) {
    return Subject.driver(() -> new MtdDevice(maker), board());
  }

  /** Returns a board that has what the driver drives. */
  static Board board() {
    try {
      return Board.parse("flash.dts", BOARD);
    } catch (BoardException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Override
  public String name() {
    return "flash";
  }

  @Override
  public Set<String> compatible() {
    return Set.of("test,flash");
  }

  @Override
  public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    MemoryFlash flash = maker.make();
    context.registerCharacterDevice("mtd0", new DeviceNumber(90, 0), flags -> open(flash, flags));
    context.registerStore("mtd:flash", new DeviceNumber(31, 0), flash.store());
  }

  private static MemoryFlash.File open(MemoryFlash flash, OpenFlags flags) throws ErrnoException {
    if (flags.writes() && !flash.isOpenedForWriting()) {
      throw new ErrnoException(Errno.EACCES, "read-only");
    }
    return new MemoryFlash.File(flash, flags.writes());
  }
}
