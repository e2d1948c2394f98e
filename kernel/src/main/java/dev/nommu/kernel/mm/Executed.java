package dev.nommu.kernel.mm;

import dev.nommu.api.ExecRequest;
import dev.nommu.api.LoadedImage;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What {@code execve} put into an address space.
 *
 * @param request what was asked for; its arguments are those the program got
 * @param image where it is
 */
public record Executed(ExecRequest request, LoadedImage image) {
  /** Returns the text of /proc/PID/cmdline: the arguments, each with a zero byte behind. */
  public byte[] commandLine() {
    return texts(request.arguments());
  }

  /** Returns the text of /proc/PID/environ: the environment, each entry with a zero byte behind. */
  public byte[] environment() {
    return texts(request.environment());
  }

  private static byte[] texts(List<String> texts) {
    StringBuilder all = new StringBuilder();
    texts.forEach(text -> all.append(text).append('\0'));
    return all.toString().getBytes(StandardCharsets.UTF_8);
  }
}
