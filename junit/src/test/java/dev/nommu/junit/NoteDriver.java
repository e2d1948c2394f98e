package dev.nommu.junit;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.WritableFile;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/** {@code /dev/note}: eight bytes in each of two pages, of which the second is read. */
class NoteDriver implements DeviceDriver {
  static final String BOARD =
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        note@10000000 { compatible = "test,note"; reg = <0x10000000 0x1000>; };
      };
      """;
  private static final int SIZE = 8;

  @Override
  public String name() {
    return "note";
  }

  @Override
  public Set<String> compatible() {
    return Set.of("test,note");
  }

  @Override
  public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    context.pages().allocatePage();
    MemorySegment memory = context.pages().memory(context.pages().allocatePage(), SIZE);
    context.registerCharacterDevice("note", flags -> new Note(memory));
  }

  private record Note(MemorySegment memory) implements ReadableFile, WritableFile {
    @Override
    public long read(MemorySegment into, long position) {
      long count = Math.min(SIZE, into.byteSize());
      MemorySegment.copy(memory, 0, into, 0, count);
      return count;
    }

    @Override
    public long write(MemorySegment from, long position) {
      long count = Math.min(SIZE, from.byteSize());
      MemorySegment.copy(from, 0, memory, 0, count);
      return count;
    }
  }
}
