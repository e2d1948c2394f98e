package dev.nommu.kernel.signal;

/**
 * A signal whose handler in machine code is to run now.
 *
 * @param info what came
 * @param action what its handler is
 * @param restored what is blocked again when the handler returns
 */
public record CaughtSignal(SignalInfo info, Disposition.Action action, SignalSet restored) {}
