package dev.nommu.kernel.fs;

/** A watch of a directory (section INOTIFY). Thread-safe. */
public interface DirectoryWatch extends AutoCloseable {
  /** Ends the watch, if it has not ended. An event that is being reported may still come. */
  @Override
  void close();
}
