package dev.nommu.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The dependencies permitted between rooms, and the operations permitted only to some of them. */
@AnalyzeClasses(packages = "dev.nommu", importOptions = DoNotIncludeTests.class)
final class DependencyTest {
  /** All rooms but these are plugins. */
  private static final Set<String> NOT_PLUGINS =
      Set.of(
          "api",
          "image",
          "devicetree",
          "kernel",
          "riscvlinux",
          "nio",
          "scenario",
          "tck",
          "campaign",
          "junit",
          "cli");

  @ArchTest static final ArchRule apiSeesNoOtherRoom = seesOnly("api");

  @ArchTest static final ArchRule devicetreeSeesNoOtherRoom = seesOnly("devicetree");

  @ArchTest
  static final ArchRule machineCodeSeesTheApiAndTheKernel =
      seesOnly(
          "riscvlinux",
          "dev.nommu.api",
          "dev.nommu.kernel..",
          "com.google.errorprone.annotations..");

  @ArchTest
  static final ArchRule nioSeesTheApiAndTheKernel =
      seesOnly("nio", "dev.nommu.api", "dev.nommu.kernel..");

  @ArchTest static final ArchRule imageSeesOnlyTheApi = seesOnly("image", "dev.nommu.api");

  @ArchTest
  static final ArchRule kernelSeesNoPlugin =
      seesOnly(
          "kernel",
          "dev.nommu.api",
          "dev.nommu.devicetree",
          "com.google.errorprone.annotations..",
          "com.google.inject..",
          "com.google.common..",
          "org.apache.commons.io..");

  @ArchTest
  static final ArchRule scenarioSeesNoPlugin =
      seesOnly("scenario", "dev.nommu.api", "dev.nommu.kernel..", "org.apache.commons.io..");

  @ArchTest
  static final ArchRule tckSeesNoPluginAndNoTestFramework =
      seesOnly(
          "tck",
          "dev.nommu.api",
          "dev.nommu.kernel..",
          "dev.nommu.devicetree",
          "dev.nommu.scenario",
          "com.google.gson..");

  @ArchTest
  static final ArchRule campaignSeesNoPluginAndNoTestFramework =
      seesOnly(
          "campaign",
          "dev.nommu.api",
          "dev.nommu.kernel..",
          "dev.nommu.devicetree",
          "dev.nommu.tck..",
          "com.google.gson..",
          "com.hazelcast..");

  /** A campaign of one process does not load Hazelcast. */
  @ArchTest
  static final ArchRule onlyTheMembersOfACampaignSeeHazelcast =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.nommu.campaign.cluster")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.hazelcast..");

  /** The second package is not exported: see ModulePathTest. */
  @ArchTest
  static final ArchRule onlyTheCompositionSeesGuice =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.nommu.kernel.inject", "dev.nommu.kernel.parts")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.google.inject..", "jakarta.inject..");

  /** A machine with {@code /dev/null} needs no windows. */
  @ArchTest
  static final ArchRule onlyTheCommandDraws =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.nommu.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.awt..", "javax.imageio..", "javax.swing..");

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("dev.nommu.(**)").should().beFreeOfCycles();

  /**
   * Circles of mutually dependent classes are small, and within one package. The largest are those
   * of the kinds of inodes, which a file system must know and which must know it.
   */
  @ArchTest
  static void circlesOfClassesAreSmall(JavaClasses classes) {
    for (Set<String> circle : Circles.of(classes)) {
      boolean kernel = circle.iterator().next().startsWith("dev.nommu.kernel.");
      assertThat(circle).hasSizeLessThanOrEqualTo(kernel ? 7 : 10);
    }
  }

  @ArchTest
  static final ArchRule noExceptionIsNameless = noClasses().should(THROW_GENERIC_EXCEPTIONS);

  @ArchTest
  static final ArchRule onlyTheCommandWritesToTheTerminal =
      noClasses().that().resideOutsideOfPackage("dev.nommu.cli..").should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule onlyTheCommandEndsTheProcess =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.nommu.cli..")
          .should()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static void pluginsSeeOnlyTheApiAndImages(JavaClasses classes) {
    Set<String> plugins =
        classes.stream()
            .map(aClass -> aClass.getPackageName().split("\\.")[2])
            .filter(room -> !NOT_PLUGINS.contains(room))
            .collect(Collectors.toSet());
    assertThat(plugins).contains("ramfs", "romfs");
    for (String plugin : plugins) {
      seesOnly(plugin, "dev.nommu.api", "dev.nommu.image", "org.apache.commons.io..")
          .check(classes);
    }
  }

  @ArchTest
  static void packagesAreNullMarked(JavaClasses classes) {
    Stream<String> unmarked =
        classes.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(aPackage -> !aPackage.isAnnotatedWith(NullMarked.class))
            .map(aPackage -> aPackage.getName());
    assertThat(unmarked).isEmpty();
  }

  /**
   * The classes of a room depend only on those of the room, the JDK, JSpecify and {@code others}.
   */
  private static ArchRule seesOnly(String room, String... others) {
    String own = "dev.nommu." + room + "..";
    String[] seen =
        Stream.concat(Stream.of(own, "java..", "javax..", "org.jspecify.."), Stream.of(others))
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(own)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(seen);
  }
}
