package dev.nommu.campaign;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.WritableFile;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.path.FoundPlugin;
import dev.nommu.kernel.path.PluginPath;
import dev.nommu.tck.Subject;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * A driver of {@code /dev/slate}, which forgets what is written.
 *
 * @param maker makes each file
 */
record Slate(Supplier<Slate.Page> maker) implements DeviceDriver {
  static final String TYPE = Slate.class.getName();
  private static final int SIZE = 4096;
  private static final String BOARD =
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        slate { compatible = "test,slate"; };
      };
      """;

  static TestedPlugin tested(Supplier<Page> maker) throws BoardException {
    Board board = Board.parse("slate.dts", BOARD);
    return TestedPlugin.of(TYPE, Subject.driver(() -> new Slate(maker), board));
  }

  static PluginPath path(Supplier<Page> maker) {
    return PluginPath.standard()
        .with(DeviceDriver.class, List.of(new FoundPlugin<>(TYPE, "", () -> new Slate(maker))));
  }

  @Override
  public String name() {
    return "slate";
  }

  @Override
  public Set<String> compatible() {
    return Set.of("test,slate");
  }

  @Override
  public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    context.registerCharacterDevice("slate", flags -> maker.get());
  }

  /** The file. */
  static class Page implements ReadableFile, WritableFile {
    @Override
    public long read(MemorySegment into, long position) throws ErrnoException {
      return Math.clamp(SIZE - position, 0, into.byteSize());
    }

    @Override
    public long write(MemorySegment from, long position) throws ErrnoException {
      if (position >= SIZE) {
        throw new ErrnoException(Errno.ENOSPC, "write at 0x%x".formatted(position));
      }
      return Math.min(SIZE - position, from.byteSize());
    }
  }

  /** Counts wrong where not all that it is given fits. */
  static final class Overflowing extends Page {
    @Override
    public long write(MemorySegment from, long position) throws ErrnoException {
      return super.write(from, position) < from.byteSize() ? from.byteSize() + 1 : from.byteSize();
    }
  }

  /** Never comes back from behind its end, whoever interrupts it. */
  static final class Hanging extends Page {
    @Override
    public long read(MemorySegment into, long position) throws ErrnoException {
      if (position >= SIZE) {
        new Semaphore(0).acquireUninterruptibly();
      }
      return super.read(into, position);
    }
  }
}
