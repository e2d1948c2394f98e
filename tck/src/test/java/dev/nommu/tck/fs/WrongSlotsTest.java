package dev.nommu.tck.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.tck.fs.WrongTrees.Folders;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a file system does beside reading and writing is tested where it has the slot for it. */
final class WrongSlotsTest {
  private static void assertFilesBreak(String rule, String part, WrongContents.Files files)
      throws Exception {
    Breakage.assertBreaks(
        Map.of(rule, part), () -> new HeapType(request -> WrongSlots.of(request, files)));
  }

  private static void assertFoldersBreak(String part, Folders folders) throws Exception {
    Breakage.assertBreaks(
        Map.of("FILE-06", part), () -> new HeapType(request -> WrongTrees.of(request, folders)));
  }

  @Test
  void slots_areTestedWhereTheyAre_andBreakNothing() throws Exception {
    assertThat(
            Breakage.kept(
                () -> new HeapType(request -> WrongSlots.of(request, WrongSlots.Slotted::new))))
        .contains("FILE-01", "FILE-03", "FILE-04", "FILE-06", "OWN-11");
    assertThat(Breakage.kept(() -> new HeapType(HeapTree::new)))
        .doesNotContain("FILE-01", "FILE-03", "FILE-04", "FILE-06", "OWN-11");
    Breakage.assertBreaks(
        Map.of(), () -> new HeapType(request -> WrongSlots.of(request, WrongSlots.Slotted::new)));
  }

  @Test
  void file01_seekThatCountsWrong_breaksIt() throws Exception {
    assertFilesBreak(
        "FILE-01",
        "seek of 5 from CURRENT in a file of 10000 bytes without a hole leads to 5",
        WrongSlots.CountingFromTheStart::new);
    assertFilesBreak(
        "FILE-01",
        "seek of 5000 from HOLE in a file of 10000 bytes without a hole leads to 5000",
        WrongSlots.SeeingHoles::new);
  }

  @Test
  void file03_fsyncThatSpoils_breaksIt() throws Exception {
    assertFilesBreak(
        "FILE-03",
        "after fsync 10000 bytes are read, different from 0 on",
        WrongSlots.SpoiltBySync::new);
  }

  @Test
  void file04_allocationThatDoesOtherThings_breaksIt() throws Exception {
    assertFilesBreak(
        "FILE-04",
        "after fallocate GROW of 4096 bytes at 10001 10000 bytes are read",
        WrongSlots.NotGrowing::new);
    assertFilesBreak(
        "FILE-04",
        "after fallocate PUNCH_HOLE of 4096 bytes at 4096 10000 bytes are read, different from"
            + " 8192 on",
        WrongSlots.PunchingTooMuch::new);
    assertFilesBreak(
        "FILE-04",
        "after fallocate ZERO_RANGE of 4096 bytes at 4096 failed with EOPNOTSUPP 10000 bytes are"
            + " read, different from 4096 on",
        WrongSlots.SpoiltBeforeItFails::new);
  }

  @Test
  void file06_fileWithoutAName_thatIsListedOrStays_breaksIt() throws Exception {
    assertFoldersBreak("the directory lists [file-00, #", WrongSlots.NamingAll::new);
    assertFoldersBreak(
        "blocks are free after two were created and closed", WrongSlots.KeepingRoom::new);
  }

  @Test
  void own11_flagsThatAreForgotten_breakIt() throws Exception {
    assertFilesBreak(
        "OWN-11", "flags() is [] after [APPEND_ONLY] was set", WrongSlots.ForgettingFlags::new);
  }
}
