package dev.nommu.kernel.mm;

import static dev.nommu.api.MapCapability.MAP_COPY;
import static dev.nommu.api.MapCapability.MAP_DIRECT;
import static dev.nommu.kernel.mm.Check.Result.PASS;
import static dev.nommu.kernel.mm.Check.Result.leave;
import static dev.nommu.kernel.mm.Check.Result.refuse;
import static dev.nommu.kernel.mm.Check.Result.refuseIf;

import dev.nommu.api.AccessMode;
import dev.nommu.api.Errno;
import dev.nommu.api.FileKind;
import dev.nommu.api.MapCapability;
import dev.nommu.api.Profile;
import dev.nommu.api.Protection;
import dev.nommu.kernel.mm.Check.Result;
import dev.nommu.kernel.mmap.Capabilities;
import dev.nommu.kernel.mmap.FileFacts;
import dev.nommu.kernel.mmap.FileFacts.Slot;
import dev.nommu.kernel.mmap.FileFacts.Trait;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.mmap.Rule;
import dev.nommu.kernel.mmap.Trail;
import dev.nommu.kernel.profile.Difference;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides how to handle a request: a pure function of the request, the facts about the file and the
 * profile, with neither I/O nor locks. The checks are in the order in which Linux makes them
 * ({@code validate_mmap_request}); the first that refuses wins.
 */
public final class Planner {
  /** Checks of every request. */
  private static final List<Check> OF_ARGUMENTS =
      List.of(
          new Check(Rule.MMAP_05, Planner::fixedAddress),
          new Check(Rule.MMAP_06, Planner::type),
          new Check(Rule.MMAP_07, v -> refuseIf(v.request().length() == 0, Errno.EINVAL)),
          new Check(Rule.MMAP_08, v -> refuseIf(v.request().alignedLength() == 0, Errno.ENOMEM)),
          new Check(Rule.MMAP_09, Planner::offsetAndLength));

  /** Checks of a file, before the mapping type matters. */
  private static final List<Check> OF_FILE =
      List.of(
          new Check(Rule.MMAP_10, v -> refuseIf(!v.file().has(Slot.MMAP), Errno.ENODEV)),
          new Check(Rule.BDI_02, Planner::offered),
          new Check(Rule.BDI_03, Planner::offeredByDefault),
          new Check(Rule.MMAP_11, Planner::kindWithoutCapabilities),
          new Check(Rule.MMAP_12, Planner::emptySlots),
          new Check(Rule.MMAP_13, v -> refuseIf(!v.file().mode().reads(), Errno.EACCES)));

  /** Checks of MAP_SHARED of a file. */
  private static final List<Check> OF_SHARED =
      List.of(
          new Check(Rule.MMAP_14, Planner::sharedWriting),
          new Check(Rule.MMAP_15, Planner::appendOnly),
          new Check(Rule.MMAP_17, v -> refuseIf(!v.capabilities().has(MAP_DIRECT), Errno.ENODEV)),
          new Check(Rule.MMAP_18, v -> leave(v.capabilities().without(MAP_COPY))));

  /** Checks of MAP_PRIVATE of a file. */
  private static final List<Check> OF_PRIVATE =
      List.of(new Check(Rule.MMAP_19, Planner::privateNeedsCopy));

  /** The last checks of a file. */
  private static final List<Check> OF_PROTECTION =
      List.of(
          new Check(Rule.MMAP_20, Planner::directProtections),
          new Check(Rule.MMAP_21A, Planner::noexec));

  private static final FileFacts NO_FILE =
      new FileFacts(FileKind.REGULAR, Set.of(), AccessMode.READ_WRITE, Optional.empty(), Set.of());

  private static final Plan ANONYMOUS = new Plan.Anonymous();

  private Planner() {}

  /**
   * Returns the plan for an anonymous request.
   *
   * @param request the request
   * @param profile selects between disagreeing rules
   * @param trail records the reasons
   */
  public static Plan planAnonymous(MmapArguments request, Profile profile, Trail trail) {
    if (request.isPlain() && trail.equals(Trail.NONE)) {
      return ANONYMOUS;
    }
    Validation validation = new Validation(request, NO_FILE, profile, Capabilities.NONE);
    Outcome outcome = run(OF_ARGUMENTS, validation, trail);
    if (outcome instanceof Outcome.Stopped stopped) {
      return stopped.plan();
    }
    trail.applied(Rule.MMAP_23);
    return ANONYMOUS;
  }

  /**
   * Returns the plan for a request for a file.
   *
   * @param request the request
   * @param file the facts about the file
   * @param profile selects between disagreeing rules
   * @param trail records the reasons
   */
  public static Plan planFile(MmapArguments request, FileFacts file, Profile profile, Trail trail) {
    Validation validation = new Validation(request, file, profile, Capabilities.NONE);
    List<List<Check>> stages =
        List.of(OF_ARGUMENTS, OF_FILE, request.shared() ? OF_SHARED : OF_PRIVATE, OF_PROTECTION);
    for (List<Check> stage : stages) {
      switch (run(stage, validation, trail)) {
        case Outcome.Stopped(Plan plan) -> {
          return plan;
        }
        case Outcome.Checked(Validation left) -> validation = left;
      }
    }
    return request.shared() ? shared() : privately(validation, trail);
  }

  private sealed interface Outcome {
    record Stopped(Plan plan) implements Outcome {}

    record Checked(Validation validation) implements Outcome {}
  }

  private static Outcome run(List<Check> checks, Validation from, Trail trail) {
    Validation validation = from;
    for (Check check : checks) {
      switch (check.test().apply(validation)) {
        case Result.Pass pass -> trail.passed(check.rule());
        case Result.Refuse(Errno errno) -> {
          trail.refused(check.rule(), errno);
          return new Outcome.Stopped(new Plan.Refused(errno, check.rule()));
        }
        case Result.Leave(Capabilities left) -> {
          trail.capabilities(check.rule(), left);
          validation = validation.with(left);
        }
      }
    }
    return new Outcome.Checked(validation);
  }

  private static Plan shared() {
    return new Plan.InPlace(Plan.WhenDeclined.REFUSE);
  }

  private static Plan privately(Validation validation, Trail trail) {
    if (validation.request().wants(Protection.WRITE)) {
      trail.applied(Rule.SHARE_10);
      return new Plan.Copied(Plan.Use.OWN);
    }
    if (validation.file().is(Trait.TRACED)) {
      trail.applied(Rule.FLAGS_08);
      return new Plan.Copied(Plan.Use.OWN);
    }
    if (!validation.capabilities().has(MAP_DIRECT)) {
      return new Plan.Copied(Plan.Use.SHAREABLE);
    }
    return new Plan.InPlace(
        validation.capabilities().has(MAP_COPY)
            ? Plan.WhenDeclined.COPY
            : Plan.WhenDeclined.REFUSE);
  }

  private static Result fixedAddress(Validation validation) {
    boolean fixed = (validation.request().flags() & MmapArguments.MAP_FIXED) != 0;
    boolean hint = validation.request().address() != 0;
    return refuseIf(
        fixed || (hint && Difference.ADDRESS_HINT_IS_REFUSED.in(validation.profile())),
        Errno.EINVAL);
  }

  private static Result type(Validation validation) {
    int type = validation.request().flags() & MmapArguments.MAP_TYPE;
    boolean valid = type == MmapArguments.MAP_SHARED || type == MmapArguments.MAP_PRIVATE;
    return refuseIf(!valid, Errno.EINVAL);
  }

  private static Result offsetAndLength(Validation validation) {
    long offset = validation.request().pageOffset();
    boolean wraps = Long.compareUnsigned(offset + validation.request().pages(), offset) < 0;
    return refuseIf(wraps, Errno.EOVERFLOW);
  }

  private static Result offered(Validation validation) {
    return validation.file().backing().map(backing -> leave(Capabilities.of(backing))).orElse(PASS);
  }

  private static Result offeredByDefault(Validation validation) {
    if (validation.file().backing().isPresent()) {
      return PASS;
    }
    Capabilities byDefault = Capabilities.byDefault(validation.file().kind());
    return byDefault.equals(Capabilities.NONE) ? PASS : leave(byDefault);
  }

  private static Result kindWithoutCapabilities(Validation validation) {
    boolean mappable =
        switch (validation.file().kind()) {
          case REGULAR, BLOCK_DEVICE, CHARACTER_DEVICE -> true;
          case DIRECTORY, SYMBOLIC_LINK, FIFO, SOCKET -> validation.file().backing().isPresent();
        };
    return refuseIf(!mappable, Errno.EINVAL);
  }

  private static Result emptySlots(Validation validation) {
    Capabilities left = validation.capabilities();
    if (!validation.file().has(Slot.GET_UNMAPPED_AREA)) {
      left = left.without(MAP_DIRECT);
    }
    if (!validation.file().has(Slot.READ) || !validation.file().mode().reads()) {
      left = left.without(MAP_COPY);
    }
    return left.equals(validation.capabilities()) ? PASS : leave(left);
  }

  private static Result sharedWriting(Validation validation) {
    boolean writes = validation.request().wants(Protection.WRITE);
    return refuseIf(writes && !validation.file().mode().writes(), Errno.EACCES);
  }

  private static Result appendOnly(Validation validation) {
    boolean append = validation.file().is(Trait.APPEND_ONLY);
    return refuseIf(append && validation.file().mode().writes(), Errno.EACCES);
  }

  private static Result privateNeedsCopy(Validation validation) {
    boolean writes = validation.request().wants(Protection.WRITE);
    Capabilities left = validation.capabilities();
    if (!left.has(MAP_COPY) && (writes || !servedInPlace(validation))) {
      return refuse(Errno.ENODEV);
    }
    return writes ? leave(left.without(MAP_DIRECT)) : PASS;
  }

  /** Returns whether a private mapping needs no copy: never in 6.12. */
  private static boolean servedInPlace(Validation validation) {
    return !Difference.PRIVATE_ALWAYS_NEEDS_COPY.in(validation.profile())
        && !validation.file().is(Trait.TRACED)
        && permitsAll(validation.capabilities(), validation.request());
  }

  private static boolean permitsAll(Capabilities capabilities, MmapArguments request) {
    return capabilities.has(MAP_DIRECT)
        && request.protections().stream()
            .allMatch(wanted -> capabilities.has(MapCapability.permitting(wanted)));
  }

  private static Result directProtections(Validation validation) {
    if (!validation.capabilities().has(MAP_DIRECT)
        || permitsAll(validation.capabilities(), validation.request())) {
      return PASS;
    }
    return validation.request().shared()
        ? refuse(Errno.EINVAL)
        : leave(validation.capabilities().without(MAP_DIRECT));
  }

  private static Result noexec(Validation validation) {
    boolean executes = validation.request().wants(Protection.EXEC);
    return refuseIf(executes && validation.file().is(Trait.NOEXEC), Errno.EPERM);
  }
}
