package dev.nommu.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.nommu.kernel.Machine;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The kernel exports the types that its users name, and no internals. */
final class FrontDoorTest {
  private static final String KERNEL = "dev.nommu.kernel";

  /** Entry points: the types that users name before any call has returned an object. */
  private static final Set<String> DOORS =
      Set.of(
          "Machine",
          "Kernel",
          "Strictness",
          "inject.KernelModule",
          "console.ConsoleDriver",
          "console.HostInput",
          "console.HostOutput",
          "ipc.ShmFlags",
          "memory.BuddyAllocator",
          "memory.NativeMemory",
          "mmap.MmapArguments",
          "rules.MmapRules",
          "sanitizer.RecordingSanitizer",
          "signal.PtraceRequest",
          "task.CloneFlags",
          "task.MachineCode",
          "task.ProgramEnd",
          "task.Standstill",
          "time.ManualClock",
          "time.RealClock");

  /** Types of tasks and clocks that other packages of the kernel use, but users never receive. */
  private static final Set<String> INSIDE =
      Set.of("task.ProcessList", "task.TaskTable", "time.TimeNeed", "time.Waiter", "time.Wakeup");

  @Test
  void eachExportedType_isADoorOrSomethingThatIsReachedThroughOne() throws Exception {
    Path kernel =
        Path.of(Machine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Set<String> exported =
        ModuleFinder.of(kernel).find(KERNEL).orElseThrow().descriptor().exports().stream()
            .map(Exports::source)
            .collect(Collectors.toSet());
    JavaClasses classes = new ClassFileImporter().importPackages(KERNEL);
    Set<JavaClass> reached = reached(classes);
    List<String> unreached =
        classes.stream()
            .filter(type -> type.isTopLevelClass() && isPublic(type.getModifiers()))
            .filter(type -> exported.contains(type.getPackageName()))
            .filter(type -> !reached.contains(type))
            .map(FrontDoorTest::shortName)
            .filter(name -> !INSIDE.contains(name))
            .sorted()
            .toList();
    assertThat(unreached)
        .as("types of exported packages that no user of these packages is given or asked for")
        .isEmpty();
  }

  private static String shortName(JavaClass type) {
    return type.getName().substring(KERNEL.length() + 1);
  }

  private static boolean isPublic(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static Set<JavaClass> reached(JavaClasses classes) {
    Set<JavaClass> reached = new HashSet<>();
    Deque<JavaClass> left = new ArrayDeque<>();
    DOORS.forEach(name -> left.add(classes.get(KERNEL + "." + name)));
    while (!left.isEmpty()) {
      JavaClass type = left.pop();
      if (type.getName().startsWith(KERNEL) && reached.add(type)) {
        shown(type).forEach(left::push);
      }
    }
    return reached;
  }

  /** Returns the types that are visible through this one. */
  private static Stream<JavaClass> shown(JavaClass type) {
    Stream<JavaClass> around =
        Stream.concat(type.getAllRawInterfaces().stream(), type.getAllSubclasses().stream());
    Stream<JavaClass> above =
        Stream.concat(type.getAllRawSuperclasses().stream(), type.getEnclosingClass().stream());
    Stream<JavaClass> members =
        type.getMembers().stream()
            .filter(member -> isPublic(member.getModifiers()))
            .flatMap(FrontDoorTest::shown);
    return Stream.of(around, above, members).flatMap(stream -> stream);
  }

  private static Stream<JavaClass> shown(JavaMember member) {
    return switch (member) {
      case JavaCodeUnit unit ->
          Stream.concat(
              Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
                  .flatMap(each -> each.getAllInvolvedRawTypes().stream()),
              unit.getExceptionTypes().stream());
      case JavaField field -> field.getType().getAllInvolvedRawTypes().stream();
      default -> Stream.empty();
    };
  }
}
