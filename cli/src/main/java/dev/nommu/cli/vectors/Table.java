package dev.nommu.cli.vectors;

import static dev.nommu.api.MapCapability.MAP_COPY;
import static dev.nommu.api.MapCapability.MAP_DIRECT;
import static dev.nommu.api.MapCapability.READ_MAP;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_ANONYMOUS;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_EXEC;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;

import dev.nommu.api.AccessMode;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.BackingDeviceInfo.Backing;
import dev.nommu.api.FileKind;
import dev.nommu.api.MapCapability;
import dev.nommu.api.Profile;
import dev.nommu.kernel.mmap.FileFacts;
import dev.nommu.kernel.mmap.FileFacts.Slot;
import dev.nommu.kernel.mmap.MmapArguments;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which situations there are. */
final class Table {
  /** Neither is among the lengths and offsets tried with other arguments. */
  private static final long LENGTH = 0x2000;

  private static final long OFFSET = 3;

  private static final int RX = PROT_READ | PROT_EXEC;
  private static final int RW = PROT_READ | PROT_WRITE;

  private static final FileFacts MEMORY =
      file(FileKind.REGULAR, Optional.of(BackingDeviceInfo.MEMORY));

  private static final FileFacts ROM = file(FileKind.REGULAR, Optional.of(BackingDeviceInfo.ROM));

  private static final FileFacts DISK = file(FileKind.REGULAR, Optional.empty());

  private static final FileFacts DEVICE = file(FileKind.CHARACTER_DEVICE, Optional.empty());

  private static final FileFacts MEMORY_DEVICE =
      file(FileKind.CHARACTER_DEVICE, Optional.of(BackingDeviceInfo.MEMORY));

  private static final FileFacts SOCKET = file(FileKind.SOCKET, Optional.empty());

  private static final FileFacts ONLY_DIRECT = permitting(MAP_DIRECT, READ_MAP);

  private static final FileFacts NOT_EXECUTABLE = permitting(MAP_COPY, MAP_DIRECT, READ_MAP);

  private Table() {}

  /**
   * Returns every combination of arguments with three files, and of facts about a file, with all
   * answers of its driver.
   */
  static Stream<TestVector> whole(Profile profile, Trials trials) {
    Stream<Situation> arguments =
        Stream.of(anonymous(profile), memory(profile), socket(profile))
            .flatMap(base -> Axis.all(base, Axes.OF_ARGUMENTS));
    return Stream.concat(arguments, Axis.all(memory(profile), Axes.OF_FILE)).flatMap(trials::all);
  }

  /**
   * Returns a few plain cases with all answers of their drivers, and all cases that differ from one
   * of them in one field.
   */
  static Stream<TestVector> reduced(Profile profile, Trials trials) {
    List<Situation> plain = plain(profile);
    Stream<Situation> others = plain.stream().flatMap(Table::around).distinct();
    return Stream.concat(
        plain.stream().flatMap(trials::all),
        others.filter(each -> !plain.contains(each)).map(trials::first));
  }

  private static List<Situation> plain(Profile profile) {
    return List.of(
        anonymous(profile),
        memory(profile),
        of(MEMORY, MAP_PRIVATE, PROT_READ, profile),
        of(MEMORY, MAP_PRIVATE, RW, profile),
        of(ROM, MAP_PRIVATE, RX, profile),
        of(NOT_EXECUTABLE, MAP_PRIVATE, PROT_READ, profile),
        of(ONLY_DIRECT, MAP_PRIVATE, PROT_READ, profile),
        of(DISK, MAP_PRIVATE, PROT_READ, profile),
        of(DEVICE, MAP_SHARED, PROT_READ, profile),
        of(MEMORY_DEVICE, MAP_PRIVATE, PROT_READ, profile),
        socket(profile));
  }

  private static Stream<Situation> around(Situation plain) {
    return Stream.of(Axes.OF_ARGUMENTS, Axes.OF_FILE)
        .flatMap(List::stream)
        .flatMap(axis -> axis.along(plain));
  }

  private static Situation anonymous(Profile profile) {
    return new Situation(profile, request(MAP_PRIVATE | MAP_ANONYMOUS, RW), Optional.empty());
  }

  private static Situation memory(Profile profile) {
    return of(MEMORY, MAP_SHARED, RW, profile);
  }

  private static Situation socket(Profile profile) {
    return of(SOCKET, MAP_SHARED, PROT_READ, profile);
  }

  private static Situation of(FileFacts file, int type, int protection, Profile profile) {
    return new Situation(profile, request(type, protection), Optional.of(file));
  }

  private static MmapArguments request(int flags, int protection) {
    return new MmapArguments(0, LENGTH, protection, flags, OFFSET);
  }

  private static FileFacts permitting(MapCapability... capabilities) {
    return file(
        FileKind.REGULAR, Optional.of(BackingDeviceInfo.of(Set.of(capabilities), Backing.DEVICE)));
  }

  private static FileFacts file(FileKind kind, Optional<BackingDeviceInfo> backing) {
    return new FileFacts(kind, EnumSet.allOf(Slot.class), AccessMode.READ_WRITE, backing, Set.of());
  }
}
