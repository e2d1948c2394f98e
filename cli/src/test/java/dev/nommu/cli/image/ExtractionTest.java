package dev.nommu.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Feature;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.FileKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members as no reader of images gives them, and file systems with fewer abilities. */
final class ExtractionTest implements Extraction.Report {
  private static final Member ROOT =
      new Member(
          Optional.empty(),
          "",
          () -> "/",
          new Access(FileKind.DIRECTORY, 0755, 0, 0),
          new Content.Nothing(0));

  private final List<String> said = new ArrayList<>();
  private FileSystem host = Jimfs.newFileSystem(Configuration.unix());

  @AfterEach
  void close() throws Exception {
    host.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "", "/", "a/b", "../a", "a\0b"})
  void nameOfNoFile_isRefusedWithAllBelowIt(String name) throws Exception {
    Member directory = member(ROOT, name, FileKind.DIRECTORY, new Content.Nothing(0));
    extract(ROOT, directory, file(directory, "below", 1), file(ROOT, name, 2), file(ROOT, "x", 3));
    assertThat(said).hasSize(2).allMatch(line -> line.contains("expected a name of one file"));
    try (var inside = Files.list(host.getPath("/out"))) {
      assertThat(inside).containsExactly(host.getPath("/out/x"));
    }
    try (var outside = Files.list(host.getPath("/"))) {
      assertThat(outside).containsExactlyInAnyOrder(host.getPath("/out"), host.getPath("/work"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"..\\evil", "C:evil", "\\evil", "a\\b"})
  void separatorOfTheHost_isNoPartOfAName(String name) throws Exception {
    host.close();
    host = Jimfs.newFileSystem(Configuration.windows());
    extract(ROOT, file(ROOT, name, 1));
    assertThat(said).hasSize(1);
    try (var inside = Files.list(host.getPath("C:\\out"))) {
      assertThat(inside).isEmpty();
    }
  }

  @Test
  void hostThatKeepsNoPermissions_getsTheBytes() throws Exception {
    extract(ROOT, file(ROOT, "x", 1));
    assertThat(said).isEmpty();
    assertThat(Files.readString(host.getPath("/out/x"))).isEqualTo("content");
  }

  @Test
  void hostWithoutLinks_getsCopiesAndIsToldOfSymbolicLinks() throws Exception {
    host.close();
    host =
        Jimfs.newFileSystem(
            Configuration.unix().toBuilder().setSupportedFeatures(Feature.FILE_CHANNEL).build());
    Member link = member(ROOT, "link", FileKind.SYMBOLIC_LINK, new Content.Link(1, () -> "x"));
    extract(ROOT, file(ROOT, "x", 1), file(ROOT, "y", 1), link);
    assertThat(Files.readString(host.getPath("/out/y"))).isEqualTo("content");
    assertThat(said).hasSize(1).allMatch(line -> line.startsWith("/link: cannot be written"));
  }

  @Test
  void linkWhosePathNoFileCanHave_isReportedAndTheRestUnpacked() throws Exception {
    Member link = member(ROOT, "link", FileKind.SYMBOLIC_LINK, new Content.Link(3, () -> "a\0b"));
    extract(ROOT, link, file(ROOT, "x", 1));
    assertThat(said).singleElement().asString().startsWith("/link: expected a path that can be");
    assertThat(host.getPath("/out/x")).exists();
  }

  private void extract(Member... members) throws Exception {
    Path out = host.getRootDirectories().iterator().next().resolve("out");
    Extraction extraction = Extraction.into(out, this);
    for (Member member : members) {
      extraction.add(member);
    }
    extraction.finish();
  }

  private static Member file(Member parent, String name, long identity) {
    byte[] bytes = "content".getBytes(StandardCharsets.UTF_8);
    return member(
        parent,
        name,
        FileKind.REGULAR,
        new Content.Data(bytes.length, identity, out -> out.write(bytes)));
  }

  private static Member member(Member parent, String name, FileKind kind, Content content) {
    Access access = new Access(kind, 0644, 0, 0);
    return new Member(Optional.of(parent), name, () -> "/" + name, access, content);
  }

  @Override
  public void skipped(Member member, String what) {
    said.add(member.path() + ": skipped " + what);
  }

  @Override
  public void failed(Member member, String why) {
    said.add(member.path() + ": " + why);
  }
}
