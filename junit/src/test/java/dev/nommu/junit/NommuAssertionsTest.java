package dev.nommu.junit;

import static dev.nommu.junit.NommuAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.Errno;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.task.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

/** Assertions hold for what is so, and tell the whole trail where it is not. */
@Board("plain.dts")
final class NommuAssertionsTest {
  private static int rom(Task task) throws Exception {
    return task.open("/dev/mtd0", OpenFlags.O_RDONLY);
  }

  @Test
  void rom_isMappedWhereItLies(Task task) throws Exception {
    int rom = rom(task);
    assertThat(assertThat(task).mapping(rom).shared().read().at(4096).isDirect())
        .isEqualTo(0x2000_1000L);
    assertThat(task).mapping(rom).shared().read().at(4096).isDirectAt("rom@20000000+0x1000");
    assertThat(task).mapping(rom).shared().read().at(4096).isDirectAt("rom+0x1000");
    assertThat(task).mapping(rom).shared().read().at(4096).isUsedAgain();
    assertThat(task).mapping(rom).privately().read().write().isCopied();
    assertThat(task).mapping(rom).shared().write().isRefusedWith(Errno.EACCES).by("MMAP-14");
  }

  @Test
  void failure_tellsTheTrail(Task task) throws Exception {
    MappingAssert request = assertThat(task).mapping(rom(task)).privately().read().write();
    assertThatThrownBy(request::isDirect)
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContaining("expected a mapping that is direct")
        .hasMessageContaining("found one that is copied")
        .hasMessageContaining("dropped  MAP_DIRECT  [MMAP-19]")
        .hasMessageContaining("dev.nommu.mtd.");
  }

  @Test
  void refusalByAnotherRule_saysWhich(Task task) throws Exception {
    RefusalAssert refusal =
        assertThat(task).mapping(rom(task)).shared().length(0).isRefusedWith(Errno.EINVAL);
    refusal.by("MMAP-07");
    assertThatThrownBy(() -> refusal.by("MMAP-02"))
        .hasMessageContaining("expected a refusal by MMAP-02, found one by MMAP-07");
  }

  @Test
  void placeThatNothingHas_saysWhatThereIs(Task task) throws Exception {
    MappingAssert request = assertThat(task).mapping(rom(task)).shared().read();
    assertThatThrownBy(() -> request.isDirectAt("flash"))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContaining("rom@20000000");
  }

  @Test
  void table_isComparedWithWhatWasApproved(Task task, @TempDir Path folder) throws Exception {
    Path approved = folder.resolve("mtd0.maps");
    AssertionError unwritten =
        org.assertj.core.api.Assertions.catchThrowableOfType(
            AssertionError.class, () -> assertThat(task).mapsAsIn("/dev/mtd0", approved));
    String said = String.valueOf(unwritten.getMessage());
    String table = said.substring(said.indexOf('\n') + 1);
    assertThat(table).contains("SHARED   r--  direct   DIR-02").contains("EACCES");
    Files.writeString(approved, table);
    assertThat(task).mapsAsIn("/dev/mtd0", approved);
    Files.writeString(approved, table.replaceFirst("direct", "copied"));
    assertThatThrownBy(() -> assertThat(task).mapsAsIn("/dev/mtd0", approved))
        .hasMessageContaining("! ")
        .hasMessageContaining(" | ");
  }
}
