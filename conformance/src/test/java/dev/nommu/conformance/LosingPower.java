package dev.nommu.conformance;

import dev.nommu.mtd.power.PowerSupply;
import java.util.ArrayList;
import java.util.List;

/** Power that goes at one step, and an account of the steps until then. */
final class LosingPower implements PowerSupply {
  private final int last;
  private final Level level;
  private final List<Step> steps = new ArrayList<>();
  private int call;

  /**
   * A step.
   *
   * @param call during which of the calls of a session it was, from 0
   */
  record Step(int call, Action action, long offset, long length) {
    boolean touches(long at) {
      return at >= offset && at < offset + length;
    }
  }

  /**
   * Makes power that goes.
   *
   * @param last the step with which it does, from 0
   * @param level what is left for that step
   */
  LosingPower(int last, Level level) {
    this.last = last;
    this.level = level;
  }

  /** Makes power that does not go. */
  static LosingPower never() {
    return new LosingPower(Integer.MAX_VALUE, Level.FULL);
  }

  void begin(int nextCall) {
    call = nextCall;
  }

  List<Step> steps() {
    return steps;
  }

  boolean isGone() {
    return steps.size() > last;
  }

  @Override
  public Level during(Action action, long offset, long length) {
    if (isGone()) {
      return Level.OFF;
    }
    steps.add(new Step(call, action, offset, length));
    return isGone() ? level : Level.FULL;
  }
}
