package dev.nommu.api;

/**
 * A format of executables, as {@code struct linux_binfmt}: what a binary format plugin provides.
 * Stateless; found by {@link java.util.ServiceLoader} or bound by hand. May be called concurrently.
 *
 * <p>An exec has two halves. In the first the format looks at the file: what goes wrong there is an
 * error of {@code execve} and the process goes on. In the second the old image is gone: what goes
 * wrong there kills the process, and everything that was mapped goes with it.
 *
 * @since 0.1.0
 */
public interface BinaryFormat {
  /** Returns the name, such as {@code "flat"}. Formats are asked in the order of their names. */
  String name();

  /**
   * Looks whether a file is of this format: the first half.
   *
   * @param file the file to be executed, valid until the exec ends
   * @param request what {@code execve} was asked for
   * @return what the file is; "not mine" takes the place of ENOEXEC
   * @throws ErrnoException any error but ENOEXEC, with which {@code execve} fails: no other format
   *     is asked
   */
  Recognition recognize(Executable file, ExecRequest request) throws ErrnoException;
}
