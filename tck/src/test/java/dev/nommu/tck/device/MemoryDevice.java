package dev.nommu.tck.device;

import dev.nommu.api.AddressRange;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.OpenFile;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Subject;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;

/**
 * A driver of {@code /dev/memory}, whose files a test makes.
 *
 * @param maker makes them
 */
record MemoryDevice(Maker maker) implements DeviceDriver {
  private static final String BOARD =
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        memory@10000000 { compatible = "test,memory"; reg = <0x10000000 0x4000>; };
      };
      """;

  /** Makes a file of the device. */
  interface Maker {
    OpenFile make(AddressRange range, MemorySegment memory, DeviceContext context)
        throws ErrnoException;
  }

  /** Returns a subject whose files are what the maker makes. */
  static Subject subject(Maker maker) {
    return Subject.driver(() -> new MemoryDevice(maker), board());
  }

  /** Returns a board that has what the driver drives. */
  static Board board() {
    try {
      return Board.parse("memory.dts", BOARD);
    } catch (BoardException impossible) {
      throw new AssertionError(impossible);
    }
  }

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
    AddressRange range = node.reg().getFirst();
    MemorySegment memory = context.claimMemory(range);
    for (long at = 0; at < memory.byteSize(); at++) {
      memory.set(ValueLayout.JAVA_BYTE, at, (byte) (at * 7 + at / 256));
    }
    context.registerCharacterDevice("memory", flags -> maker.make(range, memory, context));
  }
}
