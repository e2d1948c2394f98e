package dev.nommu.cli.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The Maven project of a new plugin.
 *
 * @param name of the artifact and the plugin
 * @param kind of the plugin
 * @param version of nommu
 */
record NewPlugin(String name, Kind kind, String version) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final String PACKAGE = "java/org/example/plugin/";

  /** The kinds of plugin. */
  enum Kind {
    DEVICE("dev.nommu.api.DeviceDriver", "nommu-api", "CharacterDeviceContract", "driver"),
    REGISTERS("dev.nommu.api.DeviceDriver", "nommu-api", "RegistersContract", "driver"),
    FILESYSTEM("dev.nommu.api.FileSystemType", "nommu-api", "FileSystemContract", "type"),
    BLOCK("dev.nommu.api.DeviceDriver", "nommu-api", "BlockDeviceContract", "driver"),
    FRAMEBUFFER(
        "dev.nommu.chardevfb.FrameBufferDeviceDriver",
        "nommu-chardev-fb",
        "FrameBufferContract",
        "driver");

    private final String service;
    private final String artifact;
    private final String contract;
    private final String method;

    Kind(String service, String artifact, String contract, String method) {
      this.service = service;
      this.artifact = artifact;
      this.contract = contract;
      this.method = method;
    }

    /** Returns its name on the command line. */
    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns whether this is a valid name of a plugin. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** Returns the files by their paths in the project's folder. */
  Map<String, String> files() throws IOException {
    String type = type();
    Map<String, String> files = new LinkedHashMap<>();
    files.put("pom.xml", text("pom.xml"));
    files.put("README.md", text("README.md"));
    files.put("board.dts", text("board.dts"));
    files.put("src/main/" + PACKAGE + type + ".java", text(kind.id() + "/Plugin.java.txt"));
    files.put(
        "src/main/resources/META-INF/services/" + kind.service,
        "org.example.plugin." + type + "\n");
    files.put(
        "src/test/" + PACKAGE + type + "ContractTest.java", text("PluginContractTest.java.txt"));
    files.put("src/test/" + PACKAGE + type + "Test.java", text(kind.id() + "/PluginTest.java.txt"));
    return files;
  }

  /** Returns the name as a class name; none of nommu's ends like it. */
  private String type() {
    return Arrays.stream(name.split("-"))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining("", "", "Plugin"));
  }

  private String text(String template) throws IOException {
    return template(template)
        .replace("@node@", template(kind.id() + "/node.dts").stripTrailing())
        .replace("@name@", name)
        .replace("@Type@", type())
        .replace("@version@", version)
        .replace("@artifact@", kind.artifact)
        .replace("@contract@", kind.contract)
        .replace("@plugin@", kind.service.substring(kind.service.lastIndexOf('.') + 1))
        .replace("@method@", kind.method)
        .replace("@service@", kind.service);
  }

  private static String template(String name) throws IOException {
    try (InputStream in = NewPlugin.class.getResourceAsStream("new/" + name)) {
      if (in == null) {
        throw new FileNotFoundException(name + " is missing from the program");
      }
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /**
   * Writes the files. A failure leaves none of them.
   *
   * @param folder an absolute path; created, or existing and empty
   * @throws IOException if one cannot be written
   */
  void write(Path folder) throws IOException {
    try (StagedFolder staged = StagedFolder.beside(folder)) {
      for (Map.Entry<String, String> file : files().entrySet()) {
        Path path = staged.path().resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
      staged.move();
    }
  }
}
