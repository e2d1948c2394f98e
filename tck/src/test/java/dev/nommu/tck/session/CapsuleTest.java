package dev.nommu.tck.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.DeviceDriver;
import dev.nommu.api.Errno;
import dev.nommu.api.Profile;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.path.FoundPlugin;
import dev.nommu.kernel.path.PluginPath;
import dev.nommu.tck.Service;
import dev.nommu.tck.fault.Effect;
import dev.nommu.tck.fault.Fault;
import dev.nommu.tck.fault.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A capsule has all that it takes, wherever it is moved to, and says where it is malformed. */
final class CapsuleTest {
  private static final String PLUGIN = Slate.class.getName();
  private static final List<Fault> FAULTS =
      List.of(
          new Fault(Operation.WRITE, 1, new Effect.Fail(Errno.ENOSPC)),
          new Fault(Operation.WRITE, 2, new Effect.Shorten()),
          new Fault(Operation.READ, 1, new Effect.Tear()),
          new Fault(Operation.DRIVER_CALL, 99, new Effect.Late()),
          new Fault(Operation.STORE, 8, new Effect.PowerLoss(Effect.Damage.CLEAN)),
          new Fault(Operation.STORE, 9, new Effect.PowerLoss(Effect.Damage.TORN)));
  private static final Session SESSION =
      new Session(
          List.of(
              "f1 = open(\"/dev/slate\", O_RDWR)",
              "pwrite(f1, \"abcd\", 0)",
              "pwrite(f1, \"abcd\", 0)"));

  @TempDir private Path directory;

  private static PluginPath path() {
    return PluginPath.standard()
        .with(
            DeviceDriver.class,
            List.of(new FoundPlugin<>(PLUGIN, "", () -> new Slate(page -> page))));
  }

  private static Capsule capsule(Path files) {
    return new Capsule("0.0.1", PLUGIN, Profile.DOCUMENT, FAULTS, Slate.BOARD, files, SESSION);
  }

  @Test
  void capsule_keepsFaults_whichHappenAgain() throws Exception {
    Capsule capsule = capsule(Path.of(""));
    capsule.write(directory);
    assertThat(Capsule.read(directory)).isEqualTo(capsule);
    assertThat(Capsule.read(directory).replay(path(), Service.OF_API).trace())
        .contains("pwrite(f1, \"abcd\", 0) = -1 ENOSPC", "pwrite(f1, \"abcd\", 0) = 2");
  }

  @Test
  void capsuleThatIsMovedWithItsFiles_findsThem() throws Exception {
    Path project = directory.resolve("project");
    capsule(project.resolve("images")).write(project.resolve("kept/one"));
    assertThat(project.resolve("kept/one/capsule.txt"))
        .content()
        .contains("directory: ../../images\n", "version: 0.0.1\n", "fault: WRITE 1 ENOSPC\n");
    Path moved = Files.move(project, directory.resolve("moved"));
    assertThat(Capsule.read(moved.resolve("kept/one")).directory())
        .isEqualTo(moved.resolve("images"));
  }

  @Test
  void version_isThatOfTheProject() {
    assertThat(Capsule.VERSION).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "format: 2|format: 3|1: expected a capsule of format 2, found format 3",
        "version: 0.0.1|verse|2: expected one of format, version, plugin, profile, directory,"
            + " fault with a value, found 'verse'",
        "profile: document|profile: mmu|4: expected document or linux-6.12, found 'mmu'",
        "WRITE 2 shorten|WRITE 0 shorten|7: expected a fault such as WRITE 3 ENOSPC, found"
            + " 'WRITE 0 shorten'",
        "WRITE 2 shorten|WRITE|7: expected a fault such as WRITE 3 ENOSPC, found 'WRITE'",
        "WRITE 2 shorten|WRITE 2 ESORRY|7: expected a fault such as WRITE 3 ENOSPC, found"
            + " 'WRITE 2 ESORRY'",
        "profile: document|version: 0.0.2|4: expected 'version: ...' once, found it again",
        "profile: document|fault: READ 1 EIO|12: expected 'profile: ...', found no such line",
      })
  void malformedManifest_isToldWithItsLine(String right, String wrong, String told)
      throws Exception {
    capsule(directory).write(directory);
    Path manifest = directory.resolve("capsule.txt");
    String text = Files.readString(manifest);
    assertThat(text).contains(right);
    Files.writeString(manifest, text.replace(right, wrong));
    assertRefused(manifest + ":" + told);
  }

  @Test
  void malformedFileBesideIt_isToldWithItsLine() throws Exception {
    capsule(directory).write(directory);
    Path session = directory.resolve("session.txt");
    Files.writeString(session, "getpid()\nclose(\n");
    assertRefused(session + ":2:7: expected ");
    Files.write(session, "getpid()\n\u00e9()\n".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused(session + ":2: expected text in UTF-8, found other bytes");
    Files.delete(session);
    assertRefused(session + ": no such file or directory");
    Path board = directory.resolve("board.dts");
    Files.writeString(board, "/dts-v1/;\n/ {\n");
    assertRefused(board + ":3:1: ");
  }

  private void assertRefused(String beginning) {
    assertThatThrownBy(() -> Capsule.read(directory))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(beginning)
        .message()
        .hasLineCount(1);
  }

  @Test
  void capsuleWithoutItsPlugin_isRefused() {
    assertThatThrownBy(() -> capsule(directory).replay(PluginPath.standard(), Service.OF_API))
        .isInstanceOf(BoardException.class)
        .hasMessageContaining(PLUGIN);
  }
}
