package dev.nommu.tck.fault;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Consent;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceWindow;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.WritableFile;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Subject;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A driver of {@code /dev/store}: 64 bytes in a page of RAM, and a window of registers beside it.
 *
 * @param open what a test makes of each file
 */
record Store(Function<Bytes, Bytes> open) implements DeviceDriver {
  static final int SIZE = 64;
  private static final String BOARD =
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        store@10000000 { compatible = "test,store"; reg = <0x10000000 0x1000>; };
      };
      """;

  static Subject subject(Function<Bytes, Bytes> open) throws BoardException {
    return Subject.driver(() -> new Store(open), Board.parse("store.dts", BOARD));
  }

  @Override
  public String name() {
    return "store";
  }

  @Override
  public Set<String> compatible() {
    return Set.of("test,store");
  }

  @Override
  public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    AddressRange range = node.reg().getFirst();
    MemorySegment registers = Arena.ofAuto().allocate(range.length());
    context.claim(range, new Registers(registers));
    long page = context.pages().allocatePage();
    MemorySegment memory = context.pages().memory(page, SIZE);
    context.registerCharacterDevice("store", flags -> open.apply(new Bytes(range, memory)));
  }

  /** Is never plain memory, so that each store is a call. */
  private record Registers(MemorySegment segment) implements DeviceWindow {
    @Override
    public Kind kind() {
      return Kind.REGISTERS;
    }

    @Override
    public long size() {
      return segment.byteSize();
    }

    @Override
    public Optional<MemorySegment> memory() {
      return Optional.empty();
    }

    @Override
    public long load(long offset, int width) {
      return DeviceWindow.of(segment).load(offset, width);
    }

    @Override
    public void store(long offset, int width, long value) {
      DeviceWindow.of(segment).store(offset, width, value);
    }
  }

  /** The file, whose registers can be mapped. */
  static class Bytes implements DirectlyMappableFile, ReadableFile, WritableFile {
    private final AddressRange range;
    private final MemorySegment memory;

    Bytes(AddressRange range, MemorySegment memory) {
      this.range = range;
      this.memory = memory;
    }

    Bytes(Bytes other) {
      this(other.range, other.memory);
    }

    @Override
    public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
      return Placement.within(range, request);
    }

    @Override
    public Consent mmap(MapRequest request, long address) {
      return Consent.ACCEPTED;
    }

    @Override
    public long read(MemorySegment into, long position) throws ErrnoException {
      long count = Math.clamp(SIZE - position, 0, into.byteSize());
      MemorySegment.copy(memory, Math.min(position, SIZE), into, 0, count);
      return count;
    }

    @Override
    public long write(MemorySegment from, long position) throws ErrnoException {
      long count = Math.clamp(SIZE - position, 0, from.byteSize());
      MemorySegment.copy(from, 0, memory, Math.min(position, SIZE), count);
      return count;
    }
  }
}
