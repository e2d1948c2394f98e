package dev.nommu.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;

/**
 * The host of the measurements, and their date.
 *
 * @param date the day
 * @param processor the model name that the host reports
 * @param processors the number of processors that the JVM may use
 * @param system the host's operating system
 * @param jvm the Java virtual machine
 */
public record Host(String date, String processor, int processors, String system, String jvm) {
  /** Returns a description of this host, dated today. */
  public static Host here() throws IOException {
    return new Host(
        LocalDate.now(java.time.ZoneOffset.UTC).toString(),
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        property("os.name") + " " + property("os.version") + " " + property("os.arch"),
        property("java.vm.name") + " " + property("java.vm.version"));
  }

  private static String processorName() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.exists(file)) {
      return property("os.arch");
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(property("os.arch"));
    }
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  /** Returns all of it on one line. */
  @Override
  public String toString() {
    return "%s, %d of %s, %s, %s".formatted(date, processors, processor, system, jvm);
  }
}
