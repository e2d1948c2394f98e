package dev.nommu.kernel.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A plugin compiled during a test, as a folder of classes and as a jar. */
final class PluginJar {
  private final Path folder;
  private final String name;

  /**
   * Creates a plugin without classes.
   *
   * @param folder the folder in which it is created
   */
  PluginJar(Path folder, String name) throws IOException {
    this.folder = folder;
    this.name = name;
    Files.createDirectories(classes());
  }

  Path classes() {
    return folder.resolve(name);
  }

  /** Adds a class, compiled against the class path of the tests and the classes added before. */
  PluginJar with(String type, String source) throws IOException {
    Path file = folder.resolve(name + "-source").resolve(type.replace('.', '/') + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    String path = classes() + File.pathSeparator + System.getProperty("java.class.path");
    List<String> arguments =
        List.of("-proc:none", "-classpath", path, "-d", classes().toString(), file.toString());
    ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(String[]::new));
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
    return this;
  }

  /** Adds a file. */
  PluginJar withFile(String path, String text) throws IOException {
    Path file = classes().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  /** Returns a jar of its contents. */
  Path jar() throws IOException {
    Path jar = folder.resolve(name + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(new JarEntry(classes().relativize(file).toString()));
        Files.copy(file, entries);
      }
    }
    return jar;
  }
}
