package dev.nommu.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Rules for the sources of all rooms that need no compilation to check. */
final class SourceTest {
  private static final int LONGEST_FILE = 400;
  private static final int LONGEST_METHOD = 60;
  private static final Pattern HOST_LAYOUT =
      Pattern.compile(
          "JAVA_(SHORT|CHAR|INT|LONG|FLOAT|DOUBLE)(_UNALIGNED)?(?!\\w)(?!\\s*\\.withOrder)");

  @Test
  void everyPublicTypeAndMethod_hasJavadoc() throws IOException {
    assertThat(read(Undocumented::new)).isEmpty();
  }

  @Test
  void everyMethod_fitsOnAScreen() throws IOException {
    assertThat(read(LongMethods::new)).isEmpty();
  }

  @Test
  void everyFile_isShort() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path source : sources()) {
      int lines = Files.readAllLines(source).size();
      if (lines > LONGEST_FILE) {
        tooLong.add(source + ": " + lines + " lines");
      }
    }
    assertThat(tooLong).isEmpty();
  }

  /** The machine's memory is little-endian, whatever the host's processor is. */
  @Test
  void everyNumberInMemory_hasAByteOrder() throws IOException {
    List<String> ofTheHost = new ArrayList<>();
    for (Path source : sources()) {
      String text = Files.readString(source);
      Matcher layout = HOST_LAYOUT.matcher(text);
      while (!ofTheHost(source) && layout.find()) {
        ofTheHost.add(source + ": " + layout.group());
      }
    }
    assertThat(ofTheHost).isEmpty();
  }

  /** Code that calls the host's C library, and benchmarks of plain memory. */
  private static boolean ofTheHost(Path source) {
    return source.endsWith("NativeMemory.java") || source.startsWith("../bench");
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      List<Path> sources =
          files
              .filter(file -> file.toString().matches("\\.\\./[^/]+/src/main/java/.*\\.java"))
              .toList();
      assertThat(sources).isNotEmpty();
      return sources;
    }
  }

  /** Returns the findings of a reader in all sources, each with its file and line. */
  private static List<String> read(ReaderFactory factory) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(sources()));
      DocTrees trees = DocTrees.instance(task);
      List<String> found = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        factory.make(unit, trees, found).scan(unit, null);
      }
      return found;
    }
  }

  private interface ReaderFactory {
    Reader make(CompilationUnitTree unit, DocTrees trees, List<String> found);
  }

  private abstract static class Reader extends TreePathScanner<Void, Void> {
    final CompilationUnitTree unit;
    final DocTrees trees;
    private final List<String> found;

    Reader(CompilationUnitTree unit, DocTrees trees, List<String> found) {
      this.unit = unit;
      this.trees = trees;
      this.found = found;
    }

    final long line(long position) {
      return unit.getLineMap().getLineNumber(position);
    }

    final void report(Tree tree, Object name) {
      long start = trees.getSourcePositions().getStartPosition(unit, tree);
      found.add(unit.getSourceFile().getName() + ":" + line(start) + " " + name);
    }
  }

  private static final class LongMethods extends Reader {
    LongMethods(CompilationUnitTree unit, DocTrees trees, List<String> found) {
      super(unit, trees, found);
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      long start = trees.getSourcePositions().getStartPosition(unit, method);
      long end = trees.getSourcePositions().getEndPosition(unit, method);
      if (line(end) - line(start) >= LONGEST_METHOD) {
        report(method, method.getName());
      }
      return super.visitMethod(method, null);
    }
  }

  private static final class Undocumented extends Reader {
    Undocumented(CompilationUnitTree unit, DocTrees trees, List<String> found) {
      super(unit, trees, found);
    }

    /** Visits a type only if it is visible to users. */
    @Override
    public Void visitClass(ClassTree type, Void unused) {
      if (!isVisible(type.getModifiers())) {
        return null;
      }
      if (trees.getDocComment(getCurrentPath()) == null) {
        report(type, type.getSimpleName());
      }
      return super.visitClass(type, null);
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      if (isVisible(method.getModifiers())
          && !isOverriding(method)
          && trees.getDocComment(getCurrentPath()) == null) {
        report(method, method.getName());
      }
      return null;
    }

    private boolean isVisible(ModifiersTree modifiers) {
      return modifiers.getFlags().contains(Modifier.PUBLIC)
          || modifiers.getFlags().contains(Modifier.PROTECTED)
          || (isInInterface() && !modifiers.getFlags().contains(Modifier.PRIVATE));
    }

    private boolean isInInterface() {
      return getCurrentPath().getParentPath().getLeaf().getKind() == Kind.INTERFACE;
    }

    private static boolean isOverriding(MethodTree method) {
      return method.getModifiers().getAnnotations().stream()
          .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
    }
  }
}
