package dev.nommu.kernel.path;

import dev.nommu.api.HostFailure;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolutionException;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/** Opens a jar, a folder of classes or a folder of jars as a place where plugins are found. */
final class AddedPlace {
  private static final PathMatcher JAR = FileSystems.getDefault().getPathMatcher("glob:*.jar");

  private final Path place;
  private final List<Part> parts;

  private AddedPlace(Path place, List<Part> parts) {
    this.place = place;
    this.parts = parts;
  }

  /**
   * Opens a place.
   *
   * @throws IOException as in {@link PluginPath#with}
   */
  static Place open(Path place) throws IOException {
    try {
      return new AddedPlace(place, parts(place.toRealPath())).open();
    } catch (ZipException notJar) {
      throw failure(place, "not a jar: " + notJar.getMessage(), notJar);
    } catch (FileSystemException absent) {
      throw failure(place, HostFailure.reason(absent), absent);
    } catch (FindException | ResolutionException | LayerInstantiationException unresolved) {
      throw failure(place, String.valueOf(unresolved.getMessage()), unresolved);
    }
  }

  private static IOException failure(Path place, String reason, Exception cause) {
    return new IOException(place + ": " + reason, cause);
  }

  /** Returns the jars, or the folder of classes. */
  private static List<Part> parts(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return List.of(new Part(place));
    }
    try (Stream<Path> files = Files.list(place)) {
      List<Part> jars =
          files.filter(file -> JAR.matches(file.getFileName())).sorted().map(Part::new).toList();
      return jars.isEmpty() ? List.of(new Part(place)) : jars;
    }
  }

  private Place open() throws IOException {
    boolean modules = false;
    for (Part part : parts) {
      modules |= part.describesModule();
      require(ApiVersion.of(part.manifest()));
    }
    return modules && AddedPlace.class.getModule().isNamed() ? layer() : classes();
  }

  private void require(Optional<String> version) throws IOException {
    Optional<String> refusal = version.flatMap(ApiVersion::refusal);
    if (refusal.isPresent()) {
      throw new IOException(place + ": " + refusal.get());
    }
  }

  private Place layer() throws IOException {
    ModuleFinder finder = ModuleFinder.of(parts.stream().map(Part::path).toArray(Path[]::new));
    Set<String> names = new HashSet<>();
    Set<String> packages = new HashSet<>();
    for (ModuleReference module : finder.findAll()) {
      names.add(module.descriptor().name());
      packages.addAll(module.descriptor().packages());
      for (ModuleDescriptor.Requires requires : module.descriptor().requires()) {
        require(ApiVersion.of(requires));
      }
    }
    ModuleLayer parent = AddedPlace.class.getModule().getLayer();
    Configuration resolved = parent.configuration().resolve(finder, ModuleFinder.of(), names);
    PluginClassLoader loader = loader(packages);
    return at(loader, Place.of(parent.defineModules(resolved, module -> loader)));
  }

  private Place classes() throws IOException {
    PluginClassLoader loader = loader(Set.of());
    return at(loader, Place.of(loader));
  }

  private PluginClassLoader loader(Set<String> packages) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Part part : parts) {
      urls.add(part.path().toUri().toURL());
    }
    return new PluginClassLoader(place.toString(), urls, packages);
  }

  private Place at(PluginClassLoader loader, Place.Services services) {
    return new Place(
        place.toString(), services, provider -> loader.equals(provider.getClassLoader()), loader);
  }
}
