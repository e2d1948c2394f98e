package dev.nommu.api;

import java.util.Optional;

/**
 * A binary format's verdict on a file.
 *
 * <p>The kernel alone switches over the answers, so that the set may grow. A format makes them with
 * the factories here, so that each may grow too.
 *
 * @since 0.1.0
 */
public sealed interface Recognition {
  /** Returns the answer for a file of another format. */
  static Recognition notMine(String why) {
    return new NotMine(why);
  }

  /**
   * Returns the answer for a text that another program reads.
   *
   * @param interpreter the path of that program
   * @param argument what goes between the interpreter and the path of the script
   */
  static Recognition script(String interpreter, Optional<String> argument) {
    return new Script(interpreter, argument);
  }

  /** Returns the answer for a file that can be loaded, and what loads it. */
  static Recognition program(ImageLoader loader) {
    return new Program(loader);
  }

  /**
   * ENOEXEC: the file is of another format, or of none.
   *
   * @param why what was expected and what was found, for the person whose file it is
   */
  record NotMine(String why) implements Recognition {}

  /**
   * The file is a text for another program, which is executed in its place.
   *
   * @param interpreter the path of that program
   * @param argument what goes between the interpreter and the path of the script
   */
  record Script(String interpreter, Optional<String> argument) implements Recognition {}

  /**
   * The file can be loaded.
   *
   * @param loader the second half of the exec
   */
  record Program(ImageLoader loader) implements Recognition {}
}
