package dev.nommu.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.cli.Run;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code nommu plugin new}; that the projects build and their tests pass is seen by .ci/run. */
final class PluginNewCommandTest {
  private static final Pattern NO_CODE = Pattern.compile("\\s*|(import|package) .*|\\s*/?\\*.*");

  @TempDir private Path folder;

  private Path make(String kind) {
    Path project = folder.resolve("my-part");
    Run run = Run.of("plugin", "new", "--kind", kind, project);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Next: cd " + project + " && mvn verify;");
    return project;
  }

  @ParameterizedTest
  @EnumSource(NewPlugin.Kind.class)
  void pluginOfEachKind_isFoundWhenItIsCompiled(NewPlugin.Kind kind) throws IOException {
    Path project = make(kind.id());
    Path classes = project.resolve("src/main/resources");
    Path source = project.resolve("src/main/java/org/example/plugin/MyPartPlugin.java");
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", classes.toString(), source.toString()))
        .isZero();
    assertThat(Run.of("plugin", "list", "--plugin", classes).out())
        .containsPattern("my-part +.*org.example.plugin.MyPartPlugin");
    Run board = Run.of("board", "--plugin", classes, "--board", project.resolve("board.dts"));
    assertThat(board.err()).isEmpty();
    assertThat(board.out()).doesNotContain("no driver").doesNotContain("failed");
  }

  @ParameterizedTest
  @CsvSource({"device, 25", "registers, 40", "filesystem, 25", "block, 25", "framebuffer, 40"})
  void plugin_isShort(String kind, int lines) throws IOException {
    Path source = make(kind).resolve("src/main/java/org/example/plugin/MyPartPlugin.java");
    assertThat(Files.readAllLines(source))
        .filteredOn(line -> !NO_CODE.matcher(line).matches())
        .hasSizeLessThanOrEqualTo(lines);
  }

  @ParameterizedTest
  @EnumSource(NewPlugin.Kind.class)
  void files_haveNothingLeftToFillIn(NewPlugin.Kind kind) throws IOException {
    NewPlugin plugin = new NewPlugin("my-part", kind, "1.2.3");
    assertThat(plugin.files().values()).noneMatch(text -> text.matches("(?s).*@\\w+@.*"));
    assertThat(plugin.files().get("pom.xml"))
        .contains("<nommu.version>1.2.3</nommu.version>", "<artifactId>my-part</artifactId>");
  }

  /** What nommu itself is built with, so that one repository has all. */
  @Test
  void versionsOfThePom_areThoseOfNommu() throws IOException {
    String own = Files.readString(Path.of("../pom.xml"));
    String made = new NewPlugin("x", NewPlugin.Kind.DEVICE, "1").files().get("pom.xml");
    for (String plugin : List.of("toolchains", "compiler", "surefire", "jar")) {
      Pattern version =
          Pattern.compile("maven-" + plugin + "-plugin</artifactId>\\s*<version>([^<]*)<");
      assertThat(found(version, made)).isEqualTo(found(version, own));
    }
  }

  private static String found(Pattern pattern, String text) {
    return pattern.matcher(text).results().findFirst().orElseThrow().group(1);
  }

  @Test
  void folderThatIsNotEmpty_isLeftAlone() throws IOException {
    Path project = Files.createDirectory(folder.resolve("there"));
    Files.writeString(project.resolve("file"), "text");
    Run run = Run.of("plugin", "new", project);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("nommu plugin new: " + project + ": the folder is not empty\n");
    assertThat(Files.list(project)).hasSize(1);
  }

  @Test
  void folderThatIsEmpty_isFilledAndStaysTheSame() throws IOException {
    Path project = Files.createDirectory(folder.resolve("my-part"));
    Object key = Files.readAttributes(project, BasicFileAttributes.class).fileKey();
    make("device");
    assertThat(Files.readAttributes(project, BasicFileAttributes.class).fileKey()).isEqualTo(key);
    assertThat(project.resolve("pom.xml")).exists();
    assertThat(Files.list(folder)).containsExactly(project);
  }

  @Test
  void projectForWhichTheDiskIsTooSmall_leavesNothing() throws IOException {
    Configuration small =
        Configuration.unix().toBuilder().setBlockSize(512).setMaxSize(8 * 512).build();
    try (FileSystem host = Jimfs.newFileSystem(small)) {
      Path project = host.getPath("/work/my-part");
      NewPlugin plugin = new NewPlugin("my-part", NewPlugin.Kind.DEVICE, "1");
      assertThatThrownBy(() -> plugin.write(project)).isInstanceOf(IOException.class);
      assertThat(Files.list(project.getParent())).isEmpty();
    }
  }

  /** It is hidden, and its name is its own. */
  @Test
  void whatAKilledProcessLeft_isNotInTheWay() throws IOException {
    Path left = Files.createDirectories(folder.resolve(".my-part-1/new"));
    Files.writeString(left.resolve("README.md"), "half");
    assertThat(make("device").resolve("pom.xml")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"My_Part", "1part", "part-", "-part"})
  void nameThatMavenAndJavaCannotHave_isRefused(String name) {
    Run run = Run.of("plugin", "new", folder.resolve(name));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("such as my-sensor, found " + name);
    assertThat(folder.resolve(name)).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(NewPlugin.Kind.class)
  void nameOfATypeOfNommu_isNoneOfThePlugins(NewPlugin.Kind kind) throws IOException {
    for (String name : List.of("device-driver", "file-system-type", "frame-memory", "set")) {
      NewPlugin plugin = new NewPlugin(name, kind, "1");
      Path source = folder.resolve("sources").resolve(name);
      plugin.write(source);
      try (Stream<Path> files = Files.walk(source.resolve("src/main/java"))) {
        List<String> java = files.map(Path::toString).filter(f -> f.endsWith(".java")).toList();
        assertThat(
                ToolProvider.getSystemJavaCompiler()
                    .run(null, null, null, "-proc:none", "-d", source.toString(), java.getFirst()))
            .isZero();
      }
    }
  }
}
