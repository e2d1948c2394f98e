package dev.nommu.tck.mapping;

import static dev.nommu.kernel.mmap.MmapArguments.PROT_EXEC;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapCapability;
import dev.nommu.api.MappableFile;
import dev.nommu.api.OpenFile;
import dev.nommu.api.Page;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.Sharing;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Trial;
import dev.nommu.tck.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * The contract of capabilities: a file can do what it offers.
 *
 * @param path of the file
 */
record CapabilityClauses(String path) {
  private static final Verdict NOT_OFFERED =
      Verdict.skipped("it gives no backing device information: the defaults of BDI-03 hold");

  /**
   * A protection in a request, with the capability that it needs.
   *
   * @param bits of the request
   */
  private record Wanted(MapCapability capability, int bits) {}

  private static final List<Wanted> PROTECTIONS =
      List.of(
          new Wanted(MapCapability.READ_MAP, PROT_READ),
          new Wanted(MapCapability.WRITE_MAP, PROT_READ | PROT_WRITE),
          new Wanted(MapCapability.EXEC_MAP, PROT_READ | PROT_EXEC));

  List<Clause> all() {
    return List.of(
        Clause.of(
            "MMAP-10", "A file that offers mappings has an mmap operation.", this::hasOperation),
        Clause.of("BDI-02", "Asked twice, its backing device permits the same.", this::same),
        Clause.of(
            "MMAP-12", "A file that permits MAP_DIRECT or MAP_COPY supports it.", this::carriesOut),
        Clause.of("MMAP-20", "Each protection that it permits can be mapped.", this::protections));
  }

  private interface Question {
    Verdict of(OpenFile file, BackingDeviceInfo offered) throws ErrnoException;
  }

  private Verdict ask(Trial trial, Question question) throws ErrnoException {
    Optional<OpenFile> file = Opened.open(trial, path).plugins();
    if (file.isEmpty()) {
      return Verdict.skipped("the plugin's object is known only to the kernel");
    }
    Optional<BackingDeviceInfo> offered = file.get().backingDeviceInfo();
    return offered.isEmpty() ? NOT_OFFERED : question.of(file.get(), offered.get());
  }

  private Verdict hasOperation(Trial trial) throws ErrnoException {
    return ask(
        trial,
        (file, offered) ->
            file instanceof MappableFile || offered.capabilities().isEmpty()
                ? Verdict.HELD
                : Verdict.broken(
                    "%s permits %s and is not a MappableFile"
                        .formatted(file.getClass().getName(), offered),
                    "a file that permits mappings implements MappableFile",
                    "implement MappableFile, or DirectlyMappableFile for MAP_DIRECT; or give no"
                        + " backing device information"));
  }

  private Verdict same(Trial trial) throws ErrnoException {
    return ask(
        trial,
        (file, offered) -> {
          Optional<BackingDeviceInfo> again = file.backingDeviceInfo();
          return again.equals(Optional.of(offered))
              ? Verdict.HELD
              : Verdict.broken(
                  "%s.backingDeviceInfo returned %s, then %s"
                      .formatted(file.getClass().getName(), offered, again),
                  "the same answer, while the file is open",
                  "return a constant, or a value fixed at open");
        });
  }

  private Verdict carriesOut(Trial trial) throws ErrnoException {
    return ask(
        trial,
        (file, offered) -> {
          if (offered.permits(MapCapability.MAP_DIRECT)
              && !(file instanceof DirectlyMappableFile)) {
            return cannot(file, offered, MapCapability.MAP_DIRECT, DirectlyMappableFile.class);
          }
          return offered.permits(MapCapability.MAP_COPY) && !(file instanceof ReadableFile)
              ? cannot(file, offered, MapCapability.MAP_COPY, ReadableFile.class)
              : Verdict.HELD;
        });
  }

  private static Verdict cannot(
      OpenFile file, BackingDeviceInfo offered, MapCapability capability, Class<?> slot) {
    return Verdict.broken(
        "%s permits %s and is not a %s"
            .formatted(file.getClass().getName(), offered, slot.getSimpleName()),
        "%s in a file that implements %s".formatted(capability, slot.getSimpleName()),
        "implement %s, or omit %s".formatted(slot.getSimpleName(), capability));
  }

  private Verdict protections(Trial trial) throws ErrnoException {
    Opened file = Opened.open(trial, path);
    if (!file.offers(MapCapability.MAP_DIRECT)) {
      return Verdict.skipped("it does not permit MAP_DIRECT");
    }
    for (Wanted each : PROTECTIONS) {
      boolean isAsked =
          file.offers(each.capability())
              && (file.isWritable() || each.capability() != MapCapability.WRITE_MAP);
      if (isAsked) {
        switch (file.map(each.bits(), Sharing.SHARED, 0, Page.SIZE)) {
          case Attempt.Mapped mapped -> file.unmap(mapped, Page.SIZE);
          case Attempt.Refused refused -> {
            return refuses(refused, each.capability());
          }
        }
      }
    }
    return Verdict.HELD;
  }

  private static Verdict refuses(Attempt attempt, MapCapability permitted) {
    return Verdict.broken(
        attempt.told(),
        "a shared mapping, since %s is permitted".formatted(permitted),
        "omit %s from the backing device information, or accept such a request"
            .formatted(permitted));
  }
}
