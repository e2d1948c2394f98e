package dev.nommu.kernel.testing;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.mmap.Capabilities;
import dev.nommu.kernel.mmap.MappedRegion;
import dev.nommu.kernel.mmap.Rule;
import dev.nommu.kernel.mmap.Trail;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it hears, in words. */
public final class HeardTrail implements Trail {
  private final List<String> heard = new ArrayList<>();

  /** Creates a trail that has heard nothing. */
  public HeardTrail() {}

  /** Returns what it heard, in order, such as {@code "MMAP-17 refuses with ENODEV"}. */
  public List<String> heard() {
    return heard;
  }

  @Override
  public void applied(Rule rule) {
    heard.add(rule.id() + " applied");
  }

  @Override
  public void passed(Rule rule) {
    heard.add("passed " + rule.id());
  }

  @Override
  public void capabilities(Rule rule, Capabilities left) {
    heard.add(rule.id() + " leaves " + left);
  }

  @Override
  public void answered(Rule rule, Object plugin, Object answer) {
    String said = answer instanceof ErrnoException failure ? failure.errno().name() : "" + answer;
    heard.add("%s: %s says %s".formatted(rule.id(), plugin.getClass().getSimpleName(), said));
  }

  @Override
  public void refused(Rule rule, Errno errno) {
    heard.add(rule.id() + " refuses with " + errno);
  }

  @Override
  public void granted(Rule rule, MappedRegion region) {
    heard.add(rule.id() + " grants " + region.kind());
  }
}
