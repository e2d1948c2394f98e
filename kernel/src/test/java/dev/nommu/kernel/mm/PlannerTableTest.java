package dev.nommu.kernel.mm;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_FIXED;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.nommu.api.AccessMode;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.BackingDeviceInfo.Backing;
import dev.nommu.api.Errno;
import dev.nommu.api.FileKind;
import dev.nommu.api.MapCapability;
import dev.nommu.api.Profile;
import dev.nommu.kernel.mm.Plan.Use;
import dev.nommu.kernel.mm.Plan.WhenDeclined;
import dev.nommu.kernel.mmap.FileFacts;
import dev.nommu.kernel.mmap.FileFacts.Slot;
import dev.nommu.kernel.mmap.FileFacts.Trait;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.mmap.Trail;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The planner on every combination of file, protection and type, against a second copy of the
 * document's table of cases: the first check that refuses, or the plan.
 */
final class PlannerTableTest {
  private static final int READ = 1;
  private static final int WRITE = 2;
  private static final int EXEC = 4;

  /** The outcome of a combination: an error, or a plan. */
  private sealed interface Expected {
    record Fails(Errno errno) implements Expected {}

    record Made(Plan plan) implements Expected {}
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void mmap05to21_everyCombinationOfFileAndRequest_isAsTheTableSays(Profile profile) {
    long combinations = 0;
    for (FileKind kind : FileKind.values()) {
      for (Set<Slot> slots : subsets(Slot.class)) {
        for (AccessMode mode : AccessMode.values()) {
          for (Set<Trait> traits : subsets(Trait.class)) {
            combinations += everyBacking(kind, slots, mode, traits, profile);
          }
        }
      }
    }
    assertThat(combinations).isEqualTo(7L * 8 * 3 * 8 * 33 * 16);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void mmap05to09_argumentsAreCheckedInOrderBeforeTheFile(Profile profile) {
    FileFacts hopeless =
        new FileFacts(FileKind.FIFO, Set.of(), AccessMode.WRITE, Optional.empty(), Set.of());
    for (long address : List.of(0L, 4096L)) {
      for (long length : List.of(0L, 1L, 4096L, -1L, -4096L)) {
        for (int flags = 0; flags < 32; flags++) {
          for (long offset : List.of(0L, 1L, -1L)) {
            compare(new MmapArguments(address, length, READ, flags, offset), hopeless, profile);
          }
        }
      }
    }
  }

  private static long everyBacking(
      FileKind kind, Set<Slot> slots, AccessMode mode, Set<Trait> traits, Profile profile) {
    long combinations =
        everyRequest(new FileFacts(kind, slots, mode, Optional.empty(), traits), profile);
    for (Set<MapCapability> capabilities : subsets(MapCapability.class)) {
      Optional<BackingDeviceInfo> info =
          Optional.of(BackingDeviceInfo.of(capabilities, Backing.DEVICE));
      combinations += everyRequest(new FileFacts(kind, slots, mode, info, traits), profile);
    }
    return combinations;
  }

  private static long everyRequest(FileFacts file, Profile profile) {
    for (int protection = 0; protection < 8; protection++) {
      for (int type : List.of(MAP_SHARED, MAP_PRIVATE)) {
        compare(new MmapArguments(0, 8192, protection, type, 3), file, profile);
      }
    }
    return 16;
  }

  private static void compare(MmapArguments request, FileFacts file, Profile profile) {
    Plan plan = Planner.planFile(request, file, profile, Trail.NONE);
    Expected found =
        plan instanceof Plan.Refused refused
            ? new Expected.Fails(refused.errno())
            : new Expected.Made(plan);
    Expected expected = expected(request, file, profile);
    if (!found.equals(expected)) {
      fail("%s of %s by %s: expected %s, found %s", request, file, profile, expected, plan);
    }
  }

  private static Expected expected(MmapArguments request, FileFacts file, Profile profile) {
    return ofArguments(request, profile)
        .or(() -> ofFile(file))
        .map(errno -> (Expected) new Expected.Fails(errno))
        .orElseGet(() ->
            (request.flags() & 0xf) == MAP_SHARED
                ? shared(request, file)
                : privately(request, file, profile));
  }

  private static Optional<Errno> ofArguments(MmapArguments request, Profile profile) {
    boolean hint = profile == Profile.DOCUMENT && request.address() != 0;
    int type = request.flags() & 0xf;
    if ((request.flags() & MAP_FIXED) != 0 || hint || (type != 1 && type != 2)) {
      return Optional.of(Errno.EINVAL);
    }
    if (request.length() == 0) {
      return Optional.of(Errno.EINVAL);
    }
    if (Long.compareUnsigned(request.length(), -4096) > 0) {
      return Optional.of(Errno.ENOMEM);
    }
    long pages = Long.divideUnsigned(request.length() + 4095, 4096);
    boolean wraps = Long.compareUnsigned(request.pageOffset(), -pages - 1) > 0;
    return wraps ? Optional.of(Errno.EOVERFLOW) : Optional.empty();
  }

  private static Optional<Errno> ofFile(FileFacts file) {
    if (!file.slots().contains(Slot.MMAP)) {
      return Optional.of(Errno.ENODEV);
    }
    boolean mappable =
        Set.of(FileKind.REGULAR, FileKind.BLOCK_DEVICE, FileKind.CHARACTER_DEVICE)
            .contains(file.kind());
    if (!mappable && file.backing().isEmpty()) {
      return Optional.of(Errno.EINVAL);
    }
    return file.mode() == AccessMode.WRITE ? Optional.of(Errno.EACCES) : Optional.empty();
  }

  private static Set<MapCapability> offered(FileFacts file) {
    return file.backing()
        .map(BackingDeviceInfo::capabilities)
        .orElse(
            file.kind() == FileKind.CHARACTER_DEVICE
                ? Set.of(MapCapability.MAP_DIRECT, MapCapability.READ_MAP, MapCapability.WRITE_MAP)
                : Set.of(MapCapability.MAP_COPY));
  }

  private static boolean permits(FileFacts file, int protection) {
    Set<MapCapability> offered = offered(file);
    return ((protection & READ) == 0 || offered.contains(MapCapability.READ_MAP))
        && ((protection & WRITE) == 0 || offered.contains(MapCapability.WRITE_MAP))
        && ((protection & EXEC) == 0 || offered.contains(MapCapability.EXEC_MAP));
  }

  private static boolean direct(FileFacts file) {
    return offered(file).contains(MapCapability.MAP_DIRECT)
        && file.slots().contains(Slot.GET_UNMAPPED_AREA);
  }

  private static boolean copy(FileFacts file) {
    return offered(file).contains(MapCapability.MAP_COPY) && file.slots().contains(Slot.READ);
  }

  private static Expected shared(MmapArguments request, FileFacts file) {
    boolean writes = file.mode() == AccessMode.READ_WRITE;
    boolean append = file.traits().contains(Trait.APPEND_ONLY) && writes;
    if (((request.protection() & WRITE) != 0 && !writes) || append) {
      return new Expected.Fails(Errno.EACCES);
    }
    if (!direct(file)) {
      return new Expected.Fails(Errno.ENODEV);
    }
    if (!permits(file, request.protection())) {
      return new Expected.Fails(Errno.EINVAL);
    }
    return noexec(request, file).orElse(new Expected.Made(new Plan.InPlace(WhenDeclined.REFUSE)));
  }

  private static Optional<Expected> noexec(MmapArguments request, FileFacts file) {
    return (request.protection() & EXEC) != 0 && file.traits().contains(Trait.NOEXEC)
        ? Optional.of(new Expected.Fails(Errno.EPERM))
        : Optional.empty();
  }

  private static Expected privately(MmapArguments request, FileFacts file, Profile profile) {
    boolean own = (request.protection() & WRITE) != 0 || file.traits().contains(Trait.TRACED);
    boolean inPlace = !own && direct(file) && permits(file, request.protection());
    if (!copy(file) && (profile == Profile.LINUX_6_12 || !inPlace)) {
      return new Expected.Fails(Errno.ENODEV);
    }
    Plan plan =
        inPlace
            ? new Plan.InPlace(copy(file) ? WhenDeclined.COPY : WhenDeclined.REFUSE)
            : new Plan.Copied(own ? Use.OWN : Use.SHAREABLE);
    return noexec(request, file).orElse(new Expected.Made(plan));
  }

  private static <E extends Enum<E>> List<Set<E>> subsets(Class<E> type) {
    E[] all = type.getEnumConstants();
    return IntStream.range(0, 1 << all.length)
        .<Set<E>>mapToObj(bits -> {
          Set<E> subset = EnumSet.noneOf(type);
          for (int i = 0; i < all.length; i++) {
            if ((bits & 1 << i) != 0) {
              subset.add(all[i]);
            }
          }
          return subset;
        })
        .toList();
  }
}
