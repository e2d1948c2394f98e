package dev.nommu.cli.image;

import dev.nommu.api.ErrnoException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.LongConsumer;

/** The options for making an image that are specific to one format. */
interface FormatArguments {
  /** Returns the names of the options. */
  Set<String> names();

  /** Returns the maximum length of a volume name in bytes. */
  int longestVolume();

  /**
   * Makes an image according to the arguments.
   *
   * @param volume the name of the volume
   * @param progress receives the total number of bytes written so far
   * @throws ErrnoException if something does not fit, or cannot be read or written; the old image
   *     is then preserved
   */
  void write(Path directory, Path image, String volume, LongConsumer progress)
      throws ErrnoException;
}
