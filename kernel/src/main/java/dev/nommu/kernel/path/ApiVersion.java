package dev.nommu.kernel.path;

import dev.nommu.api.PluginFinder;
import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * For which version of the API a plugin was made. Versions whose first two numbers are the same
 * belong together.
 */
final class ApiVersion {
  /** Of a jar's manifest. */
  private static final String ATTRIBUTE = "Nommu-Api-Version";

  private ApiVersion() {}

  /** Returns what a manifest says, or empty. */
  static Optional<String> of(Manifest manifest) {
    return Optional.ofNullable(manifest.getMainAttributes().getValue(ATTRIBUTE));
  }

  /** Returns against which version a module was compiled that requires the API, or empty. */
  static Optional<String> of(ModuleDescriptor.Requires requires) {
    return requires.name().equals("dev.nommu.api")
        ? requires.rawCompiledVersion()
        : Optional.empty();
  }

  /** Returns why a plugin for a version cannot be used here, or empty if it can. */
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

  /** A folder of classes has no version. */
  private static Optional<String> here() {
    return Optional.ofNullable(PluginFinder.class.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion);
  }
}
