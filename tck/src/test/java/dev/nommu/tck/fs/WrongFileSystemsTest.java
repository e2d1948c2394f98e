package dev.nommu.tck.fs;

import dev.nommu.api.NewInode;
import dev.nommu.tck.fs.WrongContents.Files;
import dev.nommu.tck.fs.WrongTrees.Folders;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A file system that does one thing wrong breaks exactly the rules that say so. */
final class WrongFileSystemsTest {
  private static final String NO_LINK = "no \"link\" in /mnt/.nommu-contract";
  private static final String AT_CLOSE = "close threw java.lang.IllegalStateException";

  private static void assertFoldersBreak(Map<String, String> rules, Folders folders)
      throws Exception {
    Breakage.assertBreaks(rules, () -> new HeapType(request -> WrongTrees.of(request, folders)));
  }

  private static void assertFilesBreak(Map<String, String> rules, Files files) throws Exception {
    Breakage.assertBreaks(rules, () -> new HeapType(request -> WrongContents.of(request, files)));
  }

  private static void assertMountsBreak(Map<String, String> rules, HeapType.Maker maker)
      throws Exception {
    Breakage.assertBreaks(rules, () -> new HeapType(maker));
  }

  @Test
  void rightFileSystem_breaksNothing() throws Exception {
    assertMountsBreak(Map.of(), HeapTree::new);
  }

  @Test
  void fs01_listedNameThatIsNotFound_breaksIt() throws Exception {
    assertFoldersBreak(
        Map.of(
            "FS-01",
            "link: lstat finds /mnt/.nommu-contract/link: no \"link\"",
            "FS-02",
            NO_LINK,
            "FS-09",
            NO_LINK),
        WrongTrees.HidingNames::new);
  }

  @Test
  void fs01_otherNumberOrKind_breaksIt() throws Exception {
    assertFoldersBreak(Map.of("FS-01", "as entries lists it"), WrongTrees.OtherNumbers::new);
    assertFoldersBreak(Map.of("FS-01", "link: lstat finds inode"), WrongTrees.OtherKinds::new);
  }

  @Test
  void fs01_nameThatIsListedTwice_breaksIt() throws Exception {
    assertFoldersBreak(
        Map.of("FS-01", "ListingTwice.entries lists \"link\"", "FS-02", "[link, link]"),
        WrongTrees.ListingTwice::new);
  }

  @Test
  void fs01_errorForAbsence_breaksIt() throws Exception {
    assertFoldersBreak(
        Map.of("FS-01", "ThrowingForAbsence.lookup(\"-\") threw"),
        WrongTrees.ThrowingForAbsence::new);
  }

  @Test
  void fs01_oneNumberForTwoFiles_breaksIt() throws Exception {
    assertFilesBreak(
        Map.of("FS-01", "both have the inode number 1000000", "FS-02", "\"file-00\" is found"),
        WrongContents.OneNumber::new);
  }

  @Test
  void file07_positionThatRepeatsItself_breaksIt() throws Exception {
    assertFoldersBreak(
        Map.of("FILE-07", "read in pieces gives"), WrongTrees.RepeatingPositions::new);
  }

  @Test
  void file07_positionsThatMoveUp_breakIt() throws Exception {
    assertFoldersBreak(
        Map.of("FILE-07", "were read and removed, reading continued with"),
        WrongTrees.CountingPositions::new);
  }

  @Test
  void fs02_madeNameThatIsNotListed_breaksIt() throws Exception {
    assertFoldersBreak(
        Map.of("FS-02", "\"file-00\" is found, and the directory lists"),
        WrongTrees.ForgettingToAdd::new);
  }

  @Test
  void fs02_removedNameThatStays_breaksIt() throws Exception {
    assertFoldersBreak(
        Map.of("FS-02", "\"folder\" is neither found nor listed"),
        WrongTrees.ForgettingToRemove::new);
  }

  @Test
  void fs02_renamedFileWithBothNames_breaksIt() throws Exception {
    assertFoldersBreak(
        Map.of("FS-02", "\"file-01\" is neither found nor listed"),
        WrongTrees.CopyingAtRename::new);
  }

  @Test
  void fs02_renameThatDoesNotReplace_breaksIt() throws Exception {
    assertFoldersBreak(
        Map.of("FS-02", "the new name still has the old contents"), WrongTrees.NotReplacing::new);
  }

  @Test
  void fs03_linkThatIsNotCounted_breaksIt() throws Exception {
    assertFoldersBreak(
        Map.of("FS-03", "the link counts are [1, 1, 0]"), WrongTrees.NotCounting::new);
  }

  @Test
  void fs04_removalWithoutALook_breaksIt() throws Exception {
    assertFoldersBreak(
        Map.of("FS-04", "rmdir of a directory with a directory in it succeeded"),
        WrongTrees.NotLooking::new);
  }

  @Test
  void fs05_bytesThatGoWithTheName_breakIt() throws Exception {
    assertFilesBreak(Map.of("FS-05", "its bytes are gone"), WrongContents.LosingBytes::new);
  }

  @Test
  void fs05_pagesThatStay_breakIt() throws Exception {
    assertFilesBreak(Map.of("FS-05", "2 more pages of RAM are in use"), WrongContents.Leaking::new);
  }

  @Test
  void plugin01_fileWhoseCloseThrows_breaksIt() throws Exception {
    assertFilesBreak(
        Map.of("FS-09", "close threw", "PLUGIN-01", "close threw"), WrongContents.Unclosable::new);
  }

  @Test
  void fs06_roundedSize_breaksIt() throws Exception {
    assertFilesBreak(Map.of("FS-06", "bytes, as in attributes"), WrongContents.RoundingSizes::new);
  }

  @Test
  void fs06_writeAtTheWrongPosition_breaksIt() throws Exception {
    assertFilesBreak(
        Map.of("FS-06", "bytes, as they were written"), WrongContents.OverwritingTheStart::new);
  }

  @Test
  void fs06_gapThatIsNotZero_breaksIt() throws Exception {
    assertFilesBreak(Map.of("FS-06", "different from 4500 on"), WrongContents.DirtyGaps::new);
  }

  @Test
  void fs06_cutBytesThatComeBack_breakIt() throws Exception {
    assertFilesBreak(
        Map.of("FS-06", "different from 4500 on"), WrongContents.KeepingWhatIsCut::new);
  }

  @Test
  void fs07_bytesThatAreClearedFirst_breakIt() throws Exception {
    assertFilesBreak(
        Map.of("FS-07", "was read as 0x00 while it was written"), WrongContents.ClearingFirst::new);
  }

  @Test
  void wait12_pollThatAlwaysTellsIn_breaksIt() throws Exception {
    assertFilesBreak(
        Map.of("WAIT-12", "poll returns IN, and a read with O_NONBLOCK returns EAGAIN"),
        (tree, what) -> new WaitingFile(tree, what, file -> true));
  }

  @Test
  void wait12_pollThatNeverTellsIn_breaksIt() throws Exception {
    assertFilesBreak(
        Map.of("WAIT-12", "poll returns nothing, and a read with O_NONBLOCK returns a byte"),
        (tree, what) -> new WaitingFile(tree, what, file -> false));
  }

  @Test
  void wait12_filesThatWaitWhileTheyAreEmpty_breakNothing() throws Exception {
    assertFilesBreak(
        Map.of(), (tree, what) -> new WaitingFile(tree, what, WaitingFile::hasContent));
  }

  @Test
  void own01_makerThatIsForgotten_breaksIt() throws Exception {
    assertFilesBreak(
        Map.of("OWN-01", "store the owner of NewInode in create"),
        (tree, what) -> new HeapFile(tree, NewInode.regularFile(what.permissions())));
  }

  @Test
  void own04_modeThatIsForgotten_breaksIt() throws Exception {
    assertFilesBreak(Map.of("OWN-04", "0644 after chmod"), WrongContents.ForgettingModes::new);
  }

  @Test
  void own05_groupThatIsForgotten_breaksIt() throws Exception {
    assertFilesBreak(Map.of("OWN-05", "gid=0"), WrongContents.ForgettingGroups::new);
  }

  @Test
  void own06_timeThatIsRoundedUp_breaksIt() throws Exception {
    assertFilesBreak(Map.of("OWN-06", "rounded down by less"), WrongContents.RoundingTimesUp::new);
  }

  @Test
  void fs08_moreFreeThanThereIs_breaksIt() throws Exception {
    assertMountsBreak(
        Map.of("FS-08", "11 of 10 blocks are free"), WrongMounts.MoreFreeThanThere::new);
  }

  @Test
  void fs08_nothingFreed_breaksIt() throws Exception {
    assertMountsBreak(
        Map.of("FS-08", "blocks are free after a file was created and removed"),
        WrongMounts.NotFreeing::new);
  }

  @Test
  void fs09_faultAtClose_breaksIt() throws Exception {
    assertMountsBreak(
        Map.of("FS-09", AT_CLOSE, "OPT-01", AT_CLOSE, "OPT-02", AT_CLOSE),
        WrongMounts.ThrowingAtClose::new);
  }

  @Test
  void fs09_otherNamesEachTime_breakIt() throws Exception {
    assertMountsBreak(
        Map.of("FS-09", "other names or contents", "OPT-02", "other names or contents"),
        WrongMounts::growing);
  }

  @Test
  void fs09_closeThatClearsAll_breaksIt() throws Exception {
    assertMountsBreak(
        Map.of("FS-09", "the first mount shows other names"), new WrongMounts.ClearingAll());
  }

  @Test
  void opt02_otherNamesReadOnly_breakIt() throws Exception {
    assertMountsBreak(
        Map.of("OPT-02", "mounted read-only it has other names"), WrongMounts::onlyWritable);
  }

  @Test
  void opt01_unknownOptionThatThrows_breaksIt() throws Exception {
    Breakage.assertBreaks(Map.of("OPT-01", "EINVAL"), WrongMounts.ThrowingForOptions::new);
  }

  @Test
  void opt01_unknownOptionWithAnotherError_breaksIt() throws Exception {
    Breakage.assertBreaks(Map.of("OPT-01", "what is [tck-unknown=1]"), WrongMounts.OtherError::new);
  }
}
