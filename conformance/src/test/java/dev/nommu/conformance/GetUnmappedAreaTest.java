package dev.nommu.conformance;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.api.Sharing;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.mmap.RegionKind;
import dev.nommu.kernel.task.Task;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A driver whose get_unmapped_area answers, declines (ENOSYS) or refuses (EINVAL), with and without
 * MAP_COPY: six cases, each for a device of its own and for one below the core of the frame
 * buffers, mapped shared and privately, in both profiles.
 *
 * <p>What comes of a request is "in place", "copied" or an error with the rule that the kernel
 * cites; an error without a rule is the driver's own. Under linux-6.12 the core of the frame
 * buffers answers itself (FB-02), whatever the driver would say.
 */
class GetUnmappedAreaTest {
  private static final String GRANTED = "copy;";
  private static final String NOT_GRANTED = "";
  private static final byte[] CONTENT = {7, 1, 8};
  private static final Pattern RULE = Pattern.compile("\\[([A-Z]+-\\w+)]");

  @ParameterizedTest
  @CsvSource({
    "DEVICE, SHARED,  DOCUMENT,   in place",
    "DEVICE, PRIVATE, DOCUMENT,   in place",
    "DEVICE, SHARED,  LINUX_6_12, in place",
    "DEVICE, PRIVATE, LINUX_6_12, ENODEV MMAP-19",
    "SCREEN, SHARED,  DOCUMENT,   in place",
    "SCREEN, PRIVATE, DOCUMENT,   in place",
    "SCREEN, SHARED,  LINUX_6_12, in place",
    "SCREEN, PRIVATE, LINUX_6_12, ENODEV MMAP-19"
  })
  void dir02_answerWithoutCopy_isMappedInPlace(
      AnsweringDevice device, Sharing sharing, Profile profile, String outcome) throws Exception {
    assertOutcome(outcome, device.node(Answer.PLACE, NOT_GRANTED), device, sharing, profile);
  }

  @ParameterizedTest
  @CsvSource({
    "DEVICE, SHARED,  DOCUMENT,   in place",
    "DEVICE, PRIVATE, DOCUMENT,   in place",
    "DEVICE, SHARED,  LINUX_6_12, in place",
    "DEVICE, PRIVATE, LINUX_6_12, in place",
    "SCREEN, SHARED,  DOCUMENT,   in place",
    "SCREEN, PRIVATE, DOCUMENT,   in place",
    "SCREEN, SHARED,  LINUX_6_12, in place",
    "SCREEN, PRIVATE, LINUX_6_12, in place"
  })
  void dir02_answerWithCopy_isMappedInPlaceAllTheSame(
      AnsweringDevice device, Sharing sharing, Profile profile, String outcome) throws Exception {
    assertOutcome(outcome, device.node(Answer.PLACE, GRANTED), device, sharing, profile);
  }

  @ParameterizedTest
  @CsvSource({
    "DEVICE, SHARED,  DOCUMENT,   ENODEV DIR-04",
    "DEVICE, PRIVATE, DOCUMENT,   ENODEV DIR-04",
    "DEVICE, SHARED,  LINUX_6_12, ENODEV DIR-04",
    "DEVICE, PRIVATE, LINUX_6_12, ENODEV MMAP-19",
    "SCREEN, SHARED,  DOCUMENT,   ENODEV DIR-04",
    "SCREEN, PRIVATE, DOCUMENT,   ENODEV DIR-04",
    "SCREEN, SHARED,  LINUX_6_12, in place",
    "SCREEN, PRIVATE, LINUX_6_12, ENODEV MMAP-19"
  })
  void dir04_declineWithoutCopy_isRejected(
      AnsweringDevice device, Sharing sharing, Profile profile, String outcome) throws Exception {
    assertOutcome(outcome, device.node(Answer.DECLINE, NOT_GRANTED), device, sharing, profile);
  }

  @ParameterizedTest
  @CsvSource({
    "DEVICE, SHARED,  DOCUMENT,   ENODEV DIR-04",
    "DEVICE, PRIVATE, DOCUMENT,   copied",
    "DEVICE, SHARED,  LINUX_6_12, ENODEV DIR-04",
    "DEVICE, PRIVATE, LINUX_6_12, EINVAL COPY-05",
    "SCREEN, SHARED,  DOCUMENT,   ENODEV DIR-04",
    "SCREEN, PRIVATE, DOCUMENT,   copied",
    "SCREEN, SHARED,  LINUX_6_12, in place",
    "SCREEN, PRIVATE, LINUX_6_12, in place"
  })
  void dir04_declineWithCopy_isCopiedUnlessShared(
      AnsweringDevice device, Sharing sharing, Profile profile, String outcome) throws Exception {
    assertOutcome(outcome, device.node(Answer.DECLINE, GRANTED), device, sharing, profile);
  }

  @ParameterizedTest
  @CsvSource({
    "DEVICE, SHARED,  DOCUMENT,   EINVAL",
    "DEVICE, PRIVATE, DOCUMENT,   EINVAL",
    "DEVICE, SHARED,  LINUX_6_12, EINVAL",
    "DEVICE, PRIVATE, LINUX_6_12, ENODEV MMAP-19",
    "SCREEN, SHARED,  DOCUMENT,   EINVAL",
    "SCREEN, PRIVATE, DOCUMENT,   EINVAL",
    "SCREEN, SHARED,  LINUX_6_12, in place",
    "SCREEN, PRIVATE, LINUX_6_12, ENODEV MMAP-19"
  })
  void dir03_refusalWithoutCopy_isTheErrorOfTheCall(
      AnsweringDevice device, Sharing sharing, Profile profile, String outcome) throws Exception {
    assertOutcome(outcome, device.node(Answer.REFUSE, NOT_GRANTED), device, sharing, profile);
  }

  @ParameterizedTest
  @CsvSource({
    "DEVICE, SHARED,  DOCUMENT,   EINVAL",
    "DEVICE, PRIVATE, DOCUMENT,   EINVAL",
    "DEVICE, SHARED,  LINUX_6_12, EINVAL",
    "DEVICE, PRIVATE, LINUX_6_12, EINVAL",
    "SCREEN, SHARED,  DOCUMENT,   EINVAL",
    "SCREEN, PRIVATE, DOCUMENT,   EINVAL",
    "SCREEN, SHARED,  LINUX_6_12, in place",
    "SCREEN, PRIVATE, LINUX_6_12, in place"
  })
  void dir03_refusalWithCopy_isNeverACopy(
      AnsweringDevice device, Sharing sharing, Profile profile, String outcome) throws Exception {
    assertOutcome(outcome, device.node(Answer.REFUSE, GRANTED), device, sharing, profile);
  }

  private static void assertOutcome(
      String outcome, String node, AnsweringDevice device, Sharing sharing, Profile profile)
      throws Exception {
    try (TestMachine machine = TestMachine.boot(profile, "", node)) {
      long freePages = machine.machine().freePages();
      assertThat(map(machine, device, sharing)).isEqualTo(outcome);
      if (!outcome.equals("copied")) {
        assertThat(machine.lines(CallLog.PATH)).doesNotContain("read");
        assertThat(machine.machine().freePages()).isEqualTo(freePages);
      }
    }
  }

  /** Maps the second and third page to be read, and says what comes of it. */
  private static String map(TestMachine machine, AnsweringDevice device, Sharing sharing)
      throws Exception {
    Task task = machine.init();
    int file = task.open(device.path(), OpenFlags.O_RDWR);
    int type = sharing == Sharing.SHARED ? MAP_SHARED : MAP_PRIVATE;
    long offset = offset(device, machine.machine());
    task.store(AnsweringDevice.START + offset, MemorySegment.ofArray(CONTENT));
    try {
      long address = task.mmap(0, 8192, PROT_READ, type, file, offset);
      byte[] seen = task.memory(address, CONTENT.length).toArray(ValueLayout.JAVA_BYTE);
      assertThat(seen).isEqualTo(CONTENT);
      return kind(task, address, offset);
    } catch (ErrnoException failure) {
      Matcher rule = RULE.matcher(failure.getMessage());
      return failure.errno() + (rule.find() ? " " + rule.group(1) : "");
    }
  }

  /** Linux 6.12 maps a frame buffer at offset 0 only (FB-05). */
  private static long offset(AnsweringDevice device, Machine machine) {
    boolean atStart = device == AnsweringDevice.SCREEN && machine.profile() == Profile.LINUX_6_12;
    return atStart ? 0 : 4096;
  }

  private static String kind(Task task, long address, long offset) {
    return switch (task.mapping(address).orElseThrow().region().kind()) {
      case COPY -> "copied";
      case STORE -> address == AnsweringDevice.START + offset ? "in place" : "elsewhere";
      case RegionKind other -> "made of " + other;
    };
  }
}
