package dev.nommu.tck.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows what the slate answers to the first reads of what was written by the same descriptor. */
final class SlateModel implements Model {
  private static final Pattern WRITE = Pattern.compile("pwrite\\(f1, \"(.*)\", (\\d+)\\)");
  private static final Pattern READ = Pattern.compile("pread\\(f1, (\\d+), (\\d+)\\)");
  private static final Pattern OTHER =
      Pattern.compile("(p?write|poke|close)\\(.*|f1 = .*O_WRONLY.*");

  /** Knows nothing from the first step on that it does not follow. */
  @Override
  public Session stated(Session session) {
    byte[] content = new byte[4096];
    boolean[] known = new boolean[4096];
    List<String> stated = new ArrayList<>();
    boolean follows = true;
    for (String step : session.steps()) {
      Matcher write = WRITE.matcher(step);
      Matcher read = READ.matcher(step);
      if (write.matches()) {
        write(content, known, write.group(1), Integer.parseInt(write.group(2)));
      } else {
        follows &= !OTHER.matcher(step).matches();
      }
      stated.add(follows && read.matches() ? step + answer(content, known, read) : step);
    }
    return new Session(stated);
  }

  private static void write(byte[] content, boolean[] known, String text, int offset) {
    for (int i = 0; i < text.length() && offset + i < content.length; i++) {
      content[offset + i] = (byte) text.charAt(i);
      known[offset + i] = true;
    }
  }

  private static String answer(byte[] content, boolean[] known, Matcher read) {
    int count = Integer.parseInt(read.group(1));
    int offset = Integer.parseInt(read.group(2));
    for (int at = offset; at < offset + count; at++) {
      if (at >= content.length || !known[at]) {
        return "";
      }
    }
    byte[] expected = Arrays.copyOfRange(content, offset, offset + count);
    return " = \"%s\"".formatted(new String(expected, java.nio.charset.StandardCharsets.US_ASCII));
  }
}
