package dev.nommu.cli.vectors;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_FIXED;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_TYPE;

import dev.nommu.api.AccessMode;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.BackingDeviceInfo.Backing;
import dev.nommu.api.FileKind;
import dev.nommu.api.MapCapability;
import dev.nommu.kernel.mmap.FileFacts.Slot;
import dev.nommu.kernel.mmap.FileFacts.Trait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The dimensions in which requests and files differ. */
final class Axes {
  private static final List<Long> ADDRESSES = List.of(0L, 0x1000L, -0x1000L);

  /** Just below and above a page, the largest block, and the point where numbers wrap. */
  private static final List<Long> LENGTHS =
      List.of(
          0L, 1L, 0x1000L, 0x1001L, 0x40_0000L, 0x40_0001L, 1L << 62, 1L << 63, -0x1000L, -0xfffL);

  /**
   * In pages: just below and above 2^63 bytes, the limit of files, and the point where numbers
   * wrap.
   */
  private static final List<Long> OFFSETS =
      List.of(0L, 1L, (1L << 51) - 2, (1L << 51) - 1, -(1L << 51), -2L, -1L);

  private static final List<Integer> TYPES = List.of(0, MAP_SHARED, MAP_PRIVATE, 3, MAP_TYPE);

  /** MAP_LOCKED, MAP_NORESERVE, MAP_POPULATE, MAP_STACK, MAP_FIXED_NOREPLACE; and none. */
  private static final List<Integer> OTHER_FLAGS =
      List.of(0, 0x2000, 0x4000, 0x8000, 0x20000, 0x100000);

  private static final int OTHER_FLAGS_MASK = 0x12e000;

  /** The dimensions that decide regardless of what is mapped. */
  static final List<Axis<?>> OF_ARGUMENTS =
      List.of(
          new Axis<>(ADDRESSES, Situation::withAddress),
          new Axis<>(LENGTHS, Situation::withLength),
          new Axis<>(OFFSETS, Situation::withOffset),
          new Axis<>(TYPES, (from, type) -> from.withFlags(MAP_TYPE, type)),
          new Axis<>(List.of(0, MAP_FIXED), (from, fixed) -> from.withFlags(MAP_FIXED, fixed)),
          new Axis<>(OTHER_FLAGS, (from, flag) -> from.withFlags(OTHER_FLAGS_MASK, flag)));

  /** The dimensions that decide the mapping of a file. */
  static final List<Axis<?>> OF_FILE =
      List.of(
          new Axis<>(List.of(MAP_SHARED, MAP_PRIVATE), (from, t) -> from.withFlags(MAP_TYPE, t)),
          new Axis<>(IntStream.range(0, 8).boxed().toList(), Situation::withProtection),
          new Axis<>(List.of(FileKind.values()), Situation::withKind),
          new Axis<>(subsets(Slot.class), Situation::withSlots),
          new Axis<>(List.of(AccessMode.values()), Situation::withMode),
          new Axis<>(backings(), Situation::withBacking),
          new Axis<>(subsets(Trait.class), Situation::withTraits));

  private Axes() {}

  private static List<Optional<BackingDeviceInfo>> backings() {
    List<Optional<BackingDeviceInfo>> backings = new ArrayList<>(List.of(Optional.empty()));
    subsets(MapCapability.class).stream()
        .map(capabilities -> Optional.of(BackingDeviceInfo.of(capabilities, Backing.DEVICE)))
        .forEach(backings::add);
    return backings;
  }

  private static <E extends Enum<E>> List<Set<E>> subsets(Class<E> type) {
    E[] all = type.getEnumConstants();
    return IntStream.range(0, 1 << all.length)
        .mapToObj(bits -> {
          Set<E> subset = EnumSet.noneOf(type);
          IntStream.range(0, all.length)
              .filter(i -> (bits >> i & 1) != 0)
              .forEach(i -> subset.add(all[i]));
          return subset;
        })
        .toList();
  }
}
