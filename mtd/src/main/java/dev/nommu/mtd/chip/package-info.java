/**
 * NOR flash chips as parts on a board: their responses to loads and stores, by their data sheets.
 * Nothing here depends on the MTD layer or on the driver that probes the chips.
 *
 * <p>A {@link dev.nommu.mtd.chip.NorBank} is one or more identical chips side by side on a bus.
 * Each chip is a state machine of its command set, with erase blocks, lock bits, bits that
 * programming can only clear, a limited number of erasures, and operations that take time and can
 * be suspended.
 *
 * <p>Not modelled: the one-time programmable area, the supply voltages, the latency of a suspend,
 * and the contents of a block whose erasure was interrupted.
 */
@NullMarked
package dev.nommu.mtd.chip;

import org.jspecify.annotations.NullMarked;
