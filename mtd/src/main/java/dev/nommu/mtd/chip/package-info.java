/**
 * NOR flash chips as parts on a board: what they answer to loads and stores, as their data sheets
 * say. Nothing here knows of the MTD layer or of the driver that finds the chips by asking them.
 *
 * <p>A {@link dev.nommu.mtd.chip.NorBank} is one or more equal chips side by side on a bus. Each
 * chip is a state machine of its command set, with erase blocks, lock bits, bits that programming
 * only clears, a limited number of erasures, and operations that take their time and can be
 * suspended.
 *
 * <p>Not modelled: the one-time programmable area, the supply voltages, the latency of a suspend,
 * and what is in a block whose erasure was cut short.
 */
@NullMarked
package dev.nommu.mtd.chip;

import org.jspecify.annotations.NullMarked;
