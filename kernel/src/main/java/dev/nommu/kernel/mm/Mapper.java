package dev.nommu.kernel.mm;

import dev.nommu.api.Consent;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import dev.nommu.api.PluginFault;
import dev.nommu.api.PointedRange;
import dev.nommu.api.Profile;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.mmap.FileFacts;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.mmap.RegionKind;
import dev.nommu.kernel.mmap.Rule;
import dev.nommu.kernel.mmap.Trail;
import dev.nommu.kernel.profile.Difference;
import dev.nommu.kernel.sanitizer.Sanitizer;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code mmap}: executes plans. Either the whole mapping is made or nothing changes. Thread-safe.
 */
public final class Mapper {
  private final PhysicalMemory memory;
  private final MappedPages pages;
  private final Profile profile;
  private final KernelLog log;
  private final Sanitizer sanitizer;

  /**
   * Creates a mapper for one machine.
   *
   * @param sanitizer is notified of each mapping
   */
  public Mapper(
      PhysicalMemory memory,
      MappedPages pages,
      Profile profile,
      KernelLog log,
      Sanitizer sanitizer) {
    this.memory = memory;
    this.pages = pages;
    this.profile = profile;
    this.log = log;
    this.sanitizer = sanitizer;
  }

  /**
   * Maps zeroed memory (section ANON).
   *
   * @throws ErrnoException errors by the rules of section MMAP; ENOMEM
   */
  public Vma mapAnonymous(Caller caller, MmapArguments request, Trail trail) throws ErrnoException {
    if (Planner.planAnonymous(request, profile, trail) instanceof Plan.Refused refused) {
      throw refusal(refused, request);
    }
    try (MappedPages.Block block = allocate(caller, request, trail)) {
      memory.ramAt(block.start(), request.alignedLength()).fill((byte) 0);
      Region region = Region.anonymous(VmFlags.anonymous(request), request, block);
      trail.granted(Rule.ANON_01, region);
      block.keep();
      return use(caller, new Vma(region, region.end()), request);
    }
  }

  /**
   * Maps a part of a file (sections SHARE, DIR, COPY).
   *
   * @throws ErrnoException errors by the rules of section MMAP; any error of the driver; ENOMEM
   */
  public Vma mapFile(
      Caller caller, FileHandle file, FileFacts facts, MmapArguments request, Trail trail)
      throws ErrnoException {
    Planned planned =
        trail.equals(Trail.NONE)
            ? file.plans().plan(request, facts, profile)
            : Planned.of(request, facts, profile, trail);
    MapCall call = new MapCall(caller, file, facts.kind(), planned.inPlace(), request, trail);
    file.lock().lock();
    try {
      return switch (planned.plan()) {
        case Plan.Refused refused -> throw refusal(refused, request);
        case Plan.Anonymous anonymous -> throw new AssertionError(anonymous);
        case Plan.InPlace inPlace -> inPlace(call, inPlace);
        case Plan.Copied(Plan.Use use) when use == Plan.Use.SHAREABLE -> shareableCopy(call);
        case Plan.Copied(Plan.Use use) -> copy(call, use);
      };
    } finally {
      file.lock().unlock();
    }
  }

  private Vma inPlace(MapCall call, Plan.InPlace plan) throws ErrnoException {
    Optional<Region> region = call.file().regions().matchInPlace(call.request(), profile);
    return region.isPresent() ? share(call, region.get()) : place(call, plan);
  }

  private Vma shareableCopy(MapCall call) throws ErrnoException {
    return switch (call.file().regions().matchCopy(call.request(), profile)) {
      case FileRegions.Match.None none -> copy(call, Plan.Use.SHAREABLE);
      case FileRegions.Match.Reuse(Region region) -> share(call, region);
      case FileRegions.Match.Conflict(Region region) -> throw conflict(call, region);
    };
  }

  private ErrnoException conflict(MapCall call, Region region) {
    log.print("nommu: Attempt to share mismatched mappings");
    call.trail().refused(Rule.SHARE_03, Errno.EINVAL);
    return Rule.SHARE_03.refusal(
        Errno.EINVAL,
        "mmap of %s: %s overlaps the copy already mapped, %s, but is not part of it"
            .formatted(call.file().path(), extent(call.request()), region));
  }

  private Vma share(MapCall call, Region region) throws ErrnoException {
    Consented consented =
        region.kind() == RegionKind.STORE && Difference.MMAP_IS_CALLED_FOR_EACH_SHARER.in(profile)
            ? consentAgain(call, region)
            : null;
    call.trail().granted(Rule.SHARE_02, region);
    return use(call, region, call.flags(region), consented);
  }

  private @Nullable Consented consentAgain(MapCall call, Region region) throws ErrnoException {
    long address = region.start() + (call.request().byteOffset() - region.offset());
    return switch (DriverQuestions.consent(call, call.forDriver(), address)) {
      case Consent.Accepted accepted -> stillOwned(call, address, accepted);
      case Consent.Declined declined -> throw declined(call, Rule.SHARE_07);
    };
  }

  private Vma place(MapCall call, Plan.InPlace plan) throws ErrnoException {
    MapRequest asked = call.forDriver();
    Object plugin = call.file().operations();
    return switch (DriverQuestions.placement(call, asked)) {
      case Placement.Declined declined -> whenDeclined(call, plan, Rule.DIR_04);
      case Placement.At(long address) -> place(call, plan, asked, new Pin(address, null, plugin));
      case Placement.Pointed(PointedRange range) ->
          place(call, plan, asked, new Pin(range.address(), range, plugin));
    };
  }

  private Vma place(MapCall call, Plan.InPlace plan, MapRequest asked, Pin pin)
      throws ErrnoException {
    Optional<Vma> placed = Optional.empty();
    try {
      DriverQuestions.requireOwned(call, "getUnmappedArea", pin.address(), memory);
      Consent consent = DriverQuestions.consent(call, asked, pin.address());
      if (consent instanceof Consent.Accepted accepted) {
        placed = Optional.of(placed(call, pin, stillOwned(call, pin.address(), accepted)));
      }
    } finally {
      if (placed.isEmpty()) {
        pin.giveBack(log, sanitizer);
      }
    }
    return placed.isPresent()
        ? placed.get()
        : whenDeclined(call, plan, DriverQuestions.ruleOfConsent(call));
  }

  /** A driver that freed its memory in the call in which it consented has not consented. */
  private @Nullable Consented stillOwned(MapCall call, long address, Consent.Accepted accepted)
      throws ErrnoException {
    Consented consented = Consented.of(accepted, call.rangeAt(address));
    try {
      DriverQuestions.requireOwned(call, "mmap", address, memory);
      return consented;
    } catch (ErrnoException lost) {
      if (consented != null) {
        consented.close(log);
      }
      throw lost;
    }
  }

  private Vma placed(MapCall call, Pin pin, @Nullable Consented consented) {
    boolean each = Difference.CLOSE_IS_CALLED_FOR_EACH_MAPPING.in(profile);
    Region region =
        Region.store(call.inPlace(), call.file(), call.request(), pin, each ? null : consented);
    call.trail().granted(Rule.DIR_02, region);
    Vma mapping = useNew(call, region, each ? consented : null);
    PointedRange pointed = pin.range();
    if (pointed != null) {
      sanitizer.pinned(mapping, pointed);
    }
    return mapping;
  }

  private Vma whenDeclined(MapCall call, Plan.InPlace plan, Rule rule) throws ErrnoException {
    return switch (plan.whenDeclined()) {
      case COPY -> {
        call.trail().applied(rule);
        yield copy(call, Plan.Use.SHAREABLE);
      }
      case REFUSE -> throw declined(call, rule);
    };
  }

  private static ErrnoException declined(MapCall call, Rule rule) {
    call.trail().refused(rule, Errno.ENODEV);
    return rule.refusal(
        Errno.ENODEV,
        "mmap of %s: the driver %s declined %s and a copy is not permitted"
            .formatted(
                call.file().path(),
                PluginFault.nameOf(DriverQuestions.answering(call, "mmap").plugin()),
                extent(call.request())));
  }

  private Vma copy(MapCall call, Plan.Use use) throws ErrnoException {
    MmapArguments request = call.request();
    try (MappedPages.Block block = allocate(call.caller(), request, call.trail())) {
      fill(call, memory.ramAt(block.start(), request.alignedLength()));
      Region region = Region.copy(use, VmFlags.copy(request), call.file(), request, block);
      call.trail().granted(Rule.COPY_01, region);
      block.keep();
      return useNew(call, region, null);
    }
  }

  private void fill(MapCall call, MemorySegment into) throws ErrnoException {
    long position = call.request().byteOffset();
    if (position < 0 || position + into.byteSize() < 0) {
      throw unreadable(call, Rule.COPY_10);
    }
    if (call.kind() == FileKind.CHARACTER_DEVICE
        && Difference.CHARACTER_DEVICE_IS_NOT_COPIED.in(profile)) {
      throw unreadable(call, Rule.COPY_05);
    }
    long read = DriverQuestions.read(call, into, position);
    into.asSlice(read).fill((byte) 0);
  }

  private ErrnoException unreadable(MapCall call, Rule rule) {
    log.print("kernel read not supported for file " + call.file().path());
    call.trail().refused(rule, Errno.EINVAL);
    return rule.refusal(
        Errno.EINVAL,
        "mmap of %s: the file cannot be read into a copy at offset %s"
            .formatted(call.file().path(), Long.toUnsignedString(call.request().byteOffset())));
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

  /** Makes the first mapping of a region, which keeps the file open. */
  private Vma useNew(MapCall call, Region region, @Nullable Consented consented) {
    call.file().retain();
    call.file().regions().add(region);
    return use(call, region, region.flags(), consented);
  }

  private Vma use(MapCall call, Region region, VmFlags flags, @Nullable Consented consented) {
    Vma vma = new Vma(region, flags, call.file(), call.request(), consented);
    if (vma.keepsFileOpen()) {
      call.file().retain();
    }
    return use(call.caller(), vma, call.request());
  }

  @SuppressWarnings("ReferenceEquality") // without a sanitizer there is nothing to call
  private Vma use(Caller caller, Vma vma, MmapArguments request) {
    vma.region().addUser(vma);
    caller.space().add(vma);
    if (sanitizer != Sanitizer.OFF) {
      sanitizer.mapped(caller, vma, request.sharing());
    }
    return vma;
  }

  private static ErrnoException refusal(Plan.Refused refused, MmapArguments request) {
    Rule rule = refused.rule();
    return rule.refusal(
        refused.errno(), "mmap of %s: %s".formatted(extent(request), rule.sentence()));
  }

  private static String extent(MmapArguments request) {
    return "%s bytes at offset 0x%x"
        .formatted(Long.toUnsignedString(request.length()), request.byteOffset());
  }
}
