package dev.nommu.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The promises that the Javadoc of each public type of {@code api} makes about its evolution. */
final class ApiPromisesTest {
  private static final Pattern GROWTH =
      Pattern.compile(" grow|components\\s+are\\s+fixed|can\\s+be\\s+added|may\\s+be\\s+added");

  private static final Path API = Path.of("../api/src/main/java/dev/nommu/api");
  private static final Pattern CURRENT =
      Pattern.compile("<artifactId>nommu-parent</artifactId>\\s*<version>([\\d.]+)(-SNAPSHOT)?<");
  private static final Pattern SINCE = Pattern.compile("@since (\\d+\\.\\d+\\.\\d+)");

  private static final Map<String, Documented> TYPES = new TreeMap<>();

  /**
   * A type that is visible to users.
   *
   * @param isClosed whether users cannot extend it: it is sealed, an enum or a record
   * @param comment its Javadoc, and that of the enclosing type if that is closed
   */
  private record Documented(boolean isTopLevel, boolean isClosed, String comment) {}

  @BeforeAll
  static void readApi() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var sources = files.getJavaFileObjectsFromPaths(sources());
      JavacTask task = (JavacTask) compiler.getTask(null, files, null, List.of(), null, sources);
      Reader reader = new Reader(DocTrees.instance(task));
      task.parse().forEach(unit -> reader.scan(unit, ""));
    }
    assertThat(TYPES).hasSizeGreaterThan(60);
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.list(API)) {
      return files.filter(file -> !file.endsWith("package-info.java")).toList();
    }
  }

  @Test
  void everyType_saysSinceWhen() throws IOException {
    assertThat(withoutPromise(type -> !type.isTopLevel() || SINCE.matcher(type.comment()).find()))
        .as("types without @since x.y.z")
        .isEmpty();
  }

  @Test
  void noType_isSinceALaterVersion() throws IOException {
    Matcher version = CURRENT.matcher(Files.readString(Path.of("pom.xml")));
    assertThat(version.find()).isTrue();
    Version current = Version.parse(version.group(1));
    assertThat(withoutPromise(type -> isNotAfter(current, type))).isEmpty();
  }

  private static boolean isNotAfter(Version current, Documented type) {
    Matcher since = SINCE.matcher(type.comment());
    return !since.find() || Version.parse(since.group(1)).compareTo(current) <= 0;
  }

  @Test
  void everyClosedType_saysWhetherItMayGrow() {
    assertThat(withoutPromise(type -> !type.isClosed() || GROWTH.matcher(type.comment()).find()))
        .as("sealed types, enums and records whose Javadoc does not say whether more may be added")
        .isEmpty();
  }

  private static List<String> withoutPromise(Predicate<Documented> promise) {
    List<String> without = new ArrayList<>();
    TYPES.forEach((name, type) -> {
      if (!promise.test(type)) {
        without.add(name);
      }
    });
    return without;
  }

  /** Visits the types that are visible to users. */
  private static final class Reader extends TreePathScanner<Void, String> {
    private final DocTrees trees;

    Reader(DocTrees trees) {
      this.trees = trees;
    }

    @Override
    public Void visitClass(ClassTree type, String around) {
      boolean isTopLevel =
          getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.COMPILATION_UNIT;
      if (isVisible(type)) {
        String name =
            isTopLevel ? type.getSimpleName().toString() : around + "." + type.getSimpleName();
        TYPES.put(name, new Documented(isTopLevel, isClosed(type), comment(getCurrentPath())));
        super.visitClass(type, name);
      }
      return null;
    }

    private boolean isVisible(ClassTree type) {
      boolean inInterface =
          getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.INTERFACE;
      return type.getModifiers().getFlags().contains(Modifier.PUBLIC) || inInterface;
    }

    private static boolean isClosed(ClassTree type) {
      return type.getModifiers().getFlags().contains(Modifier.SEALED)
          || type.getKind() == Tree.Kind.ENUM
          || type.getKind() == Tree.Kind.RECORD;
    }

    private String comment(TreePath path) {
      boolean inSealed =
          path.getParentPath().getLeaf() instanceof ClassTree outer && isClosed(outer);
      String own = String.valueOf(trees.getDocComment(path));
      return inSealed ? own + comment(path.getParentPath()) : own;
    }
  }
}
