package dev.nommu.api;

/**
 * A format of executables, as {@code struct linux_binfmt}: the service a binary format plugin
 * provides. Stateless; found by {@link java.util.ServiceLoader} or bound explicitly. May be called
 * concurrently.
 *
 * <p>An exec has two halves. In the first the format examines the file: a failure there is an error
 * of {@code execve} and the process continues. In the second the old image is gone: a failure there
 * kills the process, and all of its mappings are removed.
 *
 * @since 0.1.0
 */
public interface BinaryFormat {
  /** Returns the name, such as {@code "flat"}. Formats are asked in the order of their names. */
  String name();

  /**
   * Checks whether a file is of this format: the first half.
   *
   * @param file the file to be executed, valid until the exec ends
   * @param request the arguments of {@code execve}
   * @return the verdict; "not mine" takes the place of ENOEXEC
   * @throws ErrnoException any error except ENOEXEC; {@code execve} fails with it, and no other
   *     format is asked
   */
  Recognition recognize(Executable file, ExecRequest request) throws ErrnoException;
}
