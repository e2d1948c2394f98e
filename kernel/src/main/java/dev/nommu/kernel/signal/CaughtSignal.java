package dev.nommu.kernel.signal;

/**
 * A signal whose handler in machine code is about to run.
 *
 * @param info the signal
 * @param action its action
 * @param restored the mask to restore when the handler returns
 */
public record CaughtSignal(SignalInfo info, Disposition.Action action, SignalSet restored) {}
