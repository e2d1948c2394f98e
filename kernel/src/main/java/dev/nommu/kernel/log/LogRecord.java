package dev.nommu.kernel.log;

/**
 * A line of the kernel's log.
 *
 * @param sequence the number of records before it
 * @param priority facility times 8 plus level, as in syslog(2)
 * @param nanos when it was printed, in nanoseconds of the machine's clock
 * @param text the line, without a line terminator
 */
public record LogRecord(long sequence, int priority, long nanos, String text) {}
