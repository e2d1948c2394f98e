package dev.nommu.tck.mapping;

import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;

import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapCapability;
import dev.nommu.api.MapRequest;
import dev.nommu.api.OpenFile;
import dev.nommu.api.Page;
import dev.nommu.api.Placement;
import dev.nommu.api.PointedRange;
import dev.nommu.api.Profile;
import dev.nommu.api.Protection;
import dev.nommu.api.Sharing;
import dev.nommu.kernel.mmap.Rule;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Trial;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.trail.PluginAnswer;
import dev.nommu.tck.trail.TrailStep;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The contract of placements of direct mappings.
 *
 * @param path of the file
 */
record PlacementClauses(String path) {
  /** Past the end of any file of a test. */
  private static final long FAR = 1L << 40;

  /** Requests outside every file. */
  private static final List<MapRequest> OUTSIDE =
      List.of(
          MapRequest.of(0, FAR, Set.of(Protection.READ), Sharing.SHARED),
          MapRequest.of(FAR, Page.SIZE, Set.of(Protection.READ), Sharing.SHARED),
          MapRequest.of(Page.SIZE, FAR, Set.of(Protection.READ), Sharing.SHARED),
          MapRequest.of(
              Long.MAX_VALUE - 2 * Page.SIZE + 1,
              Page.SIZE,
              Set.of(Protection.READ),
              Sharing.SHARED));

  private static final MapRequest FIRST_PAGE =
      MapRequest.of(0, Page.SIZE, Set.of(Protection.READ), Sharing.SHARED);

  private static final Verdict NOT_DIRECT = Verdict.skipped("it does not permit MAP_DIRECT");

  List<Clause> all() {
    return List.of(
        Clause.of(
            "DIR-01",
            "Asked twice for the same, get_unmapped_area answers the same and reserves nothing.",
            this::answersTheSame),
        Clause.of("DIR-02", this::liesThere),
        Clause.of("DIR-03", "A range outside the file is refused or declined.", this::outside),
        Clause.of(
            "DIR-04",
            "A file that permits MAP_DIRECT has a place for its first page.",
            this::places),
        Clause.of(
            "DIR-05", "A file with a place is mapped shared: mmap consents.", this::consentsShared),
        Clause.of(
            "DIR-06",
            "A file with a place that cannot be copied is mapped privately: mmap consents.",
            this::consentsPrivate),
        Clause.of("SHARE-07", "Asked again, mmap consents again.", this::consentsAgain));
  }

  private interface Question {
    Verdict of(DirectlyMappableFile file) throws ErrnoException;
  }

  private Verdict ask(Trial trial, Question question) throws ErrnoException {
    Opened opened = Opened.open(trial, path);
    if (!opened.offers(MapCapability.MAP_DIRECT)) {
      return NOT_DIRECT;
    }
    Optional<OpenFile> file = opened.plugins();
    return file.isPresent() && file.get() instanceof DirectlyMappableFile direct
        ? question.of(direct)
        : Verdict.skipped("the plugin's object is known only to the kernel");
  }

  /** Returns the placement, or empty if it is refused or declined. */
  private static OptionalLong place(DirectlyMappableFile file, MapRequest request) {
    try {
      return switch (file.getUnmappedArea(request)) {
        case Placement.At(long address) -> OptionalLong.of(address);
        case Placement.Pointed(PointedRange range) -> {
          range.close();
          yield OptionalLong.of(range.address());
        }
        case Placement.Declined declined -> OptionalLong.empty();
      };
    } catch (ErrnoException refused) {
      return OptionalLong.empty();
    }
  }

  private static Verdict hasNoPlace(Attempt attempt) {
    return Verdict.skipped("get_unmapped_area gives no place: " + attempt.told());
  }

  private Verdict answersTheSame(Trial trial) throws ErrnoException {
    return ask(
        trial,
        file -> {
          OptionalLong first = place(file, FIRST_PAGE);
          OptionalLong second = place(file, FIRST_PAGE);
          return first.equals(second)
              ? Verdict.HELD
              : Verdict.broken(
                  "%s.getUnmappedArea(%s) returned %s, then %s"
                      .formatted(
                          file.getClass().getName(), FIRST_PAGE, shown(first), shown(second)),
                  "the same address both times",
                  "compute the address from the request, and allocate nothing for it");
        });
  }

  private static String shown(OptionalLong address) {
    return address.isPresent() ? "0x%x".formatted(address.getAsLong()) : "no place";
  }

  private Verdict liesThere(Trial trial) throws ErrnoException {
    Opened file = Opened.open(trial, path);
    Attempt attempt = file.map(PROT_READ, Sharing.SHARED, 0, Page.SIZE);
    if (!attempt.isPlaced()) {
      return hasNoPlace(attempt);
    }
    Optional<PluginAnswer> answer = attempt.answered(Rule.DIR_01).map(TrailStep.Answered::answer);
    boolean there =
        attempt instanceof Attempt.Mapped mapped
            && answer.equals(Optional.of(new PluginAnswer.Placed(mapped.address())));
    return there || !attempt.isRefusedBy(Rule.PLUGIN_01, Rule.DIR_02)
        ? Verdict.HELD
        : Verdict.broken(
            attempt.told(),
            "an address in memory that the plugin claimed or allocated",
            "return Placement.within(range, request) with the range that the driver claimed");
  }

  private Verdict outside(Trial trial) throws ErrnoException {
    if (!trial.recorder().calls("physicalMemory").isEmpty()) {
      return Verdict.skipped("its file is all of the physical memory");
    }
    return ask(
        trial,
        file -> {
          for (MapRequest request : OUTSIDE) {
            OptionalLong address = place(file, request);
            if (address.isPresent()) {
              return Verdict.broken(
                  "%s.getUnmappedArea(%s) returned 0x%x"
                      .formatted(file.getClass().getName(), request, address.getAsLong()),
                  "EINVAL, or DECLINED",
                  "compare offset and length with the size, in a way that does not wrap:"
                      + " Placement.within(range, request) does");
            }
          }
          return Verdict.HELD;
        });
  }

  private Verdict places(Trial trial) throws ErrnoException {
    return ask(
        trial,
        file ->
            place(file, FIRST_PAGE).isPresent()
                ? Verdict.HELD
                : Verdict.broken(
                    "%s permits MAP_DIRECT but has no place for %s"
                        .formatted(file.getClass().getName(), FIRST_PAGE),
                    "an address",
                    "return an address, or omit MAP_DIRECT from the backing device information"));
  }

  private Verdict consentsShared(Trial trial) throws ErrnoException {
    Attempt attempt = Opened.open(trial, path).map(PROT_READ, Sharing.SHARED, 0, Page.SIZE);
    return attempt.isPlaced() ? consent(attempt, Rule.DIR_05) : hasNoPlace(attempt);
  }

  private Verdict consentsPrivate(Trial trial) throws ErrnoException {
    Opened file = Opened.open(trial, path);
    if (file.offers(MapCapability.MAP_COPY)) {
      return Verdict.skipped("it permits MAP_COPY: a declined mapping is copied");
    }
    Attempt attempt = file.map(PROT_READ, Sharing.PRIVATE, 0, Page.SIZE);
    return attempt.isPlaced() ? consent(attempt, Rule.DIR_06) : hasNoPlace(attempt);
  }

  private Verdict consentsAgain(Trial trial) throws ErrnoException {
    if (trial.setting().profile() != Profile.LINUX_6_12) {
      return Verdict.skipped("by the document a driver is asked once for a region");
    }
    Opened file = Opened.open(trial, path);
    if (!(file.map(PROT_READ, Sharing.SHARED, 0, Page.SIZE) instanceof Attempt.Mapped)) {
      return Verdict.skipped("it cannot be mapped shared");
    }
    Attempt again = file.byAnother().map(PROT_READ, Sharing.SHARED, 0, Page.SIZE);
    return consent(again, Rule.SHARE_07);
  }

  /** A driver may refuse, but must not place and then decline. */
  private static Verdict consent(Attempt attempt, Rule asked) {
    return attempt instanceof Attempt.Refused
            && (attempt.isRefusedBy(asked) || attempt.answered(asked).isPresent())
        ? Verdict.broken(
            attempt.told(),
            "consent, since getUnmappedArea returned a place",
            "return Consent.ACCEPTED from mmap, or Placement.DECLINED from getUnmappedArea")
        : Verdict.HELD;
  }
}
