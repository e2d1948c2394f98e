/**
 * Block devices (rules BLK-01 to BLK-05).
 *
 * <p>Linux's ramdisk allocates its pages one by one and so cannot be mapped shared. The document
 * requires a memory-backed block device to provide "a contiguous run of pages without truncate
 * being called": that is the contiguous ramdisk, which a board can request.
 */
@NullMarked
package dev.nommu.blockdev;

import org.jspecify.annotations.NullMarked;
