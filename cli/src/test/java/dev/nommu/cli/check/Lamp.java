package dev.nommu.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/**
 * A plugin with a driver of {@code /dev/lamp}, which is compiled.
 *
 * @param folder of its source and of its classes
 */
record Lamp(Path folder) {
  /** Its source, without the answer of getUnmappedArea. */
  static final String DRIVER =
      """
      package acme;

      import dev.nommu.api.*;
      import java.util.Set;

      public class Lamp implements DeviceDriver {
        @Override public String name() { return "lamp"; }
        @Override public Set<String> compatible() { return Set.of("acme,lamp"); }
        @Override public void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
          AddressRange range = node.reg().getFirst();
          context.claimMemory(range);
          context.registerCharacterDevice("lamp", flags -> new DirectlyMappableFile() {
            @Override public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
              %s
            }
            @Override public Consent mmap(MapRequest request, long address) {
              return Consent.ACCEPTED;
            }
          });
        }
      }
      """;

  /** Returns the folder of one that answers in this way where memory is to be mapped. */
  Path answering(String answer) throws IOException {
    return compiled(DRIVER.formatted(answer));
  }

  /** Returns the folder of one with this source. */
  Path compiled(String text) throws IOException {
    Path plugin = Files.createDirectories(folder.resolve("lamp"));
    Path source = Files.writeString(folder.resolve("Lamp.java"), text);
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", plugin.toString(), source.toString()))
        .isZero();
    Path services = Files.createDirectories(plugin.resolve("META-INF/services"));
    Files.writeString(services.resolve("dev.nommu.api.DeviceDriver"), "acme.Lamp\n");
    return plugin;
  }
}
