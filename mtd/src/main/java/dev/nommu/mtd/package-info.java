/**
 * The MTD layer (rules MTD-01 to MTD-18, MTDBLK-01 to MTDBLK-07).
 *
 * <p>{@link dev.nommu.mtd.MtdDriver} creates an {@code Mtd} for each device it finds, divides it
 * into partitions and registers the same as Linux for each: two character devices, a block device
 * and the names under which file systems are mounted. Drivers of devices implement {@code
 * MtdOperations}.
 *
 * <p>All offsets are bytes from the start of the MTD or partition in question.
 */
@NullMarked
package dev.nommu.mtd;

import org.jspecify.annotations.NullMarked;
