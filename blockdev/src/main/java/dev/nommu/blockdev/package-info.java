/**
 * Block devices (rules BLK-01 to BLK-05).
 *
 * <p>The ramdisk of Linux takes its pages one by one and so cannot be mapped shared. The document
 * asks of a memory-backed block device that it provide "a contiguous run of pages without truncate
 * being called": that is the contiguous ramdisk, which a board asks for.
 */
@NullMarked
package dev.nommu.blockdev;

import org.jspecify.annotations.NullMarked;
