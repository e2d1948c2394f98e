package dev.nommu.conformance;

import dev.nommu.api.AddressRange;
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
import dev.nommu.api.Placement;
import dev.nommu.api.UserMemory;
import dev.nommu.mtd.chip.ChipTime;
import dev.nommu.mtd.chip.NorBank;
import dev.nommu.mtd.chip.NorPart;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A wrong driver: {@code /dev/unpinned} is two Intel flash chips side by side that are mapped in
 * place and yet not kept in read mode. {@link #ERASE} starts an erasure and does not wait.
 */
public final class UnpinnedFlashDriver implements DeviceDriver {
  /** The ioctl that starts to erase the block at an offset. */
  static final int ERASE = 0x6e01;

  /** Where the chips are. */
  static final long START = 0x9000_0000L;

  /** Device tree source. */
  static final String NODE =
      "flash@90000000 { compatible = \"test,unpinned-flash\"; reg = <0x90000000 0x80000>; };";

  /** What is in every word. */
  static final String WORD = "NOR!";

  private static final int BUS_WIDTH = 4;
  private static final int CHIP_WIDTH = 2;
  private static final long ERASE_SETUP = 0x0020_0020L;
  private static final long CONFIRM = 0x00d0_00d0L;

  @Override
  public String name() {
    return "unpinned-flash";
  }

  @Override
  public Set<String> compatible() {
    return Set.of("test,unpinned-flash");
  }

  @Override
  public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    AddressRange range = node.reg().getFirst();
    MemorySegment memory = Arena.ofAuto().allocate(range.length());
    MemorySegment word = MemorySegment.ofArray(WORD.getBytes(StandardCharsets.US_ASCII));
    for (long at = 0; at < memory.byteSize(); at += BUS_WIDTH) {
      memory.asSlice(at, BUS_WIDTH).copyFrom(word);
    }
    ChipTime time = new ChipTime(context.clock());
    NorBank chips = new NorBank(NorPart.STRATAFLASH_J3, memory, BUS_WIDTH, CHIP_WIDTH, time);
    context.claim(range, chips);
    UnpinnedFile file = new UnpinnedFile(range, chips);
    context.registerCharacterDevice("unpinned", new DeviceNumber(240, 1), flags -> file);
  }

  private record UnpinnedFile(AddressRange range, NorBank chips)
      implements DirectlyMappableFile, ControllableFile {
    @Override
    public Placement getUnmappedArea(MapRequest request) {
      return Placement.at(range.start() + request.offset());
    }

    @Override
    public Consent mmap(MapRequest request, long address) {
      return Consent.ACCEPTED;
    }

    @Override
    public long ioctl(int command, long offset, UserMemory memory) throws ErrnoException {
      if (command != ERASE) {
        throw new ErrnoException(Errno.ENOTTY, "command 0x%x".formatted(command));
      }
      chips.store(offset, BUS_WIDTH, ERASE_SETUP);
      chips.store(offset, BUS_WIDTH, CONFIRM);
      return 0;
    }
  }
}
