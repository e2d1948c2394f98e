package dev.nommu.kernel.mm;

import static dev.nommu.api.MapCapability.EXEC_MAP;
import static dev.nommu.api.MapCapability.MAP_COPY;
import static dev.nommu.api.MapCapability.MAP_DIRECT;
import static dev.nommu.kernel.mm.Check.Verdict.PASS;
import static dev.nommu.kernel.mm.Check.Verdict.leave;
import static dev.nommu.kernel.mm.Check.Verdict.refuse;
import static dev.nommu.kernel.mm.Check.Verdict.refuseIf;

import dev.nommu.api.AccessMode;
import dev.nommu.api.Errno;
import dev.nommu.api.FileKind;
import dev.nommu.api.MapCapability;
import dev.nommu.api.Profile;
import dev.nommu.api.Protection;
import dev.nommu.kernel.mm.Check.Verdict;
import dev.nommu.kernel.mm.FileFacts.Slot;
import dev.nommu.kernel.mm.FileFacts.Trait;
import dev.nommu.kernel.profile.Difference;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what is to be done about a request: a pure function of the request, the facts about the
 * file and the profile, with neither I/O nor locks. The checks stand in the order in which Linux
 * makes them ({@code validate_mmap_request}); the first that refuses wins.
 */
public final class Planner {
  /** For every request. */
  private static final List<Check> OF_ARGUMENTS =
      List.of(
          new Check(Rule.MMAP_05, Planner::fixedAddress),
          new Check(Rule.MMAP_06, Planner::type),
          new Check(Rule.MMAP_07, d -> refuseIf(d.request().length() == 0, Errno.EINVAL)),
          new Check(Rule.MMAP_08, d -> refuseIf(d.request().alignedLength() == 0, Errno.ENOMEM)),
          new Check(Rule.MMAP_09, Planner::offsetAndLength));

  /** For a file, before it matters whether the mapping is shared. */
  private static final List<Check> OF_FILE =
      List.of(
          new Check(Rule.MMAP_10, d -> refuseIf(!d.file().has(Slot.MMAP), Errno.ENODEV)),
          new Check(Rule.BDI_02, Planner::offered),
          new Check(Rule.BDI_03, Planner::offeredByDefault),
          new Check(Rule.MMAP_11, Planner::kindWithoutCapabilities),
          new Check(Rule.MMAP_12, Planner::emptySlots),
          new Check(Rule.MMAP_13, d -> refuseIf(!d.file().mode().reads(), Errno.EACCES)));

  /** For MAP_SHARED of a file. */
  private static final List<Check> OF_SHARED =
      List.of(
          new Check(Rule.MMAP_14, Planner::sharedWriting),
          new Check(Rule.MMAP_15, Planner::appendOnly),
          new Check(Rule.MMAP_17, d -> refuseIf(!d.capabilities().has(MAP_DIRECT), Errno.ENODEV)),
          new Check(Rule.MMAP_18, d -> leave(d.capabilities().without(MAP_COPY))));

  /** For MAP_PRIVATE of a file. */
  private static final List<Check> OF_PRIVATE =
      List.of(new Check(Rule.MMAP_19, Planner::privateNeedsCopy));

  /** For a file, at last. */
  private static final List<Check> OF_PROTECTION =
      List.of(
          new Check(Rule.MMAP_20, Planner::directProtections),
          new Check(Rule.MMAP_21A, Planner::noexec),
          new Check(Rule.MMAP_21C, Planner::executableInPlace));

  private static final FileFacts NO_FILE =
      new FileFacts(FileKind.REGULAR, Set.of(), AccessMode.READ_WRITE, Optional.empty(), Set.of());

  private Planner() {}

  /** Returns whether nothing is wrong with the arguments, whatever they are for. */
  static boolean sound(MmapArguments request, Profile profile) {
    Draft draft = new Draft(request, NO_FILE, profile, Capabilities.NONE);
    return run(OF_ARGUMENTS, draft, Trail.NONE) instanceof Outcome.Checked;
  }

  /**
   * Returns the plan for an anonymous request.
   *
   * @param request what is asked for
   * @param profile which of two disagreeing rules holds
   * @param trail hears why
   */
  public static Plan planAnonymous(MmapArguments request, Profile profile, Trail trail) {
    Draft draft = new Draft(request, NO_FILE, profile, Capabilities.NONE);
    Outcome outcome = run(OF_ARGUMENTS, draft, trail);
    if (outcome instanceof Outcome.Stopped stopped) {
      return stopped.plan();
    }
    trail.applied(Rule.MMAP_23);
    return new Plan.Anonymous();
  }

  /**
   * Returns the plan for a request for a file.
   *
   * @param request what is asked for
   * @param file what is known of the file
   * @param profile which of two disagreeing rules holds
   * @param trail hears why
   */
  public static Plan planFile(MmapArguments request, FileFacts file, Profile profile, Trail trail) {
    Draft draft = new Draft(request, file, profile, Capabilities.NONE);
    List<List<Check>> stages =
        List.of(OF_ARGUMENTS, OF_FILE, request.shared() ? OF_SHARED : OF_PRIVATE, OF_PROTECTION);
    for (List<Check> stage : stages) {
      switch (run(stage, draft, trail)) {
        case Outcome.Stopped(Plan plan) -> {
          return plan;
        }
        case Outcome.Checked(Draft left) -> draft = left;
      }
    }
    return request.shared() ? shared() : privately(draft, trail);
  }

  private sealed interface Outcome {
    record Stopped(Plan plan) implements Outcome {}

    record Checked(Draft draft) implements Outcome {}
  }

  private static Outcome run(List<Check> checks, Draft from, Trail trail) {
    Draft draft = from;
    for (Check check : checks) {
      switch (check.judge().judge(draft)) {
        case Verdict.Pass pass -> trail.passed(check.rule());
        case Verdict.Refuse(Errno errno) -> {
          trail.refused(check.rule(), errno);
          return new Outcome.Stopped(new Plan.Refused(errno, check.rule()));
        }
        case Verdict.Leave(Capabilities left) -> {
          trail.capabilities(check.rule(), left);
          draft = draft.with(left);
        }
      }
    }
    return new Outcome.Checked(draft);
  }

  private static Plan shared() {
    return new Plan.InPlace(Plan.WhenDeclined.REFUSE);
  }

  private static Plan privately(Draft draft, Trail trail) {
    if (draft.request().wants(Protection.WRITE)) {
      trail.applied(Rule.SHARE_10);
      return new Plan.Copied(Plan.Use.OWN);
    }
    if (draft.file().is(Trait.TRACED)) {
      trail.applied(Rule.FLAGS_08);
      return new Plan.Copied(Plan.Use.OWN);
    }
    if (!draft.capabilities().has(MAP_DIRECT)) {
      return new Plan.Copied(Plan.Use.SHAREABLE);
    }
    return new Plan.InPlace(
        draft.capabilities().has(MAP_COPY) ? Plan.WhenDeclined.COPY : Plan.WhenDeclined.REFUSE);
  }

  private static Verdict fixedAddress(Draft draft) {
    boolean fixed = (draft.request().flags() & MmapArguments.MAP_FIXED) != 0;
    boolean hint = draft.request().address() != 0;
    return refuseIf(
        fixed || (hint && Difference.ADDRESS_HINT_IS_REFUSED.in(draft.profile())), Errno.EINVAL);
  }

  private static Verdict type(Draft draft) {
    int type = draft.request().flags() & MmapArguments.MAP_TYPE;
    boolean valid = type == MmapArguments.MAP_SHARED || type == MmapArguments.MAP_PRIVATE;
    return refuseIf(!valid, Errno.EINVAL);
  }

  private static Verdict offsetAndLength(Draft draft) {
    long offset = draft.request().pageOffset();
    boolean wraps = Long.compareUnsigned(offset + draft.request().pages(), offset) < 0;
    return refuseIf(wraps, Errno.EOVERFLOW);
  }

  private static Verdict offered(Draft draft) {
    return draft.file().backing().map(backing -> leave(Capabilities.of(backing))).orElse(PASS);
  }

  private static Verdict offeredByDefault(Draft draft) {
    if (draft.file().backing().isPresent()) {
      return PASS;
    }
    Capabilities byDefault = Capabilities.byDefault(draft.file().kind());
    return byDefault.equals(Capabilities.NONE) ? PASS : leave(byDefault);
  }

  private static Verdict kindWithoutCapabilities(Draft draft) {
    boolean mappable =
        switch (draft.file().kind()) {
          case REGULAR, BLOCK_DEVICE, CHARACTER_DEVICE -> true;
          case DIRECTORY, SYMBOLIC_LINK, FIFO, SOCKET -> draft.file().backing().isPresent();
        };
    return refuseIf(!mappable, Errno.EINVAL);
  }

  private static Verdict emptySlots(Draft draft) {
    Capabilities left = draft.capabilities();
    if (!draft.file().has(Slot.GET_UNMAPPED_AREA)) {
      left = left.without(MAP_DIRECT);
    }
    if (!draft.file().has(Slot.READ) || !draft.file().mode().reads()) {
      left = left.without(MAP_COPY);
    }
    return left.equals(draft.capabilities()) ? PASS : leave(left);
  }

  private static Verdict sharedWriting(Draft draft) {
    boolean writes = draft.request().wants(Protection.WRITE);
    return refuseIf(writes && !draft.file().mode().writes(), Errno.EACCES);
  }

  private static Verdict appendOnly(Draft draft) {
    boolean append = draft.file().is(Trait.APPEND_ONLY);
    return refuseIf(append && draft.file().mode().writes(), Errno.EACCES);
  }

  private static Verdict privateNeedsCopy(Draft draft) {
    boolean writes = draft.request().wants(Protection.WRITE);
    Capabilities left = draft.capabilities();
    if (!left.has(MAP_COPY) && (writes || !servedInPlace(draft))) {
      return refuse(Errno.ENODEV);
    }
    return writes ? leave(left.without(MAP_DIRECT)) : PASS;
  }

  /** Whether a private mapping can do without a copy: never in 6.12. */
  private static boolean servedInPlace(Draft draft) {
    return !Difference.PRIVATE_ALWAYS_NEEDS_COPY.in(draft.profile())
        && !draft.file().is(Trait.TRACED)
        && permitsAll(draft.capabilities(), draft.request());
  }

  private static boolean permitsAll(Capabilities capabilities, MmapArguments request) {
    return capabilities.has(MAP_DIRECT)
        && request.protections().stream()
            .allMatch(wanted -> capabilities.has(MapCapability.permitting(wanted)));
  }

  private static Verdict directProtections(Draft draft) {
    if (!draft.capabilities().has(MAP_DIRECT)
        || permitsAll(draft.capabilities(), draft.request())) {
      return PASS;
    }
    return draft.request().shared()
        ? refuse(Errno.EINVAL)
        : leave(draft.capabilities().without(MAP_DIRECT));
  }

  private static Verdict noexec(Draft draft) {
    boolean executes = draft.request().wants(Protection.EXEC);
    return refuseIf(executes && draft.file().is(Trait.NOEXEC), Errno.EPERM);
  }

  private static Verdict executableInPlace(Draft draft) {
    boolean executes =
        draft.request().wants(Protection.READ) && draft.request().wants(Protection.EXEC);
    boolean permitted = draft.capabilities().has(EXEC_MAP);
    return executes && !permitted && draft.capabilities().has(MAP_DIRECT)
        ? leave(draft.capabilities().without(MAP_DIRECT))
        : PASS;
  }
}
