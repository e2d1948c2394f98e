package dev.nommu.chardevfb;

/**
 * The steps in which a screen can be panned; 0 for not at all (rule FB-11).
 *
 * @param xpanstep pixels
 * @param ypanstep lines
 * @param ywrapstep lines, when the picture wraps
 */
public record PanSteps(int xpanstep, int ypanstep, int ywrapstep) {
  /** A screen that cannot be panned. */
  public static final PanSteps NONE = new PanSteps(0, 0, 0);
}
