package dev.nommu.cli.image;

import dev.nommu.api.ErrnoException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.LongConsumer;

/** How an image of one format is to be made: options that the others do not have. */
interface FormatArguments {
  /** Returns the names of the options. */
  Set<String> names();

  /** Returns how many bytes there are in the longest name of a volume. */
  int longestVolume();

  /**
   * Makes an image as the arguments ask for.
   *
   * @param volume the name of the volume
   * @param progress receives how many bytes were written in all whenever some are
   * @throws ErrnoException if something does not fit, or cannot be read or written; the old image
   *     is still there then
   */
  void write(Path directory, Path image, String volume, LongConsumer progress)
      throws ErrnoException;
}
