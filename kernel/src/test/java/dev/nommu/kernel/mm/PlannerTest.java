package dev.nommu.kernel.mm;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_FIXED;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_EXEC;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static org.assertj.core.api.Assertions.assertThat;

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
import dev.nommu.kernel.mmap.Rule;
import dev.nommu.kernel.mmap.Trail;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The planner as a function: the order of its checks, and the rule named for each refusal. */
final class PlannerTest {
  private static final int PAGE = 4096;
  private static final Set<Slot> ALL_SLOTS = EnumSet.allOf(Slot.class);
  private static final FileFacts MEMORY_FILE =
      new FileFacts(
          FileKind.REGULAR,
          ALL_SLOTS,
          AccessMode.READ_WRITE,
          Optional.of(BackingDeviceInfo.MEMORY),
          Set.of());

  private static MmapArguments request(int protection, int flags) {
    return new MmapArguments(0, PAGE, protection, flags, 0);
  }

  private static FileFacts file(FileKind kind, Set<Slot> slots, AccessMode mode) {
    return new FileFacts(kind, slots, mode, Optional.empty(), Set.of());
  }

  private static FileFacts permitting(MapCapability... capabilities) {
    return new FileFacts(
        FileKind.REGULAR,
        ALL_SLOTS,
        AccessMode.READ_WRITE,
        Optional.of(BackingDeviceInfo.of(Set.of(capabilities), Backing.DEVICE)),
        Set.of());
  }

  private static Plan plan(MmapArguments request, FileFacts file, Profile profile) {
    return Planner.planFile(request, file, profile, Trail.NONE);
  }

  private static void assertRefused(Errno errno, Rule rule, Plan plan) {
    assertThat(plan).isEqualTo(new Plan.Refused(errno, rule));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void mmap05_fixedAddress_isEinval(Profile profile) {
    MmapArguments fixed = request(PROT_READ, MAP_PRIVATE | MAP_FIXED);
    assertRefused(Errno.EINVAL, Rule.MMAP_05, plan(fixed, MEMORY_FILE, profile));
    assertRefused(Errno.EINVAL, Rule.MMAP_05, Planner.planAnonymous(fixed, profile, Trail.NONE));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 4096, 0x8000_0000L, -4096})
  void mmap05_addressHint_isEinvalByTheDocumentAndIgnoredBy612(long hint) {
    MmapArguments hinted = new MmapArguments(hint, PAGE, PROT_READ, MAP_PRIVATE, 0);
    assertRefused(
        Errno.EINVAL, Rule.MMAP_05, Planner.planAnonymous(hinted, Profile.DOCUMENT, Trail.NONE));
    assertThat(Planner.planAnonymous(hinted, Profile.LINUX_6_12, Trail.NONE))
        .isEqualTo(new Plan.Anonymous());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 8, 0xf, MAP_SHARED | 4})
  void mmap06_typeNeitherSharedNorPrivate_isEinval(int type) {
    assertRefused(
        Errno.EINVAL, Rule.MMAP_06, plan(request(PROT_READ, type), MEMORY_FILE, Profile.DOCUMENT));
  }

  @Test
  void mmap07_length0_isEinval() {
    assertRefused(
        Errno.EINVAL,
        Rule.MMAP_07,
        plan(new MmapArguments(0, 0, PROT_READ, MAP_PRIVATE, 0), MEMORY_FILE, Profile.DOCUMENT));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, -4095})
  void mmap08_lengthThatWrapsWhenRounded_isEnomem(long length) {
    assertRefused(
        Errno.ENOMEM,
        Rule.MMAP_08,
        plan(
            new MmapArguments(0, length, PROT_READ, MAP_PRIVATE, 0),
            MEMORY_FILE,
            Profile.DOCUMENT));
  }

  @Test
  void mmap09_offsetAndLengthThatWrap_isEoverflowAlsoForAnonymousMemory() {
    MmapArguments wraps = new MmapArguments(0, 2 * PAGE, PROT_READ, MAP_PRIVATE, -1);
    assertRefused(Errno.EOVERFLOW, Rule.MMAP_09, plan(wraps, MEMORY_FILE, Profile.DOCUMENT));
    assertRefused(
        Errno.EOVERFLOW, Rule.MMAP_09, Planner.planAnonymous(wraps, Profile.DOCUMENT, Trail.NONE));
  }

  @Test
  void mmap10_fileWithoutMmap_isEnodev() {
    FileFacts pipe = file(FileKind.FIFO, EnumSet.of(Slot.READ), AccessMode.READ);
    assertRefused(
        Errno.ENODEV, Rule.MMAP_10, plan(request(PROT_READ, MAP_PRIVATE), pipe, Profile.DOCUMENT));
  }

  @ParameterizedTest
  @EnumSource(
      value = FileKind.class,
      names = {"DIRECTORY", "SYMBOLIC_LINK", "FIFO", "SOCKET"})
  void mmap11_otherKindWithoutCapabilities_isEinval(FileKind kind) {
    assertRefused(
        Errno.EINVAL,
        Rule.MMAP_11,
        plan(
            request(PROT_READ, MAP_PRIVATE),
            file(kind, ALL_SLOTS, AccessMode.READ),
            Profile.DOCUMENT));
  }

  @Test
  void mmap12_withoutGetUnmappedArea_directIsDropped() {
    FileFacts unplaced =
        new FileFacts(
            FileKind.REGULAR,
            EnumSet.of(Slot.READ, Slot.MMAP),
            AccessMode.READ,
            Optional.of(BackingDeviceInfo.MEMORY),
            Set.of());
    assertThat(plan(request(PROT_READ, MAP_PRIVATE), unplaced, Profile.DOCUMENT))
        .isEqualTo(new Plan.Copied(Use.SHAREABLE));
    assertRefused(
        Errno.ENODEV,
        Rule.MMAP_17,
        plan(request(PROT_READ, MAP_SHARED), unplaced, Profile.DOCUMENT));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void mmap12_withoutRead_copyIsDropped(Profile profile) {
    FileFacts unread =
        new FileFacts(
            FileKind.REGULAR,
            EnumSet.of(Slot.MMAP, Slot.GET_UNMAPPED_AREA),
            AccessMode.READ_WRITE,
            Optional.of(BackingDeviceInfo.MEMORY),
            Set.of());
    assertRefused(
        Errno.ENODEV,
        Rule.MMAP_19,
        plan(request(PROT_READ | PROT_WRITE, MAP_PRIVATE), unread, profile));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, PROT_READ, PROT_WRITE, PROT_EXEC})
  void mmap13_fileNotOpenForReading_isEaccesWhateverTheProtection(int protection) {
    FileFacts writeOnly =
        new FileFacts(
            FileKind.REGULAR,
            ALL_SLOTS,
            AccessMode.WRITE,
            Optional.of(BackingDeviceInfo.MEMORY),
            Set.of());
    for (int type : List.of(MAP_SHARED, MAP_PRIVATE)) {
      assertRefused(
          Errno.EACCES, Rule.MMAP_13, plan(request(protection, type), writeOnly, Profile.DOCUMENT));
    }
  }

  @Test
  void mmap14_sharedWritableOfAFileOpenForReading_isEacces() {
    FileFacts readOnly =
        new FileFacts(
            FileKind.REGULAR,
            ALL_SLOTS,
            AccessMode.READ,
            Optional.of(BackingDeviceInfo.MEMORY),
            Set.of());
    assertRefused(
        Errno.EACCES,
        Rule.MMAP_14,
        plan(request(PROT_WRITE, MAP_SHARED), readOnly, Profile.DOCUMENT));
    assertThat(plan(request(PROT_WRITE, MAP_PRIVATE), readOnly, Profile.DOCUMENT))
        .isEqualTo(new Plan.Copied(Use.OWN));
  }

  @Test
  void mmap15_sharedMappingOfAnAppendOnlyFileOpenForWriting_isEacces() {
    FileFacts appendOnly = MEMORY_FILE.with(Trait.APPEND_ONLY);
    assertRefused(
        Errno.EACCES,
        Rule.MMAP_15,
        plan(request(PROT_READ, MAP_SHARED), appendOnly, Profile.DOCUMENT));
    assertThat(plan(request(PROT_READ, MAP_PRIVATE), appendOnly, Profile.DOCUMENT))
        .isInstanceOf(Plan.InPlace.class);
  }

  @ParameterizedTest
  @CsvSource({"REGULAR", "BLOCK_DEVICE"})
  void mmap17_sharedMappingOfAnOrdinaryFileOrDisk_isEnodevAlsoReadOnly(FileKind kind) {
    FileFacts ordinary = file(kind, ALL_SLOTS, AccessMode.READ_WRITE);
    for (int protection = 0; protection < 8; protection++) {
      assertRefused(
          Errno.ENODEV,
          Rule.MMAP_17,
          plan(request(protection, MAP_SHARED), ordinary, Profile.DOCUMENT));
    }
  }

  @Test
  void mmap18_sharedMapping_isNeverACopy() {
    assertThat(plan(request(PROT_READ, MAP_SHARED), MEMORY_FILE, Profile.DOCUMENT))
        .isEqualTo(new Plan.InPlace(WhenDeclined.REFUSE));
  }

  @Test
  void mmap19_privateWithoutCopy_isServedInPlaceByTheDocumentAndEnodevBy612() {
    FileFacts direct =
        permitting(MapCapability.MAP_DIRECT, MapCapability.READ_MAP, MapCapability.EXEC_MAP);
    MmapArguments read = request(PROT_READ, MAP_PRIVATE);
    assertThat(plan(read, direct, Profile.DOCUMENT))
        .isEqualTo(new Plan.InPlace(WhenDeclined.REFUSE));
    assertRefused(Errno.ENODEV, Rule.MMAP_19, plan(read, direct, Profile.LINUX_6_12));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void mmap19_privateWritable_isACopyOfItsOwnAlthoughDirectIsPossible(Profile profile) {
    assertThat(plan(request(PROT_READ | PROT_WRITE, MAP_PRIVATE), MEMORY_FILE, profile))
        .isEqualTo(new Plan.Copied(Use.OWN));
  }

  @ParameterizedTest
  @CsvSource({"1,READ_MAP", "2,WRITE_MAP", "4,EXEC_MAP"})
  void mmap20_sharedMappingWithAProtectionNotPermitted_isEinval(
      int protection, MapCapability missing) {
    Set<MapCapability> others = EnumSet.allOf(MapCapability.class);
    others.remove(missing);
    FileFacts file = permitting(others.toArray(new MapCapability[0]));
    assertRefused(
        Errno.EINVAL, Rule.MMAP_20, plan(request(protection, MAP_SHARED), file, Profile.DOCUMENT));
  }

  @ParameterizedTest
  @CsvSource({"1,READ_MAP", "4,EXEC_MAP"})
  void mmap20_privateMappingWithAProtectionNotPermitted_isACopy(
      int protection, MapCapability missing) {
    Set<MapCapability> others = EnumSet.allOf(MapCapability.class);
    others.remove(missing);
    FileFacts file = permitting(others.toArray(new MapCapability[0]));
    assertThat(plan(request(protection, MAP_PRIVATE), file, Profile.DOCUMENT))
        .isEqualTo(new Plan.Copied(Use.SHAREABLE));
  }

  @ParameterizedTest
  @ValueSource(ints = {MAP_SHARED, MAP_PRIVATE})
  void mmap21a_execOnAMountWithNoexec_isEperm(int type) {
    FileFacts noexec = MEMORY_FILE.with(Trait.NOEXEC);
    assertRefused(
        Errno.EPERM, Rule.MMAP_21A, plan(request(PROT_EXEC, type), noexec, Profile.DOCUMENT));
    assertThat(plan(request(PROT_READ, type), noexec, Profile.DOCUMENT))
        .isInstanceOf(Plan.InPlace.class);
  }

  @Test
  void mmap21c_readAndExecWithoutExecMap_isACopy() {
    FileFacts file =
        permitting(MapCapability.MAP_COPY, MapCapability.MAP_DIRECT, MapCapability.READ_MAP);
    assertThat(plan(request(PROT_READ | PROT_EXEC, MAP_PRIVATE), file, Profile.DOCUMENT))
        .isEqualTo(new Plan.Copied(Use.SHAREABLE));
  }

  @ParameterizedTest
  @ValueSource(ints = {MAP_SHARED, MAP_PRIVATE})
  void mmap23_anonymousMapping_skipsTheChecksOfFiles(int type) {
    assertThat(
            Planner.planAnonymous(
                request(7, type | MmapArguments.MAP_ANONYMOUS), Profile.DOCUMENT, Trail.NONE))
        .isEqualTo(new Plan.Anonymous());
  }

  @ParameterizedTest
  @ValueSource(ints = {0x8000, 0x2000, 0x4000, 0x20000, 0x100000})
  void mmap24_populateLockedNoreserveStackAndNoReplace_areNotRejected(int flag) {
    assertThat(
            Planner.planAnonymous(
                request(PROT_READ, MAP_PRIVATE | flag), Profile.LINUX_6_12, Trail.NONE))
        .isEqualTo(new Plan.Anonymous());
  }

  @Test
  void bdi02_capabilitiesThatAreGivenEmpty_areFinal() {
    for (FileKind kind : List.of(FileKind.REGULAR, FileKind.CHARACTER_DEVICE)) {
      FileFacts nothing =
          new FileFacts(
              kind,
              ALL_SLOTS,
              AccessMode.READ_WRITE,
              Optional.of(BackingDeviceInfo.of(Set.of(), Backing.DEVICE)),
              Set.of());
      assertRefused(
          Errno.ENODEV,
          Rule.MMAP_19,
          plan(request(PROT_READ, MAP_PRIVATE), nothing, Profile.DOCUMENT));
    }
  }

  @Test
  void bdi03_regularFileWithoutCapabilities_isCopied() {
    FileFacts plain = file(FileKind.REGULAR, ALL_SLOTS, AccessMode.READ);
    IntStream.range(0, 8)
        .filter(protection -> (protection & PROT_WRITE) == 0)
        .forEach(protection ->
            assertThat(plan(request(protection, MAP_PRIVATE), plain, Profile.DOCUMENT))
                .isEqualTo(new Plan.Copied(Use.SHAREABLE)));
  }

  @Test
  void bdi05_characterDeviceWithoutCapabilities_isReadableWritableAndOnlyDirect() {
    FileFacts device = file(FileKind.CHARACTER_DEVICE, ALL_SLOTS, AccessMode.READ_WRITE);
    assertThat(plan(request(PROT_READ | PROT_WRITE, MAP_SHARED), device, Profile.DOCUMENT))
        .isEqualTo(new Plan.InPlace(WhenDeclined.REFUSE));
    assertRefused(
        Errno.EINVAL, Rule.MMAP_20, plan(request(PROT_EXEC, MAP_SHARED), device, Profile.DOCUMENT));
    assertRefused(
        Errno.ENODEV,
        Rule.MMAP_19,
        plan(request(PROT_READ | PROT_WRITE, MAP_PRIVATE), device, Profile.DOCUMENT));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void flags08_privateMappingOfATracedProcess_isACopyOfItsOwn(Profile profile) {
    assertThat(plan(request(PROT_READ, MAP_PRIVATE), MEMORY_FILE.with(Trait.TRACED), profile))
        .isEqualTo(new Plan.Copied(Use.OWN));
  }
}
