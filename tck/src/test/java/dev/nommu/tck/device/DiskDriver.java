package dev.nommu.tck.device;

import dev.nommu.api.AddressRange;
import dev.nommu.api.BlockDevice;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Subject;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;

/**
 * A driver of {@code /dev/disk}, which a test makes.
 *
 * @param maker makes it
 */
record DiskDriver(Maker maker) implements DeviceDriver {
  private static final String BOARD =
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        disk@10000000 { compatible = "test,disk"; reg = <0x10000000 0x8000>; };
      };
      """;

  /** Makes the disk. */
  interface Maker {
    BlockDevice make(MemorySegment memory, long address);
  }

  /** Returns a subject whose disk is what the maker makes. */
  static Subject subject(Maker maker) {
    try {
      return Subject.driver(() -> new DiskDriver(maker), Board.parse("disk.dts", BOARD));
    } catch (BoardException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public Set<String> compatible() {
    return Set.of("test,disk");
  }

  @Override
  public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    AddressRange range = node.reg().getFirst();
    MemorySegment memory = context.claimMemory(range);
    for (long at = 0; at < memory.byteSize(); at++) {
      memory.set(ValueLayout.JAVA_BYTE, at, (byte) (at * 7 + at / 256));
    }
    context.registerBlockDevice("disk", maker.make(memory, range.start()));
  }
}
