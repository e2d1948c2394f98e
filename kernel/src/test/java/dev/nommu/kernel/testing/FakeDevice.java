package dev.nommu.kernel.testing;

import dev.nommu.api.AddressRange;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.Consent;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapRequest;
import dev.nommu.api.MappableFile;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Placement;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.WritableFile;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A character device whose answers a test sets, with sixteen pages of RAM of its own. It is there
 * under four names, each with other operations:
 *
 * <pre>
 * /dev/fake             read, write, mmap, get_unmapped_area
 * /dev/fake_unread            write, mmap, get_unmapped_area
 * /dev/fake_unplaced    read, write, mmap
 * /dev/fake_unmappable  read, write
 * </pre>
 */
public final class FakeDevice implements DeviceDriver {
  /** How many pages it has. */
  public static final int PAGES = 16;

  /** Says where a mapping would be. */
  @FunctionalInterface
  public interface Where {
    /** Answers {@code getUnmappedArea}. */
    Placement answer(MapRequest request) throws ErrnoException;
  }

  /** Says whether a mapping may be. */
  @FunctionalInterface
  public interface Whether {
    /** Answers {@code mmap}. */
    Consent answer(MapRequest request, long address) throws ErrnoException;
  }

  /** Reads. */
  @FunctionalInterface
  public interface Reading {
    /** Answers {@code read}. */
    long answer(MemorySegment into, long position) throws ErrnoException;
  }

  /** Says what the device permits; may misbehave. */
  @FunctionalInterface
  public interface Offer {
    /** Answers {@code backingDeviceInfo}. */
    Optional<BackingDeviceInfo> answer();
  }

  /** What was asked of it, in order: the names of the operations, with addresses for close. */
  public final List<String> calls = new CopyOnWriteArrayList<>();

  /** The capabilities it gives. */
  public Offer info = () -> Optional.of(BackingDeviceInfo.MEMORY);

  /** Where mappings are: one after the other in its pages. */
  public Where where = request -> Placement.at(base() + request.offset());

  /** Whether mappings may be: yes. */
  public Whether whether = (request, address) -> Consent.accepted(this::closed);

  /** What it reads: its pages. */
  public Reading reading = this::readPages;

  private Optional<DeviceContext> context = Optional.empty();
  private long base;

  /** Creates a device that does all it is asked for. */
  public FakeDevice() {}

  /** Returns the address of its first page. */
  public long base() {
    return base;
  }

  /** Gives its pages back, whoever maps them. */
  public void giveUpPages() {
    context.orElseThrow().pages().free(base, PAGES);
  }

  private void closed(AddressRange mapping) {
    calls.add("close " + mapping);
  }

  private long readPages(MemorySegment into, long position) {
    long count = Math.min(into.byteSize(), Math.max(0, PAGES * TaskCalls.PAGE - position));
    into.asSlice(0, count).copyFrom(context.orElseThrow().pages().memory(base + position, count));
    return count;
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public Set<String> compatible() {
    return Set.of();
  }

  @Override
  public void init(DeviceContext given) throws ErrnoException {
    context = Optional.of(given);
    base = given.pages().allocateRun(PAGES);
    register(given, 0, "fake", new Everything());
    register(given, 1, "fake_unread", new Unread());
    register(given, 2, "fake_unplaced", new Unplaced());
    register(given, 3, "fake_unmappable", new Unmappable());
  }

  private static void register(DeviceContext given, int minor, String name, OpenFile file)
      throws ErrnoException {
    given.registerCharacterDevice(name, new DeviceNumber(240, minor), (OpenFlags flags) -> file);
  }

  private abstract class Writing implements WritableFile {
    @Override
    public Optional<BackingDeviceInfo> backingDeviceInfo() {
      return info.answer();
    }

    @Override
    public long write(MemorySegment from, long position) {
      return from.byteSize();
    }

    final long doRead(MemorySegment into, long position) throws ErrnoException {
      calls.add("read");
      return reading.answer(into, position);
    }

    final Placement doPlace(MapRequest request) throws ErrnoException {
      calls.add("getUnmappedArea");
      return where.answer(request);
    }

    final Consent doMap(MapRequest request, long address) throws ErrnoException {
      calls.add("mmap");
      return whether.answer(request, address);
    }
  }

  private final class Everything extends Writing implements ReadableFile, DirectlyMappableFile {
    @Override
    public long read(MemorySegment into, long position) throws ErrnoException {
      return doRead(into, position);
    }

    @Override
    public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
      return doPlace(request);
    }

    @Override
    public Consent mmap(MapRequest request, long address) throws ErrnoException {
      return doMap(request, address);
    }
  }

  private final class Unread extends Writing implements DirectlyMappableFile {
    @Override
    public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
      return doPlace(request);
    }

    @Override
    public Consent mmap(MapRequest request, long address) throws ErrnoException {
      return doMap(request, address);
    }
  }

  private final class Unplaced extends Writing implements ReadableFile, MappableFile {
    @Override
    public long read(MemorySegment into, long position) throws ErrnoException {
      return doRead(into, position);
    }
  }

  private final class Unmappable extends Writing implements ReadableFile {
    @Override
    public long read(MemorySegment into, long position) throws ErrnoException {
      return doRead(into, position);
    }
  }
}
