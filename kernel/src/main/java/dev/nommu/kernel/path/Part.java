package dev.nommu.kernel.path;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipFile;

/**
 * A part of an added place: a jar or a folder of classes.
 *
 * @param path its path, with links resolved
 */
record Part(Path path) {
  private static final String DESCRIPTOR = "module-info.class";

  /** Returns whether it has a module descriptor. */
  boolean describesModule() throws IOException {
    if (Files.isDirectory(path)) {
      return Files.exists(path.resolve(DESCRIPTOR));
    }
    try (JarFile jar = jar()) {
      return jar.getEntry(DESCRIPTOR) != null;
    }
  }

  /** Returns its manifest, which may be empty. */
  Manifest manifest() throws IOException {
    if (Files.isDirectory(path)) {
      return manifestOfFolder();
    }
    try (JarFile jar = jar()) {
      return Optional.ofNullable(jar.getManifest()).orElseGet(Manifest::new);
    }
  }

  private Manifest manifestOfFolder() throws IOException {
    Path file = path.resolve(JarFile.MANIFEST_NAME);
    if (!Files.exists(file)) {
      return new Manifest();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new Manifest(in);
    }
  }

  /** Opens it as a multi-release jar, for this version of Java. */
  private JarFile jar() throws IOException {
    return new JarFile(path.toFile(), true, ZipFile.OPEN_READ, JarFile.runtimeVersion());
  }
}
