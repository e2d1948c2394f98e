package dev.nommu.nio;

import java.lang.ref.WeakReference;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The open file systems by the names used in the URIs of their files. One that is no longer used is
 * not retained. Thread-safe.
 */
final class Registry {
  private static final ConcurrentMap<String, WeakReference<NommuFileSystem>> OPEN =
      new ConcurrentHashMap<>();

  private Registry() {}

  /**
   * Adds a file system.
   *
   * @throws FileSystemAlreadyExistsException if the name is in use
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
