package dev.nommu.kernel.path;

import dev.nommu.api.PluginFinder;
import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * The version of the API that a plugin was built against. Versions with the same first two numbers
 * are compatible.
 */
final class ApiVersion {
  /** An attribute of a jar's manifest. */
  private static final String ATTRIBUTE = "Nommu-Api-Version";

  private ApiVersion() {}

  /** Returns the version that a manifest states, or empty. */
  static Optional<String> of(Manifest manifest) {
    return Optional.ofNullable(manifest.getMainAttributes().getValue(ATTRIBUTE));
  }

  /** Returns the version of the API that a module was compiled against, or empty. */
  static Optional<String> of(ModuleDescriptor.Requires requires) {
    return requires.name().equals("dev.nommu.api")
        ? requires.rawCompiledVersion()
        : Optional.empty();
  }

  /** Returns why a plugin built for a version cannot be used here, or empty if it can. */
  static Optional<String> refusal(String wanted) {
    return here().flatMap(version -> refusal(wanted, version));
  }

  static Optional<String> refusal(String wanted, String here) {
    return series(wanted).equals(series(here))
        ? Optional.empty()
        : Optional.of("made for version %s of nommu-api, this is %s".formatted(wanted, here));
  }

  private static List<String> series(String version) {
    return Stream.of(version.split("[.-]")).limit(2).toList();
  }

  /** Returns the version of this API; a folder of classes has none. */
  private static Optional<String> here() {
    return Optional.ofNullable(PluginFinder.class.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion);
  }
}
