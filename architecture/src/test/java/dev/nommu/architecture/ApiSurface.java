package dev.nommu.architecture;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * The public surface of {@code api}: its types, and their members that users can access. It is
 * recorded in {@code api/surface.txt}, so that every change shows in the diff; run this in the
 * project's directory to regenerate that file:
 *
 * <pre>java architecture/src/test/java/dev/nommu/architecture/ApiSurface.java</pre>
 */
public final class ApiSurface {
  static final Path FILE = Path.of("api/surface.txt");

  private static final Path SOURCES = Path.of("api/src/main/java/dev/nommu/api");
  private static final Set<Modifier> SHOWN =
      Set.of(
          Modifier.ABSTRACT,
          Modifier.DEFAULT,
          Modifier.FINAL,
          Modifier.STATIC,
          Modifier.SEALED,
          Modifier.NON_SEALED);

  /** The methods of every object and every enum. */
  private static final Set<String> OF_EVERY_TYPE =
      Set.of("equals", "hashCode", "toString", "values", "valueOf");

  private final List<String> lines = new ArrayList<>();

  /** Returns the surface of the sources of a project. */
  static String of(Path project) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var sources = files.getJavaFileObjectsFromPaths(sources(project));
      StringWriter unresolved = new StringWriter(); // the annotations of jspecify
      JavacTask task =
          (JavacTask)
              compiler.getTask(unresolved, files, null, List.of("-proc:none"), null, sources);
      task.parse();
      task.analyze();
      PackageElement api = task.getElements().getPackageElement("dev.nommu.api");
      ApiSurface surface = new ApiSurface();
      sorted(ElementFilter.typesIn(api.getEnclosedElements())).forEach(surface::type);
      return surface.lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }
  }

  private static List<Path> sources(Path project) throws IOException {
    try (Stream<Path> files = Files.list(project.resolve(SOURCES))) {
      return files.filter(file -> !file.endsWith("package-info.java")).toList();
    }
  }

  private static Stream<TypeElement> sorted(List<TypeElement> types) {
    return types.stream()
        .filter(ApiSurface::isVisible)
        .sorted(Comparator.comparing(type -> type.getQualifiedName().toString()));
  }

  private static boolean isVisible(Element element) {
    return element.getModifiers().contains(Modifier.PUBLIC)
        || element.getModifiers().contains(Modifier.PROTECTED);
  }

  private static boolean ofEveryType(Element member) {
    return OF_EVERY_TYPE.contains(member.getSimpleName().toString());
  }

  private void type(TypeElement type) {
    String name = kind(type) + " " + text(type.asType());
    lines.add(modifiers(type) + name + parents(type) + permits(type));
    constants(type).forEach(constant -> lines.add("  " + constant));
    TreeSet<String> members = new TreeSet<>();
    for (Element member : type.getEnclosedElements()) {
      if (isVisible(member) && !ofEveryType(member)) {
        member(member).forEach(members::add);
      }
    }
    members.forEach(member -> lines.add("  " + member));
    sorted(ElementFilter.typesIn(type.getEnclosedElements())).forEach(this::type);
  }

  private static String kind(TypeElement type) {
    return switch (type.getKind()) {
      case INTERFACE -> "interface";
      case ENUM -> "enum";
      case RECORD -> "record";
      default -> "class";
    };
  }

  private static String parents(TypeElement type) {
    List<String> parents = new ArrayList<>();
    TypeMirror superclass = type.getSuperclass();
    if (type.getKind() == ElementKind.CLASS && !superclass.toString().equals("java.lang.Object")) {
      parents.add(text(superclass));
    }
    type.getInterfaces().forEach(parent -> parents.add(text(parent)));
    return parents.isEmpty() ? "" : " is " + String.join(", ", parents);
  }

  /** The permitted subtypes of a sealed type that users can name. */
  private static String permits(TypeElement type) {
    List<String> names =
        type.getPermittedSubclasses().stream()
            .filter(permitted -> isVisible(((DeclaredType) permitted).asElement()))
            .map(ApiSurface::text)
            .toList();
    return names.isEmpty() || type.getKind() == ElementKind.ENUM
        ? ""
        : " permits " + String.join(", ", names);
  }

  private static Stream<String> constants(TypeElement type) {
    return ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
        .filter(field -> field.getKind() == ElementKind.ENUM_CONSTANT)
        .map(field -> field.getSimpleName().toString());
  }

  private static Stream<String> member(Element member) {
    return switch (member.getKind()) {
      case FIELD -> Stream.of(field((VariableElement) member));
      case METHOD -> Stream.of(method((ExecutableElement) member));
      case CONSTRUCTOR -> Stream.of("new" + parameters((ExecutableElement) member));
      default -> Stream.empty();
    };
  }

  private static String field(VariableElement field) {
    Object value = field.getConstantValue();
    return modifiers(field)
        + text(field.asType())
        + " "
        + field.getSimpleName()
        + (value == null ? "" : " = " + value);
  }

  private static String method(ExecutableElement method) {
    String variables =
        method.getTypeParameters().isEmpty()
            ? ""
            : method.getTypeParameters().stream()
                .map(Object::toString)
                .collect(Collectors.joining(", ", "<", "> "));
    return modifiers(method)
        + variables
        + text(method.getReturnType())
        + " "
        + method.getSimpleName()
        + parameters(method);
  }

  private static String parameters(ExecutableElement method) {
    String failures =
        method.getThrownTypes().stream().map(ApiSurface::text).collect(Collectors.joining(", "));
    return method.getParameters().stream()
            .map(parameter -> text(parameter.asType()))
            .collect(Collectors.joining(", ", "(", ")"))
        + (failures.isEmpty() ? "" : " throws " + failures);
  }

  private static String modifiers(Element element) {
    boolean plain =
        element.getKind() == ElementKind.ENUM || element.getKind() == ElementKind.RECORD;
    return element.getModifiers().stream()
        .filter(SHOWN::contains)
        .filter(modifier -> !plain || modifier == Modifier.SEALED)
        .filter(modifier -> modifier != Modifier.ABSTRACT || !element.getKind().isInterface())
        .map(modifier -> modifier + " ")
        .collect(Collectors.joining());
  }

  private static String text(TypeMirror type) {
    return type.toString().replaceAll("\\b(?:dev\\.nommu\\.api|java\\.[a-z.]+)\\.", "");
  }

  /** Writes the file. */
  public static void main(String[] none) throws IOException {
    Files.writeString(FILE, of(Path.of("")));
  }
}
