package dev.nommu.kernel.mm;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Consent;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.MapRequest;
import dev.nommu.api.OpenFile;
import dev.nommu.api.Page;
import dev.nommu.api.Placement;
import dev.nommu.api.PluginFault;
import dev.nommu.api.PointedRange;
import dev.nommu.api.Profile;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.VmOperations;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.memory.Bank;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.plugin.Answering;
import dev.nommu.kernel.plugin.PluginCall;
import dev.nommu.kernel.profile.Difference;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * {@code mmap}: carries out plans. Either the whole mapping is made or nothing has changed.
 * Thread-safe.
 */
public final class Mapper {
  private final PhysicalMemory memory;
  private final MappedPages pages;
  private final Profile profile;
  private final KernelLog log;

  /** Creates a mapper for one machine. */
  public Mapper(PhysicalMemory memory, MappedPages pages, Profile profile, KernelLog log) {
    this.memory = memory;
    this.pages = pages;
    this.profile = profile;
    this.log = log;
  }

  /**
   * Maps zeroed memory (section ANON).
   *
   * @throws ErrnoException as the rules of section MMAP say; ENOMEM
   */
  public Vma mapAnonymous(Caller caller, MmapArguments request, Trail trail) throws ErrnoException {
    if (Planner.planAnonymous(request, profile, trail) instanceof Plan.Refused refused) {
      throw refusal(refused, request);
    }
    MappedPages.Block block = allocate(caller, request, trail);
    long end = block.start() + request.alignedLength();
    memory.ramAt(block.start(), request.alignedLength()).fill((byte) 0);
    VmFlags flags = VmFlags.anonymous(request);
    Region region =
        new Region(Region.Kind.ANONYMOUS, Plan.Use.OWN, flags, null, block.start(), end);
    region.top(block.top());
    region.offset(request.byteOffset());
    trail.granted(Rule.ANON_01, region);
    return use(caller, new Vma(region, flags, null, region.start(), region.end()));
  }

  /**
   * Maps a part of a file (sections SHARE, DIR, COPY).
   *
   * @throws ErrnoException as the rules of section MMAP say; what the driver says; ENOMEM
   */
  public Vma mapFile(
      Caller caller, FileHandle file, FileFacts facts, MmapArguments request, Trail trail)
      throws ErrnoException {
    Plan plan =
        trail.equals(Trail.NONE)
            ? file.plans().plan(request, facts, profile)
            : Planner.planFile(request, facts, profile, trail);
    FileCall call = new FileCall(caller, file, facts, request, trail);
    file.lock().lock();
    try {
      return switch (plan) {
        case Plan.Refused refused -> throw refusal(refused, request);
        case Plan.Anonymous anonymous -> throw new AssertionError(anonymous);
        case Plan.InPlace inPlace -> shareOr(call, true, () -> place(call, inPlace));
        case Plan.Copied(Plan.Use use) when use == Plan.Use.SHAREABLE ->
            shareOr(call, false, () -> copy(call, use));
        case Plan.Copied(Plan.Use use) -> copy(call, use);
      };
    } finally {
      file.lock().unlock();
    }
  }

  private record FileCall(
      Caller caller, FileHandle file, FileFacts facts, MmapArguments request, Trail trail) {
    MapRequest forDriver() {
      return new MapRequest(
          request.byteOffset(), request.alignedLength(), request.protections(), request.sharing());
    }
  }

  private interface Otherwise {
    Vma map() throws ErrnoException;
  }

  private Vma shareOr(FileCall call, boolean direct, Otherwise otherwise) throws ErrnoException {
    return switch (call.file().regions().match(call.request(), direct, profile)) {
      case FileRegions.Match.None none -> otherwise.map();
      case FileRegions.Match.Again(Region region) -> share(call, region);
      case FileRegions.Match.Conflict(Region region) -> throw conflict(call, region);
    };
  }

  private static VmFlags flags(FileCall call, Region.Kind kind) {
    return kind == Region.Kind.STORE
        ? VmFlags.direct(call.request(), Capabilities.offered(call.facts()))
        : VmFlags.copy(call.request());
  }

  private ErrnoException conflict(FileCall call, Region region) {
    log.print("nommu: Attempt to share mismatched mappings");
    call.trail().refused(Rule.SHARE_03, Errno.EINVAL);
    return new ErrnoException(
        Errno.EINVAL,
        "mmap of %s: %s overlaps the copy that is mapped already, %s, but is not part of it [%s]"
            .formatted(call.file().path(), extent(call.request()), region, Rule.SHARE_03.id()));
  }

  private Vma share(FileCall call, Region region) throws ErrnoException {
    long start = region.start() + (call.request().byteOffset() - region.offset());
    long end = start + call.request().alignedLength();
    Vma vma = new Vma(region, flags(call, region.kind()), call.file(), start, end);
    if (region.kind() == Region.Kind.STORE
        && Difference.MMAP_IS_CALLED_FOR_EACH_SHARER.in(profile)) {
      vma.operations(consentAgain(call, start));
    }
    call.trail().granted(Rule.SHARE_02, region);
    call.file().retain();
    return use(call.caller(), vma);
  }

  private VmOperations consentAgain(FileCall call, long start) throws ErrnoException {
    return switch (consent(call, start)) {
      case Consent.Accepted(VmOperations operations) -> operations;
      case Consent.Declined declined -> throw declined(call, Rule.SHARE_07);
    };
  }

  private Vma place(FileCall call, Plan.InPlace plan) throws ErrnoException {
    return switch (placement(call)) {
      case Placement.Declined declined -> whenDeclined(call, plan, Rule.DIR_04);
      case Placement.At(long address) -> place(call, plan, PointedRange.at(address));
      case Placement.Pointed(PointedRange range) -> place(call, plan, range);
    };
  }

  private Vma place(FileCall call, Plan.InPlace plan, PointedRange range) throws ErrnoException {
    Pin pin = new Pin(range, answering(call, "getUnmappedArea").plugin());
    return switch (consentTo(call, pin)) {
      case Consent.Accepted(VmOperations operations) -> placed(call, pin, operations);
      case Consent.Declined declined -> {
        pin.giveBack(log);
        yield whenDeclined(call, plan, ruleOfConsent(call));
      }
    };
  }

  private Consent consentTo(FileCall call, Pin pin) throws ErrnoException {
    try {
      requireOwned(call, pin.address());
      return consent(call, pin.address());
    } catch (Throwable refused) {
      pin.giveBack(log);
      throw refused;
    }
  }

  private Vma placed(FileCall call, Pin pin, VmOperations operations) {
    VmFlags flags = flags(call, Region.Kind.STORE);
    long address = pin.address();
    long end = address + call.request().alignedLength();
    Region region =
        new Region(Region.Kind.STORE, Plan.Use.SHAREABLE, flags, call.file(), address, end);
    region.offset(call.request().byteOffset());
    region.operations(operations);
    region.pin(pin);
    call.trail().granted(Rule.DIR_02, region);
    Vma vma = new Vma(region, flags, call.file(), address, end);
    vma.operations(operations);
    return useNew(call, region, vma);
  }

  private Vma whenDeclined(FileCall call, Plan.InPlace plan, Rule rule) throws ErrnoException {
    return switch (plan.whenDeclined()) {
      case COPY -> {
        call.trail().applied(rule);
        yield copy(call, Plan.Use.SHAREABLE);
      }
      case REFUSE -> throw declined(call, rule);
    };
  }

  private static ErrnoException declined(FileCall call, Rule rule) {
    call.trail().refused(rule, Errno.ENODEV);
    return new ErrnoException(
        Errno.ENODEV,
        "mmap of %s: the driver %s declined %s and a copy is not permitted [%s]"
            .formatted(
                call.file().path(),
                PluginFault.nameOf(answering(call, "mmap").plugin()),
                extent(call.request()),
                rule.id()));
  }

  private static Answering answering(FileCall call, String operation) {
    return Answering.of(call.file().operations(), operation);
  }

  private static Placement placement(FileCall call) throws ErrnoException {
    if (!(call.file().operations() instanceof DirectlyMappableFile driver)) {
      return Placement.DECLINED;
    }
    return asked(
        call,
        Rule.DIR_01,
        "getUnmappedArea",
        Placement.DECLINED,
        () -> driver.getUnmappedArea(call.forDriver()));
  }

  private static Consent consent(FileCall call, long address) throws ErrnoException {
    if (!(call.file().operations() instanceof DirectlyMappableFile driver)) {
      return Consent.DECLINED;
    }
    Consent consent =
        asked(
            call,
            ruleOfConsent(call),
            "mmap",
            Consent.DECLINED,
            () -> driver.mmap(call.forDriver(), address));
    if (consent instanceof Consent.Accepted(VmOperations told) && told == null) {
      throw answering(call, "mmap")
          .wrong(call.file().path(), "expected operations of the mapping, found null");
    }
    return consent;
  }

  private static Rule ruleOfConsent(FileCall call) {
    return call.request().shared() ? Rule.DIR_05 : Rule.DIR_06;
  }

  /** Asks the driver; an ENOSYS that it throws is the ENOSYS that it can answer. */
  private static <T> T asked(
      FileCall call, Rule rule, String operation, T declined, PluginCall.Asking<T> asking)
      throws ErrnoException {
    OpenFile file = call.file().operations();
    Object driver = answering(call, operation).plugin();
    try {
      T answer = PluginCall.ask(file, operation, asking);
      call.trail().answered(rule, driver, answer);
      return answer;
    } catch (ErrnoException failure) {
      boolean declines = failure.errno() == Errno.ENOSYS;
      call.trail().answered(rule, driver, declines ? declined : failure);
      if (declines) {
        return declined;
      }
      throw failure;
    }
  }

  /**
   * Checks that a placement lies in the driver's memory. A tail shorter than a page may lie behind
   * it (rule DIR-10), but not in what another driver has claimed.
   */
  private void requireOwned(FileCall call, long address) throws ErrnoException {
    FileHandle file = call.file();
    long length = call.request().alignedLength();
    if (file.ownsMemory(address, length)) {
      return;
    }
    if (!file.ownsMemory(address, length - Page.SIZE + 1)) {
      throw misplaced(
          call,
          "expected an address at which %d bytes belong to the plugin, found 0x%x"
              .formatted(length, address));
    }
    Optional<Bank> other =
        memory.deviceIn(new AddressRange(address, length), call.file()::ownsMemory);
    if (other.isPresent()) {
      throw misplaced(
          call,
          "expected %d bytes that are no other driver's, found 0x%x, where there is %s"
              .formatted(length, address, other.get()));
    }
  }

  private static ErrnoException misplaced(FileCall call, String expectedAndFound) {
    call.trail().refused(Rule.PLUGIN_01, Errno.EIO);
    return answering(call, "getUnmappedArea").wrong(call.file().path(), expectedAndFound);
  }

  private Vma copy(FileCall call, Plan.Use use) throws ErrnoException {
    MmapArguments request = call.request();
    MappedPages.Block block = allocate(call.caller(), request, call.trail());
    try {
      fill(call, memory.ramAt(block.start(), request.alignedLength()));
    } catch (Throwable failure) {
      pages.free(block.start(), block.top());
      throw failure;
    }
    VmFlags flags = flags(call, Region.Kind.COPY);
    long end = block.start() + request.alignedLength();
    Region region = new Region(Region.Kind.COPY, use, flags, call.file(), block.start(), end);
    region.top(block.top());
    region.offset(request.byteOffset());
    call.trail().granted(Rule.COPY_01, region);
    return useNew(call, region, new Vma(region, flags, call.file(), block.start(), end));
  }

  private void fill(FileCall call, MemorySegment into) throws ErrnoException {
    FileHandle file = call.file();
    long position = call.request().byteOffset();
    boolean refused =
        call.facts().kind() == FileKind.CHARACTER_DEVICE
            && Difference.CHARACTER_DEVICE_IS_NOT_COPIED.in(profile);
    if (refused || position < 0 || position + into.byteSize() < 0) {
      log.print("kernel read not supported for file " + file.path());
      call.trail().refused(Rule.COPY_05, Errno.EINVAL);
      throw new ErrnoException(
          Errno.EINVAL,
          "mmap of %s: it cannot be read into a copy at offset %s [%s]"
              .formatted(file.path(), Long.toUnsignedString(position), Rule.COPY_05.id()));
    }
    long read = read(call, into, position);
    into.asSlice(read).fill((byte) 0);
  }

  private static long read(FileCall call, MemorySegment into, long position) throws ErrnoException {
    if (!(call.file().operations() instanceof ReadableFile readable)) {
      throw new AssertionError("MAP_COPY without a read method");
    }
    Object driver = answering(call, "read").plugin();
    try {
      long count =
          PluginCall.count(
              readable, "read", 0, into.byteSize(), () -> readable.read(into, position));
      call.trail().answered(Rule.COPY_03, driver, count);
      return count;
    } catch (ErrnoException failure) {
      call.trail().answered(Rule.COPY_03, driver, failure);
      throw failure;
    }
  }

  private MappedPages.Block allocate(Caller caller, MmapArguments request, Trail trail)
      throws ErrnoException {
    try {
      MappedPages.Block block = pages.allocate(request.pages());
      trail.applied(Rule.TRIM_02);
      return block;
    } catch (ErrnoException noMemory) {
      log.print(
          "nommu: Allocation of length %s from process %d (%s) failed"
              .formatted(
                  Long.toUnsignedString(request.alignedLength()), caller.pid(), caller.name()));
      trail.refused(Rule.COPY_02, noMemory.errno());
      throw noMemory;
    }
  }

  private Vma useNew(FileCall call, Region region, Vma vma) {
    call.file().retain();
    call.file().retain();
    if (region.shareable()) {
      call.file().regions().add(region);
    }
    return use(call.caller(), vma);
  }

  private static Vma use(Caller caller, Vma vma) {
    vma.region().addUser(vma);
    caller.space().add(vma);
    return vma;
  }

  private static ErrnoException refusal(Plan.Refused refused, MmapArguments request) {
    return new ErrnoException(
        refused.errno(),
        "mmap of %s: %s [%s]"
            .formatted(extent(request), refused.rule().sentence(), refused.rule().id()));
  }

  private static String extent(MmapArguments request) {
    return "%s bytes at offset 0x%x"
        .formatted(Long.toUnsignedString(request.length()), request.byteOffset());
  }
}
