package dev.nommu.kernel.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Versions of the API with the same first two numbers are compatible. */
final class ApiVersionTest {
  @ParameterizedTest
  @CsvSource({"0.1.0, 0.1.0", "0.1.0-SNAPSHOT, 0.1.7", "0.1, 0.1.0-SNAPSHOT"})
  void sameSeries_isAccepted(String wanted, String here) {
    assertThat(ApiVersion.refusal(wanted, here)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0.2.0, 0.1.0", "1.1.0, 0.1.0", "0.10.0, 0.1.0"})
  void otherSeries_isRefusedWithBoth(String wanted, String here) {
    assertThat(ApiVersion.refusal(wanted, here))
        .contains("made for version %s of nommu-api, this is %s".formatted(wanted, here));
  }

  @Test
  void module_saysAgainstWhichItWasCompiled() {
    ModuleDescriptor module =
        ModuleDescriptor.newModule("acme")
            .requires(Set.of(), "dev.nommu.api", ModuleDescriptor.Version.parse("0.2.0"))
            .requires(Set.of(), "other", ModuleDescriptor.Version.parse("9"))
            .build();
    assertThat(module.requires()).extracting(ApiVersion::of).contains(Optional.of("0.2.0"));
    assertThat(module.requires())
        .filteredOn(requires -> !requires.name().equals("dev.nommu.api"))
        .extracting(ApiVersion::of)
        .containsOnly(Optional.empty());
  }

  @Test
  void jarsManifest_saysIt() {
    Manifest manifest = new Manifest();
    assertThat(ApiVersion.of(manifest)).isEmpty();
    manifest.getMainAttributes().put(new Attributes.Name("Nommu-Api-Version"), "0.3.0");
    assertThat(ApiVersion.of(manifest)).contains("0.3.0");
  }
}
