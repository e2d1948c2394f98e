package dev.nommu.kernel.fs;

/** A watch of a directory (section INOTIFY). Thread-safe. */
public interface DirectoryWatch extends AutoCloseable {
  /** Ends the watch if it is still active. An event being reported may still arrive. */
  @Override
  void close();
}
