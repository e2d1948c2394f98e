/**
 * The MTD layer (rules MTD-01 to MTD-18, MTDBLK-01 to MTDBLK-07).
 *
 * <p>{@link dev.nommu.mtd.MtdDriver} makes an {@code Mtd} of each device it finds, cuts it into
 * partitions and registers what Linux registers for each: two character devices, a block device and
 * the names under which file systems are mounted. The device's own reads, writes and erases are
 * behind {@code MtdOperations}.
 *
 * <p>All offsets are bytes from the start of the MTD or partition that is spoken of.
 */
@NullMarked
package dev.nommu.mtd;

import org.jspecify.annotations.NullMarked;
