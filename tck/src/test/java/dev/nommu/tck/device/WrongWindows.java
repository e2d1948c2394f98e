package dev.nommu.tck.device;

import dev.nommu.api.BusFault;
import dev.nommu.api.DeviceWindow;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** Windows that each do one thing wrong. */
final class WrongWindows {
  private static final long SIZE = 0x1000;

  private WrongWindows() {}

  /** Registers that answer 0 and take anything. */
  private static class Plain implements DeviceWindow {
    @Override
    public Kind kind() {
      return Kind.REGISTERS;
    }

    @Override
    public long size() {
      return SIZE;
    }

    @Override
    public Optional<MemorySegment> memory() {
      return Optional.empty();
    }

    @Override
    public long load(long offset, int width) {
      if (offset < 0) {
        throw new BusFault("load at " + offset);
      }
      return 0;
    }

    @Override
    public void store(long offset, int width, long value) {}
  }

  static final class Narrow extends Plain {
    @Override
    public long load(long offset, int width) {
      return require(width);
    }

    private static long require(int width) {
      if (width != Integer.BYTES) {
        throw new IllegalArgumentException("width " + width);
      }
      return 0;
    }

    @Override
    public void store(long offset, int width, long value) {
      require(width);
    }
  }

  static final class Choosy extends Plain {
    @Override
    public void store(long offset, int width, long value) {
      if (value != 0) {
        throw new IllegalStateException("no such mode: " + value);
      }
    }
  }

  static final class Changing extends Plain {
    private boolean isLoaded;

    @Override
    public Kind kind() {
      return isLoaded ? Kind.DATA : Kind.REGISTERS;
    }

    @Override
    public long load(long offset, int width) {
      isLoaded = true;
      return 0;
    }
  }

  static final class Growing extends Plain {
    private long size = SIZE;

    @Override
    public long size() {
      return size;
    }

    @Override
    public long load(long offset, int width) {
      size += width;
      return 0;
    }
  }

  static final class Unsaid extends Plain {
    @Override
    public Kind kind() {
      return Kind.DATA;
    }
  }

  static class Shown extends Plain {
    final MemorySegment memory;

    Shown(MemorySegment memory) {
      this.memory = memory;
    }

    @Override
    public Kind kind() {
      return Kind.DATA;
    }

    @Override
    public Optional<MemorySegment> memory() {
      return Optional.of(memory);
    }

    @Override
    public long load(long offset, int width) {
      return DeviceWindow.of(memory).load(offset, width);
    }

    @Override
    public void store(long offset, int width, long value) {
      DeviceWindow.of(memory).store(offset, width, value);
    }
  }

  static final class BigEndian extends Shown {
    BigEndian(MemorySegment memory) {
      super(memory);
      memory.set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
    }

    @Override
    public long load(long offset, int width) {
      return Long.reverseBytes(super.load(offset, width)) >>> (Long.SIZE - Byte.SIZE * width);
    }
  }

  static final class Forgetful extends Shown {
    Forgetful(MemorySegment memory) {
      super(memory);
    }

    @Override
    public void store(long offset, int width, long value) {}
  }
}
