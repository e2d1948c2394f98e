package dev.nommu.nio;

import java.lang.ref.WeakReference;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The open file systems by their names, which stand in the URIs of their files. One that is not
 * used any more is not kept. Thread-safe.
 */
final class Registry {
  private static final ConcurrentMap<String, WeakReference<NommuFileSystem>> OPEN =
      new ConcurrentHashMap<>();

  private Registry() {}

  /**
   * Adds a file system.
   *
   * @throws FileSystemAlreadyExistsException if there is one of this name
   */
  static void add(NommuFileSystem fileSystem) {
    WeakReference<NommuFileSystem> there =
        OPEN.merge(
            fileSystem.name(),
            new WeakReference<>(fileSystem),
            (former, fresh) -> isOpen(former) ? former : fresh);
    if (there.get() != fileSystem) {
      throw new FileSystemAlreadyExistsException(fileSystem.name());
    }
  }

  private static boolean isOpen(WeakReference<NommuFileSystem> fileSystem) {
    NommuFileSystem there = fileSystem.get();
    return there != null && there.isOpen();
  }

  /** Removes a file system. */
  static void remove(NommuFileSystem closed) {
    OPEN.computeIfPresent(closed.name(), (_, there) -> there.get() == closed ? null : there);
  }

  /**
   * Returns the open file system of a name.
   *
   * @throws FileSystemNotFoundException if there is none
   */
  static NommuFileSystem require(String name) {
    return Optional.ofNullable(OPEN.get(name))
        .map(WeakReference::get)
        .filter(NommuFileSystem::isOpen)
        .orElseThrow(() -> new FileSystemNotFoundException(name));
  }
}
