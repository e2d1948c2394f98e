package dev.nommu.api;

import java.util.Optional;

/**
 * A binary format's verdict on a file.
 *
 * <p>Only the kernel switches over the answers, so the set may grow. A format makes them with the
 * factories here, so each may grow too.
 *
 * @since 0.1.0
 */
public sealed interface Recognition {
  /** Returns the answer for a file of another format. */
  static Recognition notMine(String why) {
    return new NotMine(why);
  }

  /**
   * Returns the answer for a script.
   *
   * @param interpreter the path of its interpreter
   * @param argument passed between the interpreter and the path of the script
   */
  static Recognition script(String interpreter, Optional<String> argument) {
    return new Script(interpreter, argument);
  }

  /** Returns the answer for a file that can be loaded, with its loader. */
  static Recognition program(ImageLoader loader) {
    return new Program(loader);
  }

  /**
   * ENOEXEC: the file is of another format, or of none.
   *
   * @param why expected and found, for the user
   */
  record NotMine(String why) implements Recognition {}

  /**
   * The file is a script: its interpreter is executed in its place.
   *
   * @param interpreter the path of its interpreter
   * @param argument passed between the interpreter and the path of the script
   */
  record Script(String interpreter, Optional<String> argument) implements Recognition {}

  /**
   * The file can be loaded.
   *
   * @param loader the second half of the exec
   */
  record Program(ImageLoader loader) implements Recognition {}
}
