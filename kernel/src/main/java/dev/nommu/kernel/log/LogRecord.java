package dev.nommu.kernel.log;

/**
 * A line of the kernel's log.
 *
 * @param sequence how many records came before it
 * @param priority facility times 8, and level, as syslog(2) has them
 * @param nanos when it was printed, by the machine's clock
 * @param text without a line end
 */
public record LogRecord(long sequence, int priority, long nanos, String text) {}
