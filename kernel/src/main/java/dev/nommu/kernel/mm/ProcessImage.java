package dev.nommu.kernel.mm;

import dev.nommu.api.ExecRequest;
import dev.nommu.api.LoadedImage;
import java.util.List;

/**
 * The result of {@code execve} in an address space.
 *
 * @param request the request, with the arguments passed to the program
 * @param program the path of the loaded file, from the root of the tree
 * @param image the loaded image
 */
public record ProcessImage(ExecRequest request, String program, LoadedImage image) {
  /** Returns the text of /proc/PID/cmdline: the arguments, each terminated by a zero byte. */
  public String commandLine() {
    return texts(request.arguments());
  }

  /** Returns the text of /proc/PID/environ: the entries, each terminated by a zero byte. */
  public String environment() {
    return texts(request.environment());
  }

  private static String texts(List<String> texts) {
    StringBuilder all = new StringBuilder();
    texts.forEach(text -> all.append(text).append('\0'));
    return all.toString();
  }
}
