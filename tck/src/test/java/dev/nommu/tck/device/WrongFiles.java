package dev.nommu.tck.device;

import dev.nommu.api.AddressRange;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.BackingDeviceInfo.Backing;
import dev.nommu.api.Consent;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapCapability;
import dev.nommu.api.MapRequest;
import dev.nommu.api.MappableFile;
import dev.nommu.api.OpenFile;
import dev.nommu.api.Placement;
import dev.nommu.api.PollEvent;
import dev.nommu.api.PollableFile;
import dev.nommu.api.Protection;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.Sharing;
import dev.nommu.api.WaitQueue;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Files of which each does one thing wrong. */
final class WrongFiles {
  /** How often a device was opened, by its memory, which is another one on each machine. */
  private static final Map<MemorySegment, AtomicLong> OPENED =
      Collections.synchronizedMap(new IdentityHashMap<>());

  private WrongFiles() {}

  static OpenFile fifthTime(AddressRange range, MemorySegment memory) {
    if (OPENED.computeIfAbsent(memory, first -> new AtomicLong()).incrementAndGet() == 5) {
      throw new IllegalStateException("the fifth time");
    }
    return new MemoryFile(range, memory);
  }

  static final class NoOperation implements OpenFile {
    @Override
    public Optional<BackingDeviceInfo> backingDeviceInfo() {
      return Optional.of(BackingDeviceInfo.MEMORY);
    }
  }

  static final class AlwaysReady implements ReadableFile, PollableFile {
    private final WaitQueue queue;

    AlwaysReady(DeviceContext context) {
      this.queue = context.newWaitQueue("nothing");
    }

    @Override
    public long read(MemorySegment into, long position) throws ErrnoException {
      queue.await(() -> false);
      return 0;
    }

    @Override
    public Set<PollEvent> poll() {
      return Set.of(PollEvent.IN);
    }

    @Override
    public WaitQueue queue() {
      return queue;
    }
  }

  static final class NoPlace implements MappableFile, ReadableFile {
    private final MemorySegment memory;

    NoPlace(MemorySegment memory) {
      this.memory = memory;
    }

    @Override
    public Optional<BackingDeviceInfo> backingDeviceInfo() {
      return Optional.of(BackingDeviceInfo.MEMORY);
    }

    @Override
    public long read(MemorySegment into, long position) {
      return new MemoryFile(new AddressRange(0, memory.byteSize()), memory).read(into, position);
    }
  }

  static final class Changing extends MemoryFile {
    private final AtomicLong asked = new AtomicLong();

    Changing(AddressRange range, MemorySegment memory) {
      super(range, memory);
    }

    @Override
    public Optional<BackingDeviceInfo> backingDeviceInfo() {
      Set<MapCapability> all = Set.of(MapCapability.values());
      Backing backing = asked.incrementAndGet() % 2 == 0 ? Backing.MEMORY : Backing.DEVICE;
      return Optional.of(BackingDeviceInfo.of(all, backing));
    }
  }

  static final class NoWriting extends MemoryFile {
    NoWriting(AddressRange range, MemorySegment memory) {
      super(range, memory);
    }

    @Override
    public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
      if (request.wants(Protection.WRITE)) {
        throw new ErrnoException(Errno.EINVAL, "not for writing");
      }
      return super.getUnmappedArea(request);
    }
  }

  static final class Nowhere extends MemoryFile {
    Nowhere(AddressRange range, MemorySegment memory) {
      super(range, memory);
    }

    @Override
    public Placement getUnmappedArea(MapRequest request) {
      return null;
    }
  }

  static final class Wandering extends MemoryFile {
    private final AtomicLong asked = new AtomicLong();

    Wandering(AddressRange range, MemorySegment memory) {
      super(range, memory);
    }

    @Override
    public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
      Placement.within(range, request);
      long page = asked.incrementAndGet() % 2;
      return Placement.at(
          range.start()
              + (request.offset() == 0 && request.length() == 4096
                  ? page * 4096
                  : request.offset()));
    }
  }

  static final class Elsewhere extends MemoryFile {
    Elsewhere(AddressRange range, MemorySegment memory) {
      super(range, memory);
    }

    @Override
    public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
      Placement.within(range, request);
      return Placement.at(0x8000_0000L + request.offset());
    }
  }

  static final class Endless extends MemoryFile {
    Endless(AddressRange range, MemorySegment memory) {
      super(range, memory);
    }

    @Override
    public Placement getUnmappedArea(MapRequest request) {
      return Placement.at(range.start() + request.offset());
    }
  }

  static final class Declining extends MemoryFile {
    Declining(AddressRange range, MemorySegment memory) {
      super(range, memory);
    }

    @Override
    public Placement getUnmappedArea(MapRequest request) {
      return Placement.DECLINED;
    }
  }

  static final class Refusing extends MemoryFile {
    Refusing(AddressRange range, MemorySegment memory) {
      super(range, memory);
    }

    @Override
    public Optional<BackingDeviceInfo> backingDeviceInfo() {
      return Optional.of(BackingDeviceInfo.DIRECT_READ_WRITE);
    }

    @Override
    public Consent mmap(MapRequest request, long address) {
      return Consent.DECLINED;
    }
  }

  static final class Once extends MemoryFile {
    private static final AtomicLong MAPPED = new AtomicLong();

    Once(AddressRange range, MemorySegment memory) {
      super(range, memory);
    }

    @Override
    public Consent mmap(MapRequest request, long address) {
      return MAPPED.getAndIncrement() == 0 || request.sharing() == Sharing.PRIVATE
          ? Consent.accepted(mapping -> MAPPED.decrementAndGet())
          : declined();
    }

    private static Consent declined() {
      MAPPED.decrementAndGet();
      return Consent.DECLINED;
    }
  }

  static final class ShortReads extends MemoryFile {
    ShortReads(AddressRange range, MemorySegment memory) {
      super(range, memory);
    }

    @Override
    public long read(MemorySegment into, long position) {
      return super.read(into.asSlice(0, Math.max(1, into.byteSize() - 1)), position);
    }
  }

  static final class Overrun extends MemoryFile {
    Overrun(AddressRange range, MemorySegment memory) {
      super(range, memory);
    }

    @Override
    public long read(MemorySegment into, long position) {
      return position < memory.byteSize() ? super.read(into, position) : 1;
    }
  }

  static final class Mirrored extends MemoryFile {
    Mirrored(AddressRange range, MemorySegment memory) {
      super(range, memory);
    }

    @Override
    public long read(MemorySegment into, long position) {
      return super.read(into, position < memory.byteSize() ? position ^ 0x1000 : position);
    }
  }

  static final class Hoarding extends MemoryFile {
    private final DeviceContext context;

    Hoarding(AddressRange range, MemorySegment memory, DeviceContext context) {
      super(range, memory);
      this.context = context;
    }

    @Override
    public Consent mmap(MapRequest request, long address) throws ErrnoException {
      context.pages().allocatePage();
      return Consent.ACCEPTED;
    }
  }

  static final class Throwing extends MemoryFile {
    Throwing(AddressRange range, MemorySegment memory) {
      super(range, memory);
    }

    @Override
    public Consent mmap(MapRequest request, long address) {
      return Consent.accepted(mapping -> {
        throw new IllegalStateException("close of " + mapping);
      });
    }
  }

  static final class Careless extends MemoryFile {
    Careless(AddressRange range, MemorySegment memory) {
      super(range, memory);
    }

    @Override
    public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
      if (request.length() > range.length()) {
        throw new IndexOutOfBoundsException(request.toString());
      }
      return super.getUnmappedArea(request);
    }
  }

  static final class Unclosable extends MemoryFile {
    Unclosable(AddressRange range, MemorySegment memory) {
      super(range, memory);
    }

    @Override
    public void close() {
      throw new IllegalStateException("close");
    }
  }

  static final class Boasting extends MemoryFile {
    Boasting(AddressRange range, MemorySegment memory) {
      super(range, memory);
    }

    @Override
    public long read(MemorySegment into, long position) {
      return super.read(into, position) + 7;
    }
  }
}
