package dev.nommu.kernel.mm;

import dev.nommu.api.ExecRequest;
import dev.nommu.api.LoadedImage;
import java.util.List;

/**
 * What {@code execve} put into an address space.
 *
 * @param request what was asked for; its arguments are those the program got
 * @param program the path of the file that was loaded, from the root of the tree
 * @param image where it is
 */
public record ProcessImage(ExecRequest request, String program, LoadedImage image) {
  /** Returns the text of /proc/PID/cmdline: the arguments, each with a zero byte behind. */
  public String commandLine() {
    return texts(request.arguments());
  }

  /** Returns the text of /proc/PID/environ: the environment, each entry with a zero byte behind. */
  public String environment() {
    return texts(request.environment());
  }

  private static String texts(List<String> texts) {
    StringBuilder all = new StringBuilder();
    texts.forEach(text -> all.append(text).append('\0'));
    return all.toString();
  }
}
